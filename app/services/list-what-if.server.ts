/**
 * 假设测算 over a candidate list: other thresholds, or next year's figures as planned; who would then be in, and for a
 * place's own title what that would cost. Nothing of it is stored.
 */
import type { Db } from '../db/clients.server.ts';
import { addYears, isDay, yearOf, type Day } from '../rules/day.ts';
import { entryWords, readEntry } from '../rules/entry.ts';
import { FIGURES, type FigureKey } from '../rules/facts/figures.ts';
import { scaleDecimal } from '../rules/facts/decimal.ts';
import { GROWTH_BOUNDS, type YearPlan } from '../rules/plan/next-year.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import { selectRule } from '../rules/selection/select.ts';
import { answerOver, type Answering } from './replay-page.server.ts';
import { changedWords, readThresholds } from './replay-request.server.ts';
import { loadPark, type ReplayRequest } from './replay.server.ts';

export interface WhatIfAddress {
  /** As things are: the list of the day. `from` and `to` are the same version unless the planned day has another. */
  readonly request: ReplayRequest;
  /** Day on which the list is looked at as it is. */
  readonly on: Day;
  /** Day of the planned application, and its figures; null where nothing is planned. */
  readonly planned: { readonly to: Day; readonly plan: YearPlan } | null;
  /** What one more title costs the park, in 分; null where nobody entered it. */
  readonly cost: number | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** Hundredths of a per cent from what was typed: `10`, `-2.5`, `12％`. */
function readGrowth(typed: string): number | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s,%]/g, '')
    .replace(/^[−－]/, '-');
  const read = scaleDecimal(text, 2);
  if (!read.ok || read.value < GROWTH_BOUNDS[0] || read.value > GROWTH_BOUNDS[1]) return null;
  return read.value;
}

const GROWTH = '增长率应为 -100 至 1000 之间的数字，至多两位小数';

function readPlan(query: URLSearchParams, on: Day, errors: Record<string, string>): WhatIfAddress['planned'] {
  if (query.get('plan') !== '1') return null;
  const asked = query.get('to')?.trim() || null;
  const to = isDay(asked) ? asked : addYears(on, 1);
  if (asked !== null && !isDay(asked)) errors.to = '日期应写作 2026-04-01 这样的日期';
  else if (to <= on) errors.to = '假设的申请日须晚于现在看的日期';
  const common = query.get('growth')?.trim() ?? '';
  const growth = common === '' ? 0 : readGrowth(common);
  if (growth === null) errors.growth = GROWTH;
  const figures: Partial<Record<FigureKey, number>> = {};
  for (const { key, label } of FIGURES) {
    const typed = query.get(`g.${key}`)?.trim();
    if (!typed) continue;
    const own = readGrowth(typed);
    if (own === null) errors[`g.${key}`] = `${label}：${GROWTH}`;
    else figures[key] = own;
  }
  return { to, plan: { year: yearOf(to) - 1, growth: growth ?? 0, figures } };
}

/**
 * Reads the address of the page. Every enterprise is judged by one version, that of the place where most are.
 * @param division where most of the enterprises are registered
 */
export function readWhatIf(
  query: URLSearchParams,
  scheme: string,
  division: string | null,
  today: Day,
): WhatIfAddress {
  const errors: Record<string, string> = {};
  const asked = query.get('on')?.trim();
  if (asked && !isDay(asked)) errors.on = '日期应写作 2026-04-01 这样的日期';
  const on = isDay(asked) ? asked : today;
  const planned = readPlan(query, on, errors);
  const own = RULES.filter((rule) => rule.scheme === scheme).map(({ id }) => id);
  const chosen = query.get('rule');
  const versionOn = (day: Day): string => {
    const selected = selectRule(scheme, 'new', day, division);
    return selected.ok ? selected.rule : own.at(-1)!;
  };
  const fixed = chosen !== null && own.includes(chosen) ? chosen : null;
  const from = fixed ?? versionOn(on);
  const to = fixed ?? (planned ? versionOn(planned.to) : from);
  const thresholds = readThresholds(query, to);
  const money = query.get('cost')?.trim() ?? '';
  const cost = money === '' ? null : readEntry(money, 'CNY');
  if (cost && !cost.ok) errors.cost = `每家金额${cost.reason}`;
  const typed: Record<string, string> = { ...thresholds.typed };
  for (const key of ['cost', 'growth', 'to', ...FIGURES.map((figure) => `g.${figure.key}`)]) {
    const text = query.get(key);
    if (text) typed[key] = text;
  }
  return {
    request: {
      scheme,
      action: 'new',
      on: planned?.to ?? on,
      from,
      to,
      set: thresholds.set,
      strict: query.get('strict') === '1',
      ...(planned ? { plan: planned.plan } : {}),
    },
    on,
    planned,
    cost: cost?.ok ? Math.round(Number(cost.value) * 100) : null,
    typed,
    errors: { ...thresholds.errors, ...errors },
  };
}

/** Whether anything is supposed at all: without it the answer is the list as it is. */
export const supposes = ({ request, planned }: WhatIfAddress): boolean =>
  planned !== null || Object.keys(request.set).length > 0;

/**
 * Answers an address; says how far the loading is where it takes longer than `patience` milliseconds.
 * @param among those who may apply: there, and without the title
 */
export async function answerWhatIf(
  db: Db,
  { request, on }: WhatIfAddress,
  query: URLSearchParams,
  among: ReadonlySet<number>,
  patience: number,
): Promise<Answering> {
  const { scheme, action } = request;
  const base = await loadPark(db, { scheme, action, on }, patience);
  if (!base.ready) return base;
  const then = request.plan ? await loadPark(db, request, patience) : base;
  if (!then.ready) return then;
  // Somebody wrote between the two readings: what is older is read again.
  if (then.park.ids.length !== base.park.ids.length)
    return { ready: false, done: 0, total: then.park.ids.length };
  return { ready: true, ...answerOver(then.park, request, query, among, base.park) };
}

const percentWords = (hundredths: number) => `${hundredths > 0 ? '+' : ''}${hundredths / 100}%`;

/** What is supposed, a line each. */
export function supposedWords({ request, planned }: WhatIfAddress): string[] {
  const lines = changedWords(request, entryWords);
  if (!planned) return lines;
  const { plan, to } = planned;
  const own = FIGURES.flatMap(({ key, label }) => {
    const growth = plan.figures[key];
    return growth === undefined ? [] : [`${label} ${percentWords(growth)}`];
  });
  const common =
    plan.growth === 0 ? `与 ${plan.year - 1} 年相同` : `比 ${plan.year - 1} 年 ${percentWords(plan.growth)}`;
  return [
    ...lines,
    `${plan.year} 年数据${own.length > 0 ? `：${own.join('，')}，其余` : ''}${common}；已有的数据不变，亏损与得分按原值`,
    `以 ${to} 为申请日`,
  ];
}

/** 口径 in one line. */
export function whatIfBasis({ request, on }: WhatIfAddress, where: string): string {
  const label = (id: string) => RULE_BY_ID.get(id)!.label;
  const { from, to } = request;
  return [
    `${where}在册且未持有该称号的企业`,
    `现况按 ${on} 判定`,
    `不论登记地一律按${label(from)}${to === from ? '' : ` → ${label(to)}`}`,
    request.strict ? '仅计确定符合的' : '没有不符合项即计为符合，缺数据与待人工判断的不算不符合',
  ].join('；');
}
