import type {
  DescribedEnterprise,
  DescribedLane,
  DescribedMachine,
  DescribedTransition,
} from '../../machines/describe.ts';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';

const SENDERS: Readonly<Record<string, string>> = {
  park: '园区',
  authority: '主管部门',
  sweep: '每日检查',
  correction: '更正',
};

function Ways({
  lane,
  ways,
  caption,
}: {
  lane: DescribedLane;
  ways: readonly DescribedTransition[];
  caption: string;
}) {
  const label = (id: string | null) =>
    id === null
      ? '不变'
      : id === '*'
        ? '任意状态'
        : (lane.states.find((state) => state.id === id)?.label ?? id);
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="ledger">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">从</th>
            <th scope="col">事件</th>
            <th scope="col">到</th>
            <th scope="col">由谁</th>
            <th scope="col">条件</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way, i) => (
            <tr key={i}>
              {/* A state is named once for all its ways. */}
              <th scope="row">
                {way.from === ways[i - 1]?.from ? (
                  <span className="sr-only">{label(way.from)}</span>
                ) : (
                  label(way.from)
                )}
              </th>
              <td>{way.label}</td>
              <td>{label(way.to)}</td>
              <td>{SENDERS[way.by] ?? way.by}</td>
              <td className="wrap">{way.guardLabel}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lane({ lane }: { lane: DescribedLane }) {
  const expected = lane.transitions.filter((way) => way.expected);
  return (
    <details className="card">
      <summary className="card-head border-b-0">
        <h2 className="text-lg">{lane.label}</h2>
        <span className="text-xs text-ink-3">
          {lane.states.length} 个状态，{expected.length} 种转换；以表格显示
        </span>
      </summary>
      <div className="border-t border-line">
        <Ways lane={lane} ways={expected} caption={`${lane.label}的转换`} />
        <p className="border-t border-line px-4 py-2 text-xs text-ink-3">
          主管部门公布的其他结果即使不合常序也照录，并在历史中标出。
        </p>
      </div>
    </details>
  );
}

/** The enterprise itself: every scheme lives its own life beside the others. */
export function EnterpriseMachineView({
  machine,
  schemes,
}: {
  machine: DescribedEnterprise;
  schemes: readonly string[];
}) {
  return (
    <>
      <PageHead
        before={<A to="/machines">状态机</A>}
        title={machine.label}
        note={`第 ${machine.version} 版`}
      />
      <Card title="并行的各称号" flush>
        <table className="ledger">
          <caption className="sr-only">并行的各称号</caption>
          <thead>
            <tr>
              <th scope="col">称号</th>
              <th scope="col">所走的路</th>
            </tr>
          </thead>
          <tbody>
            {machine.regions.map((region, i) => (
              <tr key={region.scheme}>
                <th scope="row">{schemes[i]}</th>
                <td>
                  <A to={`/machines/${region.machine}`}>{region.label}</A>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}

/** One machine: its picture, and the same as tables. */
export function MachineView({
  machine,
  svg,
  schemes,
}: {
  machine: DescribedMachine;
  svg: string | null;
  schemes: readonly string[];
}) {
  return (
    <>
      <PageHead
        before={<A to="/machines">状态机</A>}
        title={machine.label}
        note={`${schemes.length > 0 ? `适用于 ${schemes.join('、')}；` : ''}第 ${machine.version} 版`}
      />
      <div className="grid gap-4">
        {svg && (
          <figure className="card overflow-x-auto p-4" tabIndex={0} aria-label={`${machine.label}状态图`}>
            {/* Drawn by the program from its own machine definition. */}
            <div className="statechart" dangerouslySetInnerHTML={{ __html: svg }} />
          </figure>
        )}
        {machine.lanes.map((lane) => (
          <Lane key={lane.id} lane={lane} />
        ))}
      </div>
    </>
  );
}
