/** The verdict as the outside sees it; see the contract. One zod definition gives type and JSON Schema. */
import { z } from 'zod';
import { SOURCES } from './facts/schema.ts';

const result = z.enum(['met', 'unmet', 'waived', 'unknown', 'manual']);
const mark = z.enum(['S', 'M-h', 'M-m', 'M-l']);
const number = z.number().nullable();

/** One line of an explanation: a condition, or a part of one. */
const line = z.object({
  label: z.string(),
  article: z.string().describe('文号与条款；未见者写明待核实'),
  link: z.string().nullable().describe('原文链接；null 为未见'),
  result,
  actual: z.union([z.number(), z.boolean()]).nullable(),
  required: z.union([z.number(), z.boolean()]).nullable(),
  comparison: z.enum(['>=', '>', '<=', '<', '=']).nullable(),
  inclusive: z.boolean().nullable().describe('是否含本数'),
  gap: number.describe('尚差的量，以该条件的单位计；满足为 0'),
  unit: z.string().nullable(),
  period: z.string().nullable(),
  formula: z.string().nullable(),
  arithmetic: z.string().nullable().describe('代入数字的算式'),
  missing: z.array(z.string()),
  confidence: z.enum(SOURCES).nullable().describe('所用数据中最弱的来源；null 为来源未注明'),
  ruleConfidence: mark,
  note: z.string().nullable(),
});

export const conditionSchema = line.extend({
  id: z.string(),
  parts: z.array(line.extend({ depth: z.number() })),
  inverse: z
    .object({
      fact: z.string(),
      label: z.string(),
      /** 元、人等，向上取到所示位数 */
      add: z.number(),
      target: z.number(),
      text: z.string(),
    })
    .nullable(),
});

export const verdictSchema = z
  .object({
    uscc: z.string().nullable(),
    scheme: z.string(),
    action: z.enum(['new', 'renewal', 'annual']),
    on: z.string(),
    rule: z.string(),
    outcome: z.enum(['eligible', 'ineligible', 'undetermined']),
    conditions: z.array(conditionSchema),
    vetoes: z.array(z.object({ id: z.string(), label: z.string(), article: z.string(), detail: z.string() })),
    advice: z.array(conditionSchema),
    score: z
      .object({
        min: z.number(),
        max: z.number(),
        pass: number,
        groups: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            min: z.number(),
            max: z.number(),
            of: z.number(),
            least: number,
          }),
        ),
        items: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            min: z.number(),
            max: z.number(),
            of: z.number(),
            group: z.string(),
            article: z.string(),
          }),
        ),
      })
      .optional(),
    flags: z.array(z.object({ path: z.string(), message: z.string() })),
    holdsUntil: z.string().describe('事实不变时，本结论有效至该日'),
  })
  .meta({ title: '判定' });

export type Verdict = z.infer<typeof verdictSchema>;
export type ConditionVerdict = z.infer<typeof conditionSchema>;
export type VerdictLine = z.infer<typeof line>;
