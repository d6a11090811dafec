// Fixtures of published figures: definitions, values, targets and events entered through the program's services.
import type { Db } from '../app/db/clients.server.ts';
import { fixedClock, type Clock } from '../app/db/clock.ts';
import type { EventInput } from '../machines/events.ts';
import type { IndicatorDefinition } from '../app/pipeline/figures/definition.ts';
import { submitAll } from '../app/services/door.server.ts';
import { enterValue, type NewValue } from '../app/services/indicator-values.server.ts';
import { setTarget } from '../app/services/indicator-targets.server.ts';
import { keepDefinition } from '../app/services/indicators.server.ts';
import { recordFacts } from '../app/services/facts.server.ts';
import { createPark } from '../app/services/parks.server.ts';
import type { FactChange } from '../app/services/fact-change.ts';
import { inventedCode } from './population.ts';

/** An entered indicator of enterprises, as a stock; the test says what differs. */
export const definition = (change: Partial<IndicatorDefinition> & { id: string }): IndicatorDefinition => ({
  label: change.id,
  nature: 'flow',
  unit: '家',
  numerator: '按报表所列',
  denominator: null,
  numeratorId: null,
  denominatorIds: [],
  scope: '全区',
  rounding: 'halfUp',
  digits: 0,
  rateDigits: 1,
  source: '统计报表',
  owner: '科技产业局',
  partOf: null,
  stepAfter: null,
  ...change,
});

/** A year's first and last day. */
export const year = (y: number) => ({ fromOn: `${y}-01-01`, toOn: `${y}-12-31` });

type Days = { fromOn: string; toOn: string };

/** What a fixture enters, in the order of its calls. */
export interface Entering {
  define: (change: Partial<IndicatorDefinition> & { id: string }) => Promise<void>;
  value: (
    indicator: string,
    days: Days,
    value: string,
    unit: string,
    change?: Partial<NewValue>,
  ) => Promise<void>;
  target: (indicator: string, days: Days, value: string, unit: string) => Promise<void>;
  park: (code: string, name: string, parentId?: number) => Promise<number>;
  /** New enterprises in a park. @returns their ids */
  enterprises: (count: number, park?: string) => Promise<number[]>;
  events: (inputs: readonly EventInput[]) => Promise<void>;
}

function orThrow(outcome: { ok: boolean; errors?: object }): void {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
}

/** Enters through the services, as somebody would on this day. */
export function entering(db: Db, today: string): Entering & { clock: Clock } {
  const clock = fixedClock(`${today}T02:00:00.000Z`);
  let made = 0;
  return {
    clock,
    define: async (change) =>
      orThrow(await keepDefinition(db, clock, definition(change), { actor: 'test', replaces: null })),
    value: async (indicator, days, value, unit, change = {}) => {
      const input = {
        indicator,
        ...days,
        parkId: null,
        value,
        absence: null,
        unit,
        qualifier: null,
        source: '统计报表',
        knownAt: days.toOn,
        note: null,
        ...change,
      };
      orThrow(await enterValue(db, clock, input, 'test'));
    },
    target: async (indicator, days, value, unit) => {
      const input = {
        indicator,
        ...days,
        parkId: null,
        value,
        unit,
        name: '年度任务',
        reference: '工作报告',
      };
      orThrow(await setTarget(db, clock, input, { actor: 'test' }));
    },
    park: async (code, name, parentId) =>
      createPark(db, { clock, actor: 'test' }, { code, name, parentId: parentId ?? null }),
    enterprises: async (count, park) => {
      const from = made + 1;
      made += count;
      const facts = Array.from({ length: count }, (_, i): FactChange => {
        const values = {
          name: `虚构第${from + i}科技有限公司`,
          registeredOn: '2015-03-12',
          ...(park && { park }),
        };
        return { kind: 'enterprise', uscc: inventedCode(from + i), values };
      });
      await db.write((tx) => recordFacts(tx, clock, facts, { actor: 'test' }));
      const { raw } = db;
      const rows = raw.prepare('SELECT id FROM Enterprise ORDER BY id DESC LIMIT ?').all(count);
      return (rows as { id: number }[]).map(({ id }) => id).reverse();
    },
    events: async (inputs) => {
      const results = await db.write((tx) => submitAll(tx, clock, inputs));
      const refused = results.find((result) => !result.ok);
      if (refused) throw new Error(JSON.stringify(refused));
    },
  };
}

/** Certificates for these enterprises, valid for years unless said otherwise. */
export const certified = (
  ids: readonly number[],
  scheme: string,
  grantedOn: string,
  change: { level?: string; validUntil?: string | null } = {},
): EventInput[] =>
  ids.map((enterpriseId) => ({
    enterpriseId,
    scheme,
    type: 'certify',
    effectiveOn: grantedOn,
    actor: 'test',
    payload: {
      level: change.level ?? null,
      no: `${scheme}-${change.level ?? ''}-${enterpriseId}-${grantedOn}`,
      grantedOn,
      validUntil: change.validUntil ?? null,
      verdict: null,
    },
  }));
