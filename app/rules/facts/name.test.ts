import { describe, expect, test } from 'vitest';
import { nameKey, tidyName } from './name.ts';

describe('nameKey', () => {
  test.each([
    ['full-width brackets', '深圳（美丽）生态股份有限公司', '深圳(美丽)生态股份有限公司'],
    ['no brackets at all', '凯盛（北京）科技有限公司', '凯盛北京科技有限公司'],
    ['full-width Latin and digits', 'ＴＣＬ科技集团股份有限公司３６０', 'TCL科技集团股份有限公司360'],
    ['case', 'Abb（中国）有限公司', 'ABB(中国)有限公司'],
    ['blanks, also the ideographic one', '北京　某某 科技有限公司 ', '北京某某科技有限公司'],
    ['limited liability spelled out', '江南电缆有限责任公司', '江南电缆有限公司'],
    ['limited liability inside the name', '某某有限责任公司北京分公司', '某某有限公司北京分公司'],
    ['shares short', '海天味业股份公司', '海天味业股份有限公司'],
    ['shares spelled out', '海天味业股份有限责任公司', '海天味业股份有限公司'],
    ['middle dot', '阿里·巴巴有限公司', '阿里巴巴有限公司'],
    ['zero-width space', '某某\u200b科技有限公司', '某某科技有限公司'],
    ['different kinds of brackets', '某某［北京］有限公司', '某某【北京】有限公司'],
  ])('%s', (_what, one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
    expect(nameKey(one)).not.toBe('');
  });

  test.each([
    ['a branch is not its company', '某某科技有限公司', '某某科技有限公司北京分公司'],
    ['shares and limited liability are two legal persons', '某某科技有限公司', '某某科技股份有限公司'],
    ['a place is part of the name', '凯盛（北京）科技有限公司', '凯盛（上海）科技有限公司'],
    ['numbers count', '某某一厂', '某某二厂'],
  ])('%s', (_what, one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  test('is idempotent and empty for a name of marks alone', () => {
    const key = nameKey('ＡＢＣ（中国）有限责任公司');
    expect(nameKey(key)).toBe(key);
    expect(nameKey(' （）·- ')).toBe('');
  });
});

test('tidyName keeps what is written but for blanks', () => {
  expect(tidyName('  某某（北京）　 有限责任公司\u200b ')).toBe('某某（北京）有限责任公司');
  expect(tidyName('某某科技股份 有限公司')).toBe('某某科技股份有限公司');
  expect(tidyName('TCL  Power 科技有限公司')).toBe('TCL Power 科技有限公司');
});
