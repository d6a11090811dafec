/**
 * What can happen to a title or to an enterprise: types, their words, who may say so, and the payload each
 * carries. Events from outside are parsed with {@link eventInput}; the machine's own type is never used for that.
 */
import { z } from 'zod';
import type { StateId } from './states.ts';

/** Who may bring an event: the park itself, the authority's announcement, the daily sweep, a correction. */
export const SENDERS = ['park', 'authority', 'sweep', 'correction'] as const;
export type Sender = (typeof SENDERS)[number];

export interface EventInfo {
  /** Done to whom: a title's life, or the enterprise itself. */
  readonly about: 'title' | 'enterprise';
  readonly by: Sender;
  /** The step as a button and in the history. */
  readonly label: string;
  /** Application state it leads to, where there is one and only one. */
  readonly leadsTo?: StateId;
}

const park = (label: string, leadsTo?: StateId): EventInfo => ({
  about: 'title',
  by: 'park',
  label,
  leadsTo,
});
const authority = (label: string, leadsTo?: StateId): EventInfo => ({
  about: 'title',
  by: 'authority',
  label,
  leadsTo,
});
const sweep = (label: string): EventInfo => ({ about: 'title', by: 'sweep', label });
const enterprise = (label: string, by: Sender = 'park'): EventInfo => ({ about: 'enterprise', by, label });

export const EVENTS = {
  // The park's own steps: the only ones that guards may refuse.
  enrol: park('培育入库', 'library'),
  visit: park('走访', 'visited'),
  follow: park('跟进', 'followed'),
  nominate: park('推荐', 'nominated'),
  prepare: park('准备申报', 'preparing'),
  tutor: park('辅导备案', 'tutoring'),
  submit: park('提交申报', 'submitted'),
  resubmit: park('补正后提交', 'submitted'),
  withdraw: park('撤回', 'withdrawn'),
  remove: park('退库', 'removed'),
  report: park('报送年报'),
  change: park('报告更名等变更'),
  // What an authority announced: always taken.
  return: authority('退回补正', 'supplement'),
  accept: authority('受理并形式审查', 'formal_review'),
  provincial_check: authority('省级初核', 'provincial_review'),
  recommend: authority('省级推荐', 'recommended'),
  ministry_check: authority('国家审核', 'ministry_review'),
  screen: authority('书面筛选', 'screening'),
  present: authority('路演答辩', 'roadshow'),
  visit_site: authority('实地核查', 'site_check'),
  review: authority('专家评审', 'expert_review'),
  deliberate: authority('综合评议', 'deliberation'),
  exchange_check: authority('上市审核', 'exchange_review'),
  publicise: authority('公示', 'publicised'),
  object: authority('公示异议', 'objection'),
  clear: authority('异议核实通过', 'publicised'),
  file: authority('备案公告', 'filed'),
  refuse: authority('不予认定', 'refused'),
  certify: authority('认定'),
  renew: authority('复核通过'),
  revoke: authority('撤销'),
  relinquish: authority('放弃称号'),
  promote: authority('晋级'),
  discharge: authority('出库'),
  // What a day brings.
  due: sweep('进入到期窗口'),
  expire: sweep('到期'),
  duty_open: sweep('年报开始报送'),
  duty_overdue: sweep('年报逾期'),
  // Corrections: an event that takes another out of the reading.
  void: { about: 'title', by: 'correction', label: '更正：作废' },
  // The enterprise itself.
  moved: enterprise('迁移'),
  deregistered: enterprise('注销', 'authority'),
  renamed: enterprise('更名'),
  code_corrected: enterprise('更正统一社会信用代码', 'correction'),
  merged: enterprise('合并重复记录', 'correction'),
} as const satisfies Record<string, EventInfo>;

export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENTS, text);
}

/** The word for an event type; an id of a later version is shown as it is. */
export function eventLabel(type: string): string {
  return isEventType(type) ? EVENTS[type].label : type;
}

/** What an authority's announcement of a good end is: our verdict may disagree with these. */
export const FAVOURABLE: ReadonlySet<EventType> = new Set([
  'certify',
  'renew',
  'publicise',
  'file',
  'promote',
]);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写作 YYYY-MM-DD');
const text = z.string().trim().min(1).max(500);

/** What our rules said when the step was taken; travels in the event and stays in the machine's context. */
export const verdictSummary = z.object({
  rule: text,
  on: day,
  outcome: z.enum(['eligible', 'ineligible', 'undetermined']),
  /** Vetoes that apply. */
  vetoes: z.number().int().min(0).default(0),
  /** Ids of the conditions not met. */
  unmet: z.array(z.string()).default([]),
});
export type VerdictSummary = z.infer<typeof verdictSummary>;

/** The certificate as announced; `status` other than valid says that it has ended since. */
const certificate = z.object({
  level: text.nullish(),
  no: text.nullish(),
  grantedOn: day.nullish(),
  validUntil: day.nullish(),
  status: z.enum(['valid', 'expired', 'revoked', 'withdrawn']).nullish(),
  /** First day on which it no longer held, where that is known. */
  endedOn: day.nullish(),
  source: z.string().nullish(),
});

/** Payload of every event: what a type does not use is absent. */
export const payload = z
  .object({
    verdict: verdictSummary.nullish(),
    /** The clerk's explicit decision to go on against the guard; needs a reason. */
    override: z.boolean().nullish(),
    /** Year of a yearly duty. */
    year: z.number().int().nullish(),
    /** Voided event. */
    eventId: z.number().int().nullish(),
    /** Parks of a move; null is outside. */
    from: z.number().int().nullish(),
    to: z.number().int().nullish(),
    /** Record that a duplicate was merged into. */
    into: z.number().int().nullish(),
    oldName: z.string().nullish(),
    newName: z.string().nullish(),
    oldCode: z.string().nullish(),
    newCode: z.string().nullish(),
    batch: z.string().nullish(),
  })
  .extend(certificate.shape)
  .loose();
export type Payload = z.infer<typeof payload>;

export const eventInput = z
  .object({
    enterpriseId: z.number().int().positive(),
    scheme: z
      .string()
      .regex(/^[a-z][A-Za-z0-9]*$/, '称号代码应为英文标识')
      .nullable(),
    type: z.enum(EVENT_TYPES, { error: '未知的事件类型' }),
    effectiveOn: day,
    knownAt: z.string().min(10).nullish(),
    actor: text,
    reason: z.string().max(2000).nullish(),
    evidence: z.unknown().optional(),
    payload: payload.optional(),
    expectedRevision: z.number().int().nullish(),
  })
  .refine(
    (event) =>
      (event.scheme === null) === (EVENTS[event.type].about === 'enterprise') || event.type === 'void',
    {
      error: '称号事件须指明称号，企业事件不指明称号',
    },
  );
export type EventInput = z.input<typeof eventInput>;
