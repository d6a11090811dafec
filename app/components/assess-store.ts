/** The self-assessment's answers in the visitor's own browser: kept there, sent nowhere. */
import { useCallback, useEffect, useState } from 'react';
import { NO_ANSWERS, readAnswers, type Answers } from '../rules/ask/answers.ts';

const KEY = 'tidu.assess';

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

export interface Kept {
  /** Null until the page has read what is kept. */
  answers: Answers | null;
  save: (answers: Answers) => void;
  clear: () => void;
}

/**
 * The answers of this browser.
 * @param posted those that came with a posted form, where scripts do not run
 */
export function useAnswers(posted?: Answers): Kept {
  const [answers, set] = useState<Answers | null>(posted ?? null);
  useEffect(() => set((now) => now ?? load()), []);
  const save = useCallback((next: Answers) => {
    keep(next);
    set(next);
  }, []);
  const clear = useCallback(() => {
    keep(null);
    set(NO_ANSWERS);
  }, []);
  return { answers, save, clear };
}

/** Whether scripts have taken over the page. */
export function useReady(): boolean {
  const [ready, set] = useState(false);
  useEffect(() => set(true), []);
  return ready;
}
