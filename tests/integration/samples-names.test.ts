// Matching by name on a real register: its own names, written otherwise or made to look alike.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createMatcher, type KnownEnterprises } from '../../app/rules/names/matcher.ts';
import { partsOf } from '../../app/rules/names/parts.ts';
import { describeWithSamples } from '../samples.ts';

/** Ways in which a list may write the very same name. */
const SAME: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.replaceAll('（', '(').replaceAll('）', ')'),
  (name) => [...name].join(' '),
  (name) => name.replace('有限责任公司', '有限公司'),
  (name) => name.replace(/(?<!股份)有限公司$/, '有限责任公司'),
];

/** Ways in which another company's name may look like it. */
const OTHER: readonly ((name: string) => string)[] = [
  (name) => name.replace(/^(北京|上海|深圳|广州|杭州|苏州)市?/, '珠海'),
  (name) => name.replace(/(?<!股份)有限(责任)?公司$/, '股份有限公司'),
  (name) => name.replace(/股份有限公司$/, '有限公司'),
  (name) => `${name}珠海分公司`,
  (name) => name.replace('科技', '技术'),
  (name) => name.replace(/信/, '芯').replace(/华/, '桦'),
  (name) => name.replace(/(有限|股份|集团)/, '新$1'),
  (name) => `新${name}`,
];

describeWithSamples('names of a real register', (folder) => {
  const names = fs
    .readFileSync(path.join(folder, 'company_registry_sample.csv'), 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]!)
    .filter((name) => name.length > 3 && !name.includes('"'));
  const known: KnownEnterprises = {
    names: names.map((name, enterpriseId) => ({ enterpriseId, name, former: false })),
    codes: new Map(),
    provinces: new Map(),
  };
  const matcher = createMatcher(known, (text) => text);
  const keys = new Set(names.map((name) => partsOf(name).key));

  test('another spelling of a name never leads to another enterprise, and nearly always to its own', () => {
    const wrong: string[] = [];
    let certain = 0;
    names.forEach((name, id) => {
      for (const spell of SAME) {
        const found = matcher.match({ name: spell(name) });
        if (found.class !== 'hit') continue;
        certain += 1;
        if (found.candidates[0]!.enterpriseId !== id)
          wrong.push(`${spell(name)} → ${found.candidates[0]!.name}`);
      }
    });
    expect(wrong).toEqual([]);
    expect(certain / names.length / SAME.length).toBeGreaterThan(0.99);
  });

  test('a name made to look alike is never a certain hit', () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const name of names) {
      for (const disguise of OTHER) {
        const listed = disguise(name);
        if (keys.has(partsOf(listed).key)) continue;
        tried += 1;
        const found = matcher.match({ name: listed });
        if (found.class === 'hit') wrong.push(`${listed} → ${found.candidates[0]!.name}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(names.length);
  });
});
