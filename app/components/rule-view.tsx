import type { RuleDescription } from '../queries/rule-pages.server.ts';
import { SchemeChip } from './chips.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { DifferenceCard } from './rule-difference.tsx';
import { Citation, Thresholds, TreatmentChip } from './rule-parts.tsx';
import { ACTION_LABELS } from './terms.ts';
import { DateText } from './values.tsx';

type Described = RuleDescription['conditions'][number];

/** `from`: the day from which the version as a whole applies; only other days are named beside a number. */
function Conditions({
  conditions,
  caption,
  from,
}: {
  conditions: readonly Described[];
  caption: string;
  from: string | undefined;
}) {
  return (
    <table className="ledger">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">条件</th>
          <th scope="col">数值</th>
          <th scope="col">依据</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((condition) => (
          <tr key={condition.id} id={condition.id}>
            <th scope="row" className="wrap align-top">
              {condition.label}
              {condition.veto && <span className="chip ml-2 bg-unmet-soft text-unmet">一票否决</span>}
              {condition.human && <span className="chip ml-2 bg-manual-soft text-manual">人工判断</span>}
              {condition.reading && <p className="text-xs text-ink-3">本程序的理解：{condition.reading}</p>}
            </th>
            <td className="wrap align-top">
              <Thresholds lines={condition.thresholds} from={from} />
              {condition.thresholds.length === 0 && (
                <span className="text-ink-3">{condition.human ? '由人判断' : '是或否，没有数值'}</span>
              )}
            </td>
            <td className="wrap align-top">
              <Citation citation={condition.citation} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Score({ score }: { score: NonNullable<RuleDescription['score']> }) {
  return (
    <Card title="评分" note={`合格线 ${score.pass.text}`} flush>
      <table className="ledger">
        <caption className="sr-only">评分指标</caption>
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col" className="num">
              满分
            </th>
            <th scope="col">依据</th>
          </tr>
        </thead>
        <tbody>
          {score.groups.flatMap((group) => [
            <tr key={group.label}>
              <th scope="rowgroup" className="font-semibold!">
                {group.label}
              </th>
              <td className="num font-semibold">{group.max}</td>
              <td>
                <span className="sr-only">小计</span>
              </td>
            </tr>,
            ...group.items.map((item) => (
              <tr key={item.id}>
                <th scope="row" className="wrap pl-8!">
                  {item.label}
                  {item.bands.length > 0 && <p className="text-xs text-ink-3">{item.bands.join('；')}</p>}
                </th>
                <td className="num">{item.max}</td>
                <td className="wrap">
                  <Citation citation={item.citation} />
                </td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </Card>
  );
}

function Coverage({ clauses }: { clauses: RuleDescription['clauses'] }) {
  return (
    <Card title="条款覆盖" note="每一条款由谁判断" flush>
      <table className="ledger">
        <caption className="sr-only">条款覆盖</caption>
        <thead>
          <tr>
            <th scope="col">条款</th>
            <th scope="col">内容</th>
            <th scope="col">处理</th>
            <th scope="col">说明</th>
          </tr>
        </thead>
        <tbody>
          {clauses.map((clause, i) => (
            <tr key={i}>
              <th scope="row">{clause.article}</th>
              <td className="wrap">{clause.says}</td>
              <td>
                <TreatmentChip treatment={clause.treatment} label={clause.treatmentLabel} />
              </td>
              <td className="wrap text-ink-2">{clause.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** One rule version: where it comes from, what it asks, and what of it the program decides. */
export function RuleView({ rule, mayReplay }: { rule: RuleDescription; mayReplay: boolean }) {
  return (
    <>
      <PageHead
        before={<A to="/rules">规则</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {rule.label}
            <SchemeChip scheme={rule.scheme} />
          </span>
        }
        note={<code className="font-mono text-xs">{rule.id}</code>}
      >
        {rule.predecessor && (
          <>
            <A className="btn" to={`/rules/${encodeURIComponent(rule.predecessor)}`}>
              上一版 {rule.predecessor}
            </A>
            {mayReplay && (
              <A
                className="btn"
                to={`/rules/replay?scheme=${rule.scheme}&from=${encodeURIComponent(rule.predecessor)}&to=${encodeURIComponent(rule.id)}`}
              >
                修订影响
              </A>
            )}
          </>
        )}
      </PageHead>
      <div className="grid gap-4">
        <Card title="文件" flush>
          <table className="ledger">
            <caption className="sr-only">文件</caption>
            <thead>
              <tr>
                <th scope="col">文号</th>
                <th scope="col">名称</th>
                <th scope="col">发文机关</th>
                <th scope="col">施行</th>
                <th scope="col">废止</th>
                <th scope="col">最近核对</th>
              </tr>
            </thead>
            <tbody>
              {rule.texts.map((text) => (
                <tr key={text.id}>
                  <th scope="row">
                    {text.url ? (
                      <a href={text.url} target="_blank" rel="noreferrer">
                        {text.docNo}
                      </a>
                    ) : (
                      <>
                        {text.docNo}
                        <span className="ml-2 text-xs text-unknown">链接待核实</span>
                      </>
                    )}
                  </th>
                  <td className="wrap">{text.title}</td>
                  <td className="wrap">{text.issuer}</td>
                  <td>{text.effectiveFrom}</td>
                  <td>{text.effectiveTo ?? '现行'}</td>
                  <td>
                    <DateText day={text.checkedOn} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
        {rule.applies.length > 0 && (
          <Card title="适用">
            <ul className="list-disc pl-5">
              {rule.applies.map((row, i) => (
                <li key={i}>
                  {row.actions.map((action) => ACTION_LABELS[action]).join('、')}：申请日
                  {row.from ? ` ${row.from} 起` : '不限起日'}
                  {row.to ? `，至 ${row.to}` : ''}，{row.regionLabel}
                  <span className="text-ink-3">（{row.citation.text}）</span>
                  {row.note && `。${row.note}`}
                </li>
              ))}
            </ul>
          </Card>
        )}
        {rule.difference && <DifferenceCard difference={rule.difference} />}
        <Card title="条件" note={`${rule.conditions.length} 项，缺一不可`} flush>
          <Conditions conditions={rule.conditions} caption="条件" from={rule.texts[0]?.effectiveFrom} />
        </Card>
        {rule.score && <Score score={rule.score} />}
        {rule.advice.length > 0 && (
          <Card title="提示" note="不影响结论" flush>
            <Conditions conditions={rule.advice} caption="提示" from={rule.texts[0]?.effectiveFrom} />
          </Card>
        )}
        <Coverage clauses={rule.clauses} />
        {rule.notes.length > 0 && (
          <Card title="说明">
            <ul className="list-disc pl-5">
              {rule.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}
