// A warning or an error that nobody expected fails the test that caused it. A test that expects one spies on the
// console itself.
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Harmless, and not ours to mend. */
const allowed = [
  // createRemixStub does not let its user set this flag.
  /v7_startTransition/,
];

const seen: string[] = [];

const record =
  (level: string) =>
  (...parts: unknown[]) => {
    const text = parts
      .map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part)))
      .join(' ');
    if (!allowed.some((pattern) => pattern.test(text))) seen.push(`console.${level}: ${text}`);
  };

beforeEach(() => {
  seen.length = 0;
  vi.spyOn(console, 'error').mockImplementation(record('error'));
  vi.spyOn(console, 'warn').mockImplementation(record('warn'));
});

afterEach(() => {
  expect(seen, 'unexpected console output').toEqual([]);
});
