// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { describeFamily, describeMachine, listMachines } from '../../machines/describe.ts';
import { FAMILIES, type Family } from '../../machines/families.ts';
import { stepsFrom } from '../../machines/step.ts';
import { NO_SIGNALS } from '../../machines/title.ts';
import { drawStatechart } from './statechart.server.ts';

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');
const families: [string, Family][] = Object.values(FAMILIES).map((family) => [family.id, family]);

describe.each(families)('the picture of %s', (_, family) => {
  test('is one SVG with a title, every stage of the way, and arrows between them', async () => {
    const { svg } = await drawStatechart(family);
    const document = parse(svg);
    expect(document.documentElement.getAttribute('role')).toBe('img');
    expect(document.querySelector('title')?.textContent).toBe(`${family.label}状态图`);
    const drawn = [...document.querySelectorAll('[data-state]')].map((node) =>
      node.getAttribute('data-state'),
    );
    for (const state of [...family.preparation, ...family.review])
      expect(drawn).toContain(`application:${state}`);
    expect(drawn).toContain('title:certified');
    expect(new Set(drawn).size).toBe(drawn.length);
    const paths = [...document.querySelectorAll('path.sc-edge')].map((path) => path.getAttribute('d'));
    expect(paths.length).toBeGreaterThan(family.review.length);
    for (const d of paths) expect(d).toMatch(/^M[-\d. ]+(L[-\d. ]+)+$/);
  });

  test('says in words every transition of the usual order', async () => {
    const { text } = await drawStatechart(family);
    const expected = describeFamily(family).lanes.flatMap((lane) =>
      lane.transitions.filter((t) => t.expected && t.to),
    );
    expect(text).toHaveLength(expected.length);
  });
});

test('marks where an enterprise stands, where it was, and what is blocked by which guard', async () => {
  const family: Family = FAMILIES.hnte;
  const present = { application: 'nominated', title: 'due', duty: 'clear' };
  const steps = stepsFrom(family, present, { ...NO_SIGNALS, ineligible: true }, null);
  const visited = new Set(['application:library', 'title:certified']);
  const { svg, text } = await drawStatechart(family, { present, visited, steps });
  const document = parse(svg);
  const states = (kind: string) =>
    [...document.querySelectorAll(`.sc-${kind}`)].map((node) => node.getAttribute('data-state')).sort();
  expect(states('present')).toEqual(['application:nominated', 'duty:clear', 'title:due']);
  expect(states('visited')).toEqual(['application:library', 'title:certified']);
  const blocked = [...document.querySelectorAll('.sc-blocked')].map((node) => node.textContent);
  expect(blocked).toHaveLength(1);
  expect(blocked[0]).toContain('暂不可“提交申报”');
  expect(text).toContain('申报：当前为“已推荐”');
  expect(text.find((line) => line.startsWith('下一步暂不可“提交申报”'))).toContain('不符合');
});

test('a step to another row frames its end instead of running across what lies between', async () => {
  const family: Family = FAMILIES.giant;
  const present = { application: 'publicised', title: 'none', duty: 'clear' };
  const steps = stepsFrom(family, present, NO_SIGNALS, null);
  const { svg } = await drawStatechart(family, { present, visited: new Set(), steps });
  const paths = [...parse(svg).querySelectorAll('.sc-step')];
  const to = (word: string) => paths.filter((path) => path.textContent?.includes(`“${word}”`));
  expect(to('撤回').map((path) => path.getAttribute('d')?.endsWith('Z'))).toEqual([true]);
  expect(to('撤回')[0]?.hasAttribute('marker-end')).toBe(false);
  expect(to('公示异议')[0]?.hasAttribute('marker-end')).toBe(true);
});

test('every machine listed can be described, by its own name and by that of its schemes', () => {
  for (const { name, schemes } of listMachines()) {
    expect(describeMachine(name)).toMatchObject({ name });
    for (const scheme of schemes) expect(describeMachine(scheme)).not.toBeNull();
  }
  expect(describeMachine('nothing')).toBeNull();
});
