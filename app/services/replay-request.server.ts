/** A replay as asked for by an address or a command: which versions, which thresholds, and what can be asked. */
import { isDay, type Day } from '../rules/day.ts';
import { toNumber } from '../rules/engine/exact.ts';
import type { Action } from '../rules/engine/types.ts';
import { thresholdLines } from '../rules/engine/walk.ts';
import { entrySuffix, plainValue, readEntry } from '../rules/entry.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import { selectRule } from '../rules/selection/select.ts';
import type { Param } from '../rules/source.ts';
import { AppError } from '../db/errors.ts';
import type { ReplayRequest } from './replay.server.ts';

/** Thresholds of a version that may be tried with other numbers, each once. */
export function adjustableParams(rule: string): { condition: string; param: Param }[] {
  const seen = new Set<string>();
  return RULE_BY_ID.get(rule)!.conditions.flatMap(({ label, test }) =>
    thresholdLines(test).flatMap(({ param }) => {
      if (seen.has(param.id)) return [];
      seen.add(param.id);
      return [{ condition: label, param }];
    }),
  );
}

const PREFIX = 'p.';
const ACTIONS: readonly Action[] = ['new', 'renewal', 'annual'];
const DEFAULT_SCHEME = 'giant';

export interface ReplayAddress {
  readonly request: ReplayRequest;
  /** What was typed for each threshold, by parameter id. */
  readonly typed: Readonly<Record<string, string>>;
  /** What could not be read, by field name. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Reads the address of the page; what is missing is filled in: the version of the day against the one before it. */
export function readReplayAddress(query: URLSearchParams, today: Day): ReplayAddress {
  const versions = (scheme: string) => RULES.filter((rule) => rule.scheme === scheme);
  const asked = query.get('scheme') ?? '';
  const scheme = versions(asked).length > 0 ? asked : DEFAULT_SCHEME;
  const day = query.get('on');
  const on = isDay(day) ? day : today;
  const action = ACTIONS.find((each) => each === query.get('action')) ?? 'new';
  const own = versions(scheme).map(({ id }) => id);
  const known = (id: string | null) => (id !== null && own.includes(id) ? id : null);
  const selected = selectRule(scheme, action, on);
  const to = known(query.get('to')) ?? (selected.ok ? selected.rule : own.at(-1)!);
  const from = known(query.get('from')) ?? known(RULE_BY_ID.get(to)!.predecessor ?? null) ?? to;
  const { set, typed, errors } = readThresholds(query, to);
  if (day && !isDay(day)) errors.on = '日期应写作 2026-04-01 这样的日期';
  const strict = query.get('strict') === '1';
  return { request: { scheme, action, on, from, to, set, strict }, typed, errors };
}

/** Thresholds of a version as an address changes them: those that differ, what was typed, and what cannot be read. */
export function readThresholds(query: URLSearchParams, rule: string) {
  const set: Record<string, string> = {};
  const typed: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const { param } of adjustableParams(rule)) {
    const name = PREFIX + param.id;
    const text = query.get(name)?.trim();
    if (!text) continue;
    typed[param.id] = text;
    const read = readEntry(text, param.unit);
    if (!read.ok) errors[name] = `${param.label}${read.reason}`;
    else if (!same(param, read.value)) set[param.id] = read.value;
  }
  return { set, typed, errors };
}

const same = (param: Param, value: string): boolean =>
  param.value !== null && Number(value) === toNumber(param.value);

/** `--set param=value`, the value in the parameter's unit (元, fraction). @throws AppError `invalid` */
export function readSetOptions(rule: string, options: readonly string[]): Record<string, string> {
  const params = new Map(adjustableParams(rule).map(({ param }) => [param.id, param]));
  return Object.fromEntries(
    options.map((option) => {
      const [, id = '', value = ''] = /^([^=]+)=(.*)$/.exec(option) ?? [];
      const param = params.get(id);
      if (!param)
        throw new AppError(
          'invalid',
          `${rule} 没有可改的数值 ${id || option}；可用：${[...params.keys()].join('、')}`,
        );
      const read = plainValue(value, param.unit);
      if (!read.ok) throw new AppError('invalid', `${id}：${read.reason}`);
      return [id, value];
    }),
  );
}

/** Words for what was changed, a line each: 近两年研发费用合计 1,200 → 1,000 万元. */
export function changedWords(
  request: ReplayRequest,
  show: (value: number, unit: Param['unit']) => string,
): string[] {
  const params = new Map(adjustableParams(request.to).map(({ param }) => [param.id, param]));
  return Object.entries(request.set).map(([id, value]) => {
    const param = params.get(id)!;
    const old = param.value === null ? '未定' : show(toNumber(param.value), param.unit);
    return `${param.label} ${old} → ${show(Number(value), param.unit)}`;
  });
}

/** A field of the form: name, what it is typed in, and the text's own number. */
export function thresholdFields(rule: string) {
  return adjustableParams(rule).map(({ condition, param }) => ({
    name: PREFIX + param.id,
    id: param.id,
    condition,
    label: param.label,
    suffix: entrySuffix(param.unit),
    unit: param.unit,
    value: param.value === null ? null : toNumber(param.value),
  }));
}
