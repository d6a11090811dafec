/** 分别: as many values as things named, as many rates as values. */
import { isLevel, runsOf, type Check, type Finding } from './finding.ts';
import type { Figure } from './sentences.ts';

const respectively = ([first]: readonly Figure[]): boolean => /分别/.test(first?.lead ?? '');

/** Least and most number of things that a list of names may hold: 和 may part two, or stand within one. */
function namesIn(lead: string): { least: number; most: number } | null {
  const list = lead.slice(0, lead.indexOf('分别'));
  const names = list.split('、');
  if (names.length < 2) return null;
  const joins = (list.match(/和|及|与|以及/g) ?? []).length;
  return { least: names.length, most: names.length + joins };
}

/** A list of values against the names and against the list before it. */
export const checkLists: Check = (place) => {
  const { figures } = place.sentence;
  const runs = runsOf(figures);
  return runs.flatMap((run, i): Finding[] => {
    if (!respectively(run)) return [];
    const figure = run[0]!;
    const names = namesIn(figure.lead);
    if (names && (run.length < names.least || run.length > names.most)) {
      const expected = `${names.least}个数`;
      const question = `“分别”之前列了${names.least}项，之后有${run.length}个数。请核对是否一一对应。`;
      return [{ kind: 'list', figure, expected, question }];
    }
    const values = runs
      .slice(0, i)
      .filter((each) => isLevel(each[0]!))
      .at(-1);
    if (names || !values || isLevel(figure) || values.length === run.length) return [];
    if (values[0]!.segment !== figure.segment) return [];
    const question = `前面有${values.length}个数，“分别”之后有${run.length}个。请核对是否一一对应。`;
    return [{ kind: 'list', figure, expected: `${values.length}个数`, question }];
  });
};
