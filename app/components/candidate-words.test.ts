import { describe, expect, test } from 'vitest';
import { chanceText, rankReason } from './candidate-words.ts';

const row = {
  outcome: 'ineligible',
  unmet: 1,
  unknown: 1,
  manual: 2,
  vetoes: 0,
  // 0.03 of what is required, one figure not known (0.05), two points for a person (0.04).
  distance: 0.12,
  weakFigure: '2025 年研发费用',
  weakSource: 'self',
  titleUntil: '2026-12-02',
  windowOn: '2026-12-22',
  gaps: [],
};

describe('the reason of a place', () => {
  test('says how much is missing, on what it rests and how soon the window opens', () => {
    expect(rankReason(row, 'new', '2026-11-22')).toBe(
      '未达到 1 项，合计差要求的 3.0%；依据最弱为企业自报（2025 年研发费用）；距窗口 30 天',
    );
  });

  test('of a renewal speaks of the title’s end', () => {
    expect(rankReason(row, 'renewal', '2026-11-22')).toContain('；距到期 10 天');
    expect(rankReason({ ...row, titleUntil: null }, 'renewal', '2026-11-22')).toContain('；到期日未知');
  });

  test('leaves out what is not known', () => {
    const bare = { ...row, weakFigure: null, windowOn: null };
    expect(rankReason(bare, 'new', '2026-11-22')).toBe('未达到 1 项，合计差要求的 3.0%');
    expect(rankReason({ ...row, windowOn: '2026-11-22' }, 'new', '2026-11-22')).toContain('；窗口开放中');
  });

  test('names a veto, and what is open where nothing is unmet', () => {
    const gap = { id: 'x', result: 'unmet', gap: null, unit: null } as const;
    const vetoed = {
      ...row,
      vetoes: 1,
      distance: 1000,
      gaps: [
        { ...gap, label: '重大事故', veto: true },
        { ...gap, id: 'y', label: '收入', veto: false },
      ],
    };
    expect(rankReason(vetoed, 'new', '2026-11-22')).toMatch(/^一票否决：重大事故；/);
    const open = { ...row, outcome: 'undetermined', unmet: 0 };
    expect(rankReason(open, 'new', '2026-11-22')).toMatch(/^没有未达到的，1 项缺数据、2 项待判断；/);
    expect(rankReason({ ...open, outcome: 'eligible' }, 'new', '2026-11-22')).toMatch(/^全部达到；/);
  });
});

test('a chance says its interval and its number of cases', () => {
  expect(chanceText({ cases: 20, certified: 10, low: 0.2993, high: 0.7007 })).toBe(
    '50%（95% 区间 30%–70%，20 例）',
  );
});
