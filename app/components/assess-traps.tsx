import { useMemo } from 'react';
import { factsOf, type Answers } from '../rules/ask/answers.ts';
import { cliffsOf, type Cliff } from '../rules/cliffs.ts';
import { SCHEMES } from '../rules/index.ts';
import type { OperatorValues } from '../rules/operator.ts';
import { valueText } from './quantity.ts';

interface Props {
  answers: Answers;
  today: string;
  operatorValues: OperatorValues | undefined;
}

interface Trap extends Cliff {
  readonly title: string;
}

const UNIT: Readonly<Record<string, string>> = { revenue: 'CNY', totalAssets: 'CNY', employees: 'persons' };

function trapsOf({ answers, today, operatorValues }: Props): Trap[] {
  const facts = factsOf(answers);
  return SCHEMES.filter(({ id }) => answers.schemes.length === 0 || answers.schemes.includes(id)).flatMap(
    ({ id, short }) => {
      const found = cliffsOf(facts, { scheme: id, action: 'new', on: today, operatorValues });
      return found.ok ? found.cliffs.map((cliff) => ({ ...cliff, title: short })) : [];
    },
  );
}

const placeText = ({ lever, at }: Cliff): string => {
  if (at === null) return '上市后';
  if (typeof at === 'string') return `${at} 起`;
  return lever === 'scale' ? `增至 ${at} 倍时` : valueText(at, UNIT[lever] ?? null);
};

/** Where growing costs a title, other things equal: a curve for each figure, the exact points below it. */
export function GrowthTraps({ answers, today, operatorValues }: Props) {
  const traps = useMemo(() => trapsOf({ answers, today, operatorValues }), [answers, today, operatorValues]);
  const levers = [...new Set(traps.map(({ lever }) => lever))];
  return (
    <section className="mt-10" aria-labelledby="traps">
      <h2 id="traps" className="text-lg">
        长大会不会丢掉什么？
      </h2>
      <p className="mb-4 text-ink-2">
        其他数据不变，只让一个数增长，哪些条件会由满足变为不满足。按填报的数计算，点位精确到分和人数的百分之一。
      </p>
      {levers.length === 0 && <p>按已填的数据，没有发现增长会丢掉的条件。</p>}
      <div className="grid gap-8 md:grid-cols-2">
        {levers.map((lever) => (
          <Lever key={lever} traps={traps.filter((trap) => trap.lever === lever)} />
        ))}
      </div>
    </section>
  );
}

function Lever({ traps }: { traps: readonly Trap[] }) {
  const [first] = traps;
  return (
    <div>
      <h3 className="mb-2">{first!.leverLabel}</h3>
      <Curve traps={traps} />
      <div className="overflow-x-auto">
        <table className="ledger">
          <caption className="sr-only">{first!.leverLabel}增长时的变化</caption>
          <thead>
            <tr>
              <th scope="col">到</th>
              <th scope="col">称号</th>
              <th scope="col">条件</th>
            </tr>
          </thead>
          <tbody>
            {traps.map((trap, i) => (
              <tr key={i}>
                <td>{placeText(trap)}</td>
                <td>{trap.title}</td>
                <td className="wrap">
                  {trap.label}
                  {trap.turn === 'lost' ? '不再满足' : '重新满足'}
                  {trap.decides && <b className="text-unmet">，称号因此不符合</b>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const WIDTH = 400;
const HEIGHT = 120;
const EDGE = 12;

/** How many conditions are lost from each point on. */
function lossesOf(sorted: readonly (Trap & { at: number })[]): { at: number; lost: number }[] {
  let lost = 0;
  return sorted.map(({ at, turn }) => ({ at, lost: (lost += turn === 'lost' ? 1 : -1) }));
}

/** Conditions lost, counted downward, as the figure grows from today's point. The table below says the same. */
function Curve({ traps }: { traps: readonly Trap[] }) {
  const points = traps.filter(
    (trap): trap is Trap & { at: number; distance: number } =>
      typeof trap.at === 'number' && trap.distance !== null,
  );
  if (points.length === 0) return null;
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const start = sorted[0]!.at - sorted[0]!.distance;
  const end = sorted.at(-1)!.at * 1.15;
  const steps = lossesOf(sorted);
  const deepest = Math.max(1, ...steps.map(({ lost }) => lost));
  const x = (value: number) => EDGE + ((value - start) / (end - start)) * (WIDTH - 2 * EDGE);
  const y = (count: number) => EDGE + 16 + (count / deepest) * (HEIGHT - 2 * EDGE - 32);
  let path = `M${x(start)} ${y(0)}`;
  for (const step of steps) path += `H${x(step.at)}V${y(step.lost)}`;
  path += `H${x(end)}`;
  const unit = UNIT[sorted[0]!.lever] ?? null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="mb-2 h-auto w-full rounded-md bg-canvas"
      role="img"
      aria-label={`${sorted[0]!.leverLabel}从今天的 ${valueText(start, unit)} 增长时失去的条件数，最多 ${deepest} 项，各点见下表`}
    >
      <path d={path} className="fill-none stroke-accent" strokeWidth="2" />
      {steps.map((step, i) => (
        <circle key={i} cx={x(step.at)} cy={y(step.lost)} r="3.5" className="fill-unmet" />
      ))}
      <circle cx={x(start)} cy={y(0)} r="5" className="fill-accent" />
      <text x={x(start)} y={y(0) - 10} className="fill-ink text-xs">
        今天 {valueText(start, unit)}
      </text>
      <text x={WIDTH - EDGE} y={HEIGHT - 6} textAnchor="end" className="fill-ink-2 text-xs">
        {valueText(sorted.at(-1)!.at, unit)}，共失去 {steps.at(-1)!.lost} 项
      </text>
    </svg>
  );
}
