/** Matching an official list of names, against looking for the nearest of all names by edit distance. */
import { pinyin } from 'pinyin-pro';
import { createMatcher, type KnownEnterprises } from '../../app/rules/names/matcher.ts';
import { matchList } from '../../app/rules/names/reconcile.ts';
import { within } from '../../app/rules/names/parts.ts';
import { median, type Benchmark } from './benchmark.ts';
import { random } from './facts.ts';

const LISTED = 4000;
/** Names that the reference is given: the whole list would take it minutes. */
const SAMPLE = 40;
const PLACES = ['珠海', '深圳市', '广州', '北京', '上海', ''];
const CHARACTERS = '华信安泰科创智云海天星辰宏达博远通联盛和鼎新瑞丰恒昌明德正元';
const TRADES = ['科技', '技术', '电子', '精密机械', '生物医药', '新材料', '信息科技', '智能装备', '软件'];
const FORMS = ['有限公司', '有限责任公司', '股份有限公司'];

/** Invented companies, each once. */
function companies(count: number): string[] {
  const next = random(11);
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(next() * from.length)]!;
  const made = new Set<string>();
  while (made.size < count) {
    const stem = pick(CHARACTERS) + pick(CHARACTERS) + (next() < 0.5 ? pick(CHARACTERS) : '');
    made.add(pick(PLACES) + stem + pick(TRADES) + pick(FORMS));
  }
  return [...made];
}

const sounds = new Map<string, string>();
const sound = (text: string) =>
  Array.from(text, (character) => {
    let heard = sounds.get(character);
    if (heard === undefined) sounds.set(character, (heard = pinyin(character, { toneType: 'none' })));
    return heard;
  }).join(' ');

/** Whether any name is at most two characters away: all are compared, and given up as soon as they are further. */
const nearest = (listed: string, names: readonly string[]) =>
  names.filter((name) => within(name, listed, 2)).length;

export const benchmarks: Benchmark[] = [
  {
    name: 'lists.reconcile',
    unit: 'names/s',
    goal: '>=20',
    run: async ({ size, rounds, log }) => {
      const enterprises = Math.min(size, 10_000);
      const all = companies(enterprises + LISTED);
      const ours = all.slice(0, enterprises);
      // Half of the list is ours, every second of those written otherwise.
      const listed = all.slice(enterprises - LISTED / 2, enterprises + LISTED / 2).map((name, line) => ({
        name: line % 2 === 0 ? name : name.replace('有限责任公司', '有限公司'),
        line,
      }));
      const known: KnownEnterprises = {
        names: ours.map((name, enterpriseId) => ({ enterpriseId, name, former: false })),
        codes: new Map(),
        provinces: new Map(),
      };
      const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      let hits = 0;
      for (let round = 0; round < rounds; round += 1) {
        let start = performance.now();
        const matches = matchList(createMatcher(known, sound), listed);
        rates.ours.push(listed.length / ((performance.now() - start) / 1000));
        hits = matches.filter((match) => match.class === 'hit').length;
        for (let i = 0; i < LISTED / 2; i += 2) {
          const found = matches[i]!;
          if (found.class === 'hit' && found.candidates[0]!.name !== listed[i]!.name)
            throw new Error(`a false hit: ${listed[i]!.name} for ${found.candidates[0]!.name}`);
        }
        start = performance.now();
        for (const { name } of listed.slice(-SAMPLE)) nearest(name, ours);
        rates.theirs.push(SAMPLE / ((performance.now() - start) / 1000));
      }
      log(`${hits} certain hits`);
      return {
        ours: median(rates.ours),
        reference: median(rates.theirs),
        size: `${listed.length} names against ${enterprises} enterprises, index included; reference: edit distance to every name, on ${SAMPLE} names`,
        rounds,
      };
    },
  },
];
