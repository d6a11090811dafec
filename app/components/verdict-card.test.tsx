import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConditionVerdict, Verdict } from '../rules/verdict.ts';
import { VerdictCard } from './verdict-card.tsx';

afterEach(cleanup);

const condition = (over: Partial<ConditionVerdict>): ConditionVerdict => ({
  id: 'rd-intensity',
  label: '研发费用占比',
  article: '国科发火〔2016〕32号 第十一条（五）',
  link: null,
  result: 'met',
  actual: 0.0684,
  required: 0.05,
  comparison: '>=',
  inclusive: true,
  gap: 0,
  unit: 'ratio',
  period: '2023—2025 年',
  formula: '研发费用 ÷ 销售收入',
  arithmetic: '670 ÷ 9800 = 6.84%',
  missing: [],
  confidence: 'audit',
  ruleConfidence: 'S',
  note: null,
  parts: [],
  inverse: null,
  ...over,
});

const verdict = (over: Partial<Verdict>): Verdict => ({
  uscc: '91110108MA001007X3',
  scheme: 'hnte',
  action: 'new',
  on: '2026-05-06',
  rule: 'hnte@2016',
  outcome: 'ineligible',
  conditions: [condition({})],
  vetoes: [],
  advice: [],
  flags: [],
  holdsUntil: '2026-12-31',
  ...over,
});

function show(shown: Verdict) {
  const Stub = createRemixStub([
    { path: '/', Component: () => <VerdictCard verdict={shown} label="高新技术企业" /> },
  ]);
  return render(<Stub />);
}

const lineOf = (label: string) => within(screen.getByText(label).closest('details')!);

describe('the verdict card', () => {
  test('shows threshold, own value, gap and article of a condition at a glance', async () => {
    show(
      verdict({
        conditions: [condition({ result: 'unmet', actual: 0.0315, gap: 0.0185, label: '研发费用占比' })],
      }),
    );
    await screen.findByText('研发费用占比');
    const line = lineOf('研发费用占比');
    expect(line.getByText('≥ 5%')).toBeTruthy();
    expect(line.getByText('3.15%')).toBeTruthy();
    expect(line.getByText('差 1.85 个百分点')).toBeTruthy();
    expect(line.getAllByText(/第十一条（五）/).length).toBeGreaterThan(0);
    expect(line.getByText('未达到')).toBeTruthy();
  });

  test('keeps the arithmetic one click deeper', async () => {
    show(verdict({}));
    const arithmetic = await screen.findByText('670 ÷ 9800 = 6.84%');
    const details = arithmetic.closest('details')!;
    expect(details.open).toBe(false);
    expect(arithmetic.closest('summary')).toBeNull();
  });

  test('puts what stands in the way first', async () => {
    show(
      verdict({
        conditions: [
          condition({ id: 'a', label: '甲', result: 'met' }),
          condition({ id: 'b', label: '乙', result: 'manual', actual: null }),
          condition({ id: 'c', label: '丙', result: 'unmet', gap: 0.01 }),
          condition({
            id: 'd',
            label: '丁',
            result: 'unknown',
            actual: null,
            missing: ['years.2025.rdExpense'],
          }),
        ],
      }),
    );
    await screen.findByText('甲');
    const labels = screen.getAllByText(/^[甲乙丙丁]$/).map((node) => node.textContent);
    expect(labels).toEqual(['丙', '丁', '乙', '甲']);
  });

  test('says what is missing in words, not as a path', async () => {
    show(
      verdict({
        outcome: 'undetermined',
        conditions: [condition({ result: 'unknown', actual: null, missing: ['years.2025.rdExpense'] })],
      }),
    );
    expect(await screen.findByText('缺 2025 年研发费用')).toBeTruthy();
    expect(screen.queryByText(/years\./)).toBeNull();
  });

  test('counts results and names the outcome', async () => {
    show(
      verdict({
        conditions: [
          condition({ id: 'a', result: 'unmet' }),
          condition({ id: 'b', result: 'unmet' }),
          condition({ id: 'c', result: 'met' }),
        ],
      }),
    );
    const tally = within(await screen.findByRole('list', { name: '各条件结果' }));
    expect(tally.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['未达到 2', '达到 1']);
    expect(screen.getByText('不符合')).toBeTruthy();
  });

  test('lists a veto apart and links the rule version', async () => {
    show(
      verdict({
        vetoes: [{ id: 'v', label: '重大安全事故', article: '第十一条（八）', detail: '2026-01-05 发生' }],
      }),
    );
    const vetoes = within(await screen.findByRole('list', { name: '一票否决' }));
    expect(vetoes.getByText(/2026-01-05 发生/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'hnte@2016' }).getAttribute('href')).toBe('/rules/hnte%402016');
  });

  test('shows an open score as an interval against its pass mark', async () => {
    show(
      verdict({
        score: {
          min: 58,
          max: 82,
          pass: 71,
          groups: [{ id: 'g', label: '知识产权', min: 58, max: 82, of: 100, least: null }],
          items: [],
        },
      }),
    );
    expect(await screen.findByText(/58 分 – 82 分/)).toBeTruthy();
    expect(screen.getByText(/合格 71 分/)).toBeTruthy();
  });
});
