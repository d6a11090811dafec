import type { RuleDescription } from '../queries/rule-pages.server.ts';
import { SchemeChip } from './chips.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { thresholdText } from './quantity.ts';
import { ACTION_LABELS } from './terms.ts';
import { DateText } from './values.tsx';

type Described = RuleDescription['conditions'][number];
type Cited = Described['citation'];

const MARK_WORDS: Readonly<Record<string, string>> = {
  S: '已见原文',
  'M-h': '转引，可信度高',
  'M-m': '转引，可信度中',
  'M-l': '转引，可信度低',
};

function Citation({ citation }: { citation: Cited }) {
  return (
    <>
      {citation.link ? (
        <a href={citation.link} target="_blank" rel="noreferrer">
          {citation.text}
        </a>
      ) : (
        citation.text
      )}
      <span className={`ml-2 text-xs ${citation.mark === 'S' ? 'text-ink-3' : 'text-unknown'}`}>
        {MARK_WORDS[citation.mark] ?? citation.mark}
      </span>
    </>
  );
}

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
              {condition.params.map((param) => (
                <p key={param.id}>
                  {param.label}：
                  {param.value === null ? (
                    <span className="text-unknown">待核实，由运营录入</span>
                  ) : (
                    <b>{thresholdText(param.value, param.unit)}</b>
                  )}
                  {param.from !== from && <span className="ml-2 text-xs text-ink-3">自 {param.from}</span>}
                </p>
              ))}
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
    <Card
      title="评分"
      note={
        score.pass.value === null ? '合格线待核实' : `合格线 ${thresholdText(score.pass.value, 'points')}`
      }
      flush
    >
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
                <th scope="row" className="pl-8!">
                  {item.label}
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
              <td>{clause.treatmentLabel}</td>
              <td className="wrap text-ink-2">{clause.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** One rule version: where it comes from, what it asks, and what of it the program decides. */
export function RuleView({ rule }: { rule: RuleDescription }) {
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
          <A className="btn" to={`/rules/${encodeURIComponent(rule.predecessor)}`}>
            上一版 {rule.predecessor}
          </A>
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
                      text.docNo
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
                  {row.to ? `，至 ${row.to}` : ''}
                  {row.region ? `，登记地代码 ${row.region} 开头` : '，全国'}
                  <span className="text-ink-3">（{row.citation}）</span>
                  {row.note && `。${row.note}`}
                </li>
              ))}
            </ul>
          </Card>
        )}
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
