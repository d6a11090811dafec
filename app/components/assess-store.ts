/** The self-assessment's answers in the visitor's own browser: kept there, sent nowhere. */
import { useSyncExternalStore } from 'react';
import { NO_ANSWERS, readAnswers, type Answers } from '../rules/ask/answers.ts';

const KEY = 'tidu.assess';
/** What was entered on the page of the ways: prices, lead times, forecasts, as typed. */
const PLAN_KEY = 'tidu.assess.plan';

/** What is kept; a browser that refuses storage has nothing. */
function load(): Answers {
  try {
    return readAnswers(window.localStorage.getItem(KEY));
  } catch {
    return NO_ANSWERS;
  }
}

function keep(answers: Answers | null): void {
  try {
    if (answers) window.localStorage.setItem(KEY, JSON.stringify(answers));
    else window.localStorage.removeItem(KEY);
  } catch {
    // Private windows and full storage: the answers then last as long as the page.
  }
}

export type PlanInputs = Readonly<Record<string, string>>;

/** Texts kept for the page of the ways, by box; none where nothing readable is kept. */
export function keptPlanInputs(): PlanInputs {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(PLAN_KEY) ?? '{}');
    const entries = Object.entries(typeof kept === 'object' && kept !== null ? kept : {});
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string').slice(0, 200),
    );
  } catch {
    return {};
  }
}

/** Keeps the texts, or nothing where all are blank. */
export function keepPlanInputs(inputs: PlanInputs): void {
  const filled = Object.entries(inputs).filter(([, text]) => text !== '');
  try {
    if (filled.length > 0) window.localStorage.setItem(PLAN_KEY, JSON.stringify(Object.fromEntries(filled)));
    else window.localStorage.removeItem(PLAN_KEY);
  } catch {
    // As above.
  }
}

export interface Kept {
  /** Null until the page has read what is kept. */
  answers: Answers | null;
  save: (answers: Answers) => void;
  clear: () => void;
}

let current: Answers | undefined;
const listeners = new Set<() => void>();

function tell(next: Answers | undefined): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Another tab may change what is kept. */
const onStorage = (event: StorageEvent) => {
  if (event.key === KEY || event.key === null) tell(undefined);
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', onStorage);
  };
}

const save = (answers: Answers) => {
  keep(answers);
  tell(answers);
};
const clear = () => {
  keep(null);
  keepPlanInputs({});
  tell(NO_ANSWERS);
};

/**
 * The answers of this browser.
 * @param posted those that came with a posted form, where scripts do not run
 */
export function useAnswers(posted?: Answers): Kept {
  const answers = useSyncExternalStore(
    subscribe,
    () => (current ??= load()),
    () => posted ?? null,
  );
  return { answers, save, clear };
}

const never = () => () => undefined;

/** Whether scripts have taken over the page. */
export function useReady(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
