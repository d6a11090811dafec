import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organisationCheckCharacter, usccCheckCharacter } from '../facts/uscc.ts';
import { createMatcher, type KnownEnterprises, type ListedName } from './matcher.ts';
import { matchList } from './reconcile.ts';

/** Pronunciations as far as these tests need them. */
const SOUNDS: Readonly<Record<string, string>> = { 芯: '信', 訊: '讯', 華: '华', 電: '电', 鑫: '信' };
const sound = (text: string) => [...text].map((c) => SOUNDS[c] ?? c).join('');

const code = (n: number) => {
  const body = `MA${String(n).padStart(6, '0')}`;
  const first = `91440400${body}${organisationCheckCharacter(body)}`;
  return first + usccCheckCharacter(first);
};

/** A park of the given enterprises: the present name first, former ones behind it. */
function park(...enterprises: readonly (readonly string[])[]): KnownEnterprises {
  return {
    names: enterprises.flatMap((names, i) =>
      names.map((name, j) => ({ enterpriseId: i + 1, name, former: j > 0 })),
    ),
    codes: new Map(enterprises.map((_, i) => [code(i + 1), i + 1])),
    provinces: new Map(enterprises.map((_, i) => [i + 1, '44'])),
  };
}

const ask = (known: KnownEnterprises, row: ListedName | string) =>
  createMatcher(known, sound).match(typeof row === 'string' ? { name: row } : row);

describe('certain hits', () => {
  test.each([
    ['the very name', '珠海华信科技有限公司', '珠海华信科技有限公司', 'name'],
    ['full-width brackets', '华信（珠海）科技有限公司', '华信(珠海)科技有限公司', 'spelling'],
    ['no brackets', '华信（珠海）科技有限公司', '华信珠海科技有限公司', 'spelling'],
    ['blanks', '珠海华信科技有限公司', '珠海 华信　科技有限公司 ', 'spelling'],
    ['full-width Latin', 'TCL科技集团股份有限公司', 'ＴＣＬ科技集团股份有限公司', 'spelling'],
    ['有限责任公司', '珠海华信科技有限公司', '珠海华信科技有限责任公司', 'spelling'],
    ['市 left out', '珠海市华信科技有限公司', '珠海华信科技有限公司', 'order'],
    ['place behind', '珠海市华信科技有限公司', '华信科技（珠海）有限公司', 'order'],
    ['place behind the trade name', '珠海华信科技有限公司', '华信（珠海）科技有限公司', 'order'],
    ['place in front', '华信（珠海）科技有限公司', '珠海市华信科技有限公司', 'order'],
  ])('%s', (_what, ours, listed, ground) => {
    const match = ask(park([ours], ['深圳市别家电子有限公司']), listed);
    expect(match).toMatchObject({ class: 'hit', ground, candidates: [{ enterpriseId: 1 }] });
  });

  test('a former name that nobody else has', () => {
    expect(
      ask(park(['珠海新华信科技有限公司', '珠海华信电子有限公司']), '珠海华信电子有限公司'),
    ).toMatchObject({
      class: 'hit',
      ground: 'former',
    });
  });

  test.each([
    ['with the name', '珠海华信科技有限公司'],
    ['with a former name', '珠海老华信有限公司'],
    ['with a slip in the name', '珠海华信科枝有限公司'],
    ['without a name', ''],
  ])('the code %s', (_what, name) => {
    const known = park(['珠海华信科技有限公司', '珠海老华信有限公司']);
    expect(ask(known, { name, code: code(1) })).toMatchObject({ class: 'hit', ground: 'code' });
  });
});

/** What is ours, what the list says: never the same company for certain. */
const LOOK_ALIKES: readonly (readonly [what: string, ours: string, listed: string])[] = [
  ['another place in brackets', '某信（北京）科技有限公司', '某信（珠海）科技有限公司'],
  ['another place in front', '珠海华信科技有限公司', '深圳华信科技有限公司'],
  ['another place, moved', '珠海华信科技有限公司', '华信科技（深圳）有限公司'],
  ['no place', '珠海华信科技有限公司', '华信科技有限公司'],
  ['the whole country', '华信（珠海）有限公司', '华信（中国）有限公司'],
  ['province for city', '珠海华信科技有限公司', '广东华信科技有限公司'],
  ['province before city', '珠海华信科技有限公司', '广东珠海华信科技有限公司'],
  ['吉林省 for 吉林市', '吉林市华信科技有限公司', '吉林省华信科技有限公司'],
  ['a place that is a word', '东方市红日科技有限公司', '东方红日科技有限公司'],
  ['a word that looks like a city', '新城科技有限公司', '新城市科技有限公司'],
  ['homophone', '珠海华信科技有限公司', '珠海华芯科技有限公司'],
  ['homophone of three strokes of luck', '珠海华信科技有限公司', '珠海华鑫科技有限公司'],
  ['traditional characters', '珠海华信电子有限公司', '珠海華信電子有限公司'],
  ['shares for limited', '珠海华信科技有限公司', '珠海华信科技股份有限公司'],
  ['limited for shares', '珠海华信科技股份有限公司', '珠海华信科技有限责任公司'],
  ['factory for company', '珠海华信机械有限公司', '珠海华信机械厂'],
  ['group', '珠海华信科技有限公司', '珠海华信科技集团有限公司'],
  ['branch', '珠海华信科技有限公司', '珠海华信科技有限公司斗门分公司'],
  ['branch of the same place', '珠海华信科技有限公司', '珠海华信科技有限公司珠海分公司'],
  ['company of a branch', '珠海华信科技有限公司斗门分公司', '珠海华信科技有限公司'],
  ['another branch', '华信科技有限公司珠海分公司', '华信科技有限公司深圳分公司'],
  ['another trade', '珠海华信科技有限公司', '珠海华信电子科技有限公司'],
  ['a trade near by', '珠海华信科技有限公司', '珠海华信技术有限公司'],
  ['longer trade name', '珠海华信科技有限公司', '珠海华信达科技有限公司'],
  ['shorter trade name', '珠海华信达科技有限公司', '珠海华信科技有限公司'],
  ['turned trade name', '珠海华信科技有限公司', '珠海信华科技有限公司'],
  ['a number', '珠海第一制药有限公司', '珠海第二制药有限公司'],
  ['decimal point', '一点五度1.5科技有限公司', '一点五度15科技有限公司'],
  ['dot between letters', 'A·B科技有限公司', 'AB科技有限公司'],
  ['colon between digits', '1:1科技有限公司', '11科技有限公司'],
  ['dash between letters', 'A-1科技有限公司', 'A1科技有限公司'],
  ['partnership', '珠海华信投资合伙企业（有限合伙）', '珠海华信投资合伙企业（普通合伙）'],
  ['part of the name', '珠海华信科技发展有限公司', '珠海华信科技有限公司'],
];

describe('look-alikes are never a certain hit', () => {
  test.each(LOOK_ALIKES)('%s: %s / %s', (_what, ours, listed) => {
    expect(ask(park([ours]), listed).class).not.toBe('hit');
    expect(ask(park([listed]), ours).class).not.toBe('hit');
    expect(ask(park(['珠海别家有限公司', ours]), listed).class).not.toBe('hit');
  });

  test.each([
    ['another place in front', '珠海华信科技有限公司', '深圳华信科技有限公司', '行政区划不同（深圳 / 珠海）'],
    ['no place', '珠海华信科技有限公司', '华信科技有限公司', '一方未写行政区划'],
    ['homophone', '珠海华信科技有限公司', '珠海华芯科技有限公司', '读音相同'],
    ['traditional characters', '珠海华信电子有限公司', '珠海華信電子有限公司', '繁简'],
    ['shares', '珠海华信科技有限公司', '珠海华信科技股份有限公司', '组织形式不同（股份有限公司 / 有限公司）'],
    ['branch', '珠海华信科技有限公司', '珠海华信科技有限公司斗门分公司', '分支机构'],
    ['near trade', '珠海华信科技有限公司', '珠海华信电子科技有限公司', '字号相同而行业表述不同'],
    ['slip', '珠海华信精密机械制造有限公司', '珠海华信精密机诫制造有限公司', '一两字之差'],
    ['slip in a long trade name', '珠海同华信达科技有限公司', '珠海彤华信达科技有限公司', '字号相差一字'],
  ])('%s goes to a person, with its reason', (_what, ours, listed, reason) => {
    const match = ask(park([ours]), listed);
    expect(match).toMatchObject({ class: 'likely', candidates: [{ enterpriseId: 1 }] });
    expect(match.reason).toContain(reason);
  });

  test.each([
    ['珠海华信科技有限公司', '珠海安泰医药有限公司'],
    ['珠海华信科技有限公司', '珠海信华科技有限公司'],
    ['珠海第一百货贸易有限公司', '珠海第二百货贸易有限公司'],
    ['虚构第1科技有限公司', '虚构第2科技有限公司'],
    ['珠海华信科技有限公司', ' （）'],
  ])('%s and %s have nothing to do with each other', (ours, listed) => {
    expect(ask(park([ours]), listed)).toMatchObject({ class: 'not_ours', candidates: [] });
  });
});

describe('doubt takes certainty away', () => {
  const former = park(['珠海新名科技有限公司', '珠海华信科技有限公司'], ['珠海华信科技有限公司']);

  test('a former name that another enterprise bears now', () => {
    const match = ask(former, '珠海华信科技有限公司');
    expect(match.class).toBe('likely');
    expect(match.candidates.map(({ enterpriseId }) => enterpriseId).sort()).toEqual([1, 2]);
  });

  test('the same, with the place moved', () => {
    const known = park(['珠海新名科技有限公司', '珠海华信科技有限公司'], ['华信科技（珠海）有限公司']);
    expect(ask(known, '珠海华信科技有限公司').class).toBe('likely');
  });

  test('two enterprises of one name', () => {
    const known = park(['珠海华信科技有限公司'], ['珠海华信科技有限责任公司']);
    expect(ask(known, '珠海华信科技有限公司').class).toBe('likely');
    expect(ask(known, { name: '珠海华信科技有限公司', code: code(2) })).toMatchObject({
      class: 'hit',
      candidates: [{ enterpriseId: 2 }],
    });
  });

  test.each([
    ['the name itself is ours', '珠海新名科技有限公司（原珠海华信科技有限公司）', 'hit', [1]],
    ['only the former name is ours', '珠海改名科技有限公司（原名：珠海华信科技有限公司）', 'likely', [1]],
    [
      'the name of one, the note of another',
      '珠海新名科技有限公司（原珠海甲一科技有限公司）',
      'likely',
      [1, 2],
    ],
    ['the note is nobody', '珠海新名科技有限公司（原深圳天外科技有限公司）', 'hit', [1]],
    ['neither', '珠海别名食品有限公司（原珠海别的食品有限公司）', 'not_ours', []],
  ] as const)('a note on a former name: %s', (_what, name, expected, ids) => {
    const known = park(['珠海新名科技有限公司', '珠海华信科技有限公司'], ['珠海甲一科技有限公司']);
    const match = ask(known, name);
    expect([match.class, match.candidates.map(({ enterpriseId }) => enterpriseId)]).toEqual([expected, ids]);
  });

  test('code and name of two enterprises', () => {
    const match = ask(park(['珠海甲一科技有限公司'], ['珠海乙二科技有限公司']), {
      name: '珠海乙二科技有限公司',
      code: code(1),
    });
    expect(match).toMatchObject({ class: 'likely', reason: '统一社会信用代码与名称指向不同企业' });
    expect(match.candidates).toHaveLength(2);
  });

  test('our code with a name of nobody: renamed, or the column slipped', () => {
    const row = { name: '北京天外来客食品有限公司', code: code(1) };
    expect(ask(park(['珠海甲一科技有限公司']), row).class).toBe('likely');
  });

  test('our code with the name of a branch', () => {
    const row = { name: '珠海甲一科技有限公司斗门分公司', code: code(1) };
    expect(ask(park(['珠海甲一科技有限公司']), row).class).toBe('likely');
  });

  test('our name with a code of somebody else, or with one that fails its check digit', () => {
    const known = park(['珠海甲一科技有限公司']);
    const name = '珠海甲一科技有限公司';
    expect(ask(known, { name, code: code(999) })).toMatchObject({ class: 'likely' });
    const wrong = code(1).slice(0, 17) + (code(1).endsWith('1') ? '2' : '1');
    expect(ask(known, { name, code: wrong })).toMatchObject({ class: 'likely' });
    expect(ask(known, { name, code: '440400123' })).toMatchObject({ class: 'hit', ground: 'name' });
    expect(ask(known, { name: '珠海甲一电子有限公司', code: code(999) }).class).toBe('not_ours');
  });

  test.each([
    ['广东省珠海市', 'hit'],
    ['香洲区', 'hit'],
    ['北京市海淀区', 'likely'],
  ])('a row that places it in %s is %s', (region, expected) => {
    expect(ask(park(['甲一科技有限公司']), { name: '甲一科技有限公司', region }).class).toBe(expected);
  });
});

describe('rows of one list', () => {
  const known = park(['珠海新名科技有限公司', '珠海华信科技有限公司']);
  const classes = (...names: string[]) =>
    matchList(
      createMatcher(known, sound),
      names.map((name, i) => ({ name, line: i + 1 })),
    ).map((match) => match.class);

  test('a former name beside the present one belongs to somebody else by now', () => {
    expect(classes('珠海华信科技有限公司', '珠海新名科技有限公司')).toEqual(['likely', 'hit']);
  });

  test('a name listed twice stays a hit and says so', () => {
    const rows = ['珠海新名科技有限公司', '珠海新名科技有限责任公司'].map((name, i) => ({
      name,
      line: i + 5,
    }));
    const matches = matchList(createMatcher(known, sound), rows);
    expect(matches.map((match) => match.class)).toEqual(['hit', 'hit']);
    expect(matches[1]!.reason).toContain('与第 5 行重复');
  });

  test('two spellings by place that lead to one enterprise are both doubtful', () => {
    const one = park(['珠海市甲一科技有限公司']);
    const rows = ['珠海甲一科技有限公司', '甲一科技（珠海）有限公司'].map((name, i) => ({
      name,
      line: i + 1,
    }));
    expect(matchList(createMatcher(one, sound), rows).map((match) => match.class)).toEqual([
      'likely',
      'likely',
    ]);
  });
});

describe('properties', () => {
  const places = ['珠海', '深圳', '北京', '广东'];
  const stems = ['华信', '华芯', '信华', '安泰', '安泰达', '东方红日', '新城', '大同'];
  const trades = ['科技', '技术', '电子科技', '精密机械', '生物医药', ''];
  const forms = ['有限公司', '股份有限公司', '有限责任公司', '厂'];
  const name = fc
    .tuple(
      fc.option(fc.constantFrom(...places)),
      fc.constantFrom('', '市'),
      fc.constantFrom('front', 'middle', 'back'),
      fc.constantFrom(...stems),
      fc.constantFrom(...trades),
      fc.constantFrom(...forms),
    )
    .map(([place, suffix, where, stem, trade, form]) => {
      if (place === null) return { text: stem + trade + form, place, stem, trade, form };
      const text = {
        front: place + suffix + stem + trade + form,
        middle: `${stem}（${place}${suffix}）${trade}${form}`,
        back: `${stem}${trade}（${place}）${form}`,
      }[where];
      return { text, place, stem, trade, form };
    });
  const legal = (form: string) => form.replace('有限责任公司', '有限公司');

  test('a hit by name agrees in place, trade name, trade and legal form, and is of one enterprise', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), name, (ours, listed) => {
        const match = ask(park(...ours.map(({ text }) => [text])), listed.text);
        if (match.class !== 'hit') return;
        const found = ours[match.candidates[0]!.enterpriseId - 1]!;
        const identity = (n: typeof listed) => [n.place, n.stem + n.trade, legal(n.form)];
        expect(identity(found)).toEqual(identity(listed));
      }),
      { numRuns: 3000 },
    );
  });

  test('adding enterprises never makes a hit of what was none for the same enterprise, and order does not matter', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 8 }), name, (ours, listed) => {
        const texts = [...new Set(ours.map(({ text }) => text))].map((text) => [text]);
        const whole = ask(park(...texts), listed.text);
        const turned = ask(park(...texts.toReversed()), listed.text);
        expect(turned.class).toBe(whole.class);
        if (whole.class !== 'hit') return;
        const id = whole.candidates[0]!.enterpriseId;
        expect(ask(park(texts[id - 1]!), listed.text).class).toBe('hit');
      }),
      { numRuns: 1000 },
    );
  });
});
