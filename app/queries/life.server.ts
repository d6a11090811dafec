/** Where one enterprise's titles stand on a day, how they came there, and what could be done next. */
import { familyOf } from '../../machines/families.ts';
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import type { Marks } from '../../machines/picture.ts';
import {
  leadingState,
  lifeLabel,
  stepsFrom,
  type LifeValue,
  type PossibleStep,
} from '../../machines/step.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { bySchemes, foldScheme, type Region } from '../pipeline/fold.ts';
import { knowledgeInstant, visible, type LogEvent } from '../pipeline/log.ts';
import { holdsTitle, signalsFor, summaryOf } from '../pipeline/signals.ts';
import { assess, schemeLabel } from '../rules/index.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { factsIn } from './facts.server.ts';
import { one, type Reading } from './sql.server.ts';

export interface Life {
  readonly scheme: string;
  readonly label: string;
  readonly value: LifeValue;
  /** The state that stands for the whole, and all lanes in words. */
  readonly state: string;
  readonly words: string;
  readonly steps: readonly PossibleStep[];
  readonly marks: Marks;
}

export interface LifeInput {
  readonly enterpriseId: number;
  /** The day looked at, at its end. */
  readonly on: string;
  /** A day (through its end) or an instant; null: all that is known now. */
  readonly knownAt?: string | null;
}

/** To be sent back with the next step, so that two clerks do not overwrite each other; 0 before the first event. */
export function revisionOf(db: Reading, enterpriseId: number): number {
  return (
    one<{ revision: number }>(db, 'SELECT revision FROM MachineSnapshot WHERE enterpriseId = ?', enterpriseId)
      ?.revision ?? 0
  );
}

function eventsAsOf(db: Reading, { enterpriseId, on, knownAt }: LifeInput): Map<string | null, LogEvent[]> {
  const known = knownAt ? knowledgeInstant(knownAt, 'through') : null;
  return bySchemes(
    visible(readEvents(readerOf(db.raw), enterpriseId), known).filter((event) => event.effectiveOn <= on),
  );
}

function describe(
  db: Reading,
  input: LifeInput,
  scheme: string,
  region: Region,
  visited: ReadonlySet<string>,
): Life {
  const family = familyOf(scheme);
  const facts = factsIn(readerOf(db.raw), input.enterpriseId);
  const action = holdsTitle(facts.titles ?? [], scheme, input.on) ? 'renewal' : 'new';
  const assessed = assess(facts, {
    scheme,
    action,
    on: input.on,
    operatorValues: operatorValuesOn(db, input.on),
  });
  const verdict = assessed.ok ? summaryOf(assessed.verdict) : null;
  const signals = signalsFor(scheme, region, { verdict }, input.on);
  const steps = stepsFrom(family, region.value, signals, verdict);
  const { value } = region;
  return {
    scheme,
    label: schemeLabel(scheme),
    value,
    state: leadingState(value),
    words: lifeLabel(family, value),
    steps,
    marks: { present: { ...value }, visited, steps },
  };
}

/** One title's life on a day, with every step that could come next and why others cannot. */
export function readLife(db: Reading, input: LifeInput & { readonly scheme: string }): Life {
  const events = eventsAsOf(db, input).get(input.scheme) ?? [];
  const { region, spans } = foldScheme(input.scheme, events);
  const visited = new Set(spans.map((span) => `${span.lane}:${span.state}`));
  return describe(db, input, input.scheme, region, visited);
}

export interface LifeSummary {
  readonly scheme: string;
  readonly label: string;
  readonly value: LifeValue;
  readonly state: string;
  readonly words: string;
}

/** Every scheme of an enterprise in which anything has happened by the day, in the usual order. */
export function readLives(db: Reading, input: LifeInput): LifeSummary[] {
  const order: readonly string[] = KNOWN_SCHEMES;
  const rank = (scheme: string) => (order.includes(scheme) ? order.indexOf(scheme) : order.length);
  return [...eventsAsOf(db, input)]
    .flatMap(([scheme, events]) =>
      scheme === null ? [] : [[scheme, foldScheme(scheme, events).region] as const],
    )
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([scheme, { value }]) => ({
      scheme,
      label: schemeLabel(scheme),
      value,
      state: leadingState(value),
      words: lifeLabel(familyOf(scheme), value),
    }));
}
