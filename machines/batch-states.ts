/**
 * Words of a nomination batch (推荐批次): states, steps and reasons. Ids are data and never renamed; the machines
 * that use them are in batch.ts.
 */

export const BATCH_STATES = {
  drawn: '起草',
  checked: '已核对',
  steward: '管家确认',
  section: '科室审核',
  joint_meeting: '联席会议',
  approved: '同意推荐',
  partially_approved: '部分同意',
  submitted: '已报送',
  closed: '已办结',
  returned: '退回修改',
  withdrawn: '已撤回',
} as const;
export type BatchState = keyof typeof BATCH_STATES;

export const ROW_STATES = {
  in: '列入',
  held_back: '暂缓',
  supplement: '退回补充',
  cut: '限额外',
  approved: '同意推荐',
  not_nominated: '不予推荐',
  submitted: '已报送',
} as const;
export type RowState = keyof typeof ROW_STATES;

/** The straight way of a batch, as the stepper of its page shows it. */
export const BATCH_WAY = [
  'drawn',
  'checked',
  'steward',
  'section',
  'joint_meeting',
  'approved',
  'submitted',
  'closed',
] as const satisfies readonly BatchState[];

/** States in which something still waits to be done with a batch. */
export const OPEN_BATCH_STATES = (Object.keys(BATCH_STATES) as BatchState[]).filter(
  (state) => state !== 'closed' && state !== 'withdrawn',
);

export const BATCH_EVENTS = {
  check: '核对',
  edit: '修改批次',
  send: '送管家确认',
  pass_steward: '确认完毕，送科室审核',
  pass_section: '审核通过，提交联席会议',
  cut: '按限额择优',
  refill: '按次序递补',
  sign: '部门签署',
  minute: '附会议纪要',
  approve: '同意推荐',
  approve_partly: '部分同意',
  prepare: '通知准备材料',
  submit: '报送',
  close: '办结',
  return: '退回修改',
  withdraw: '撤回批次',
  undo: '退回上一步',
} as const;
export type BatchEventType = keyof typeof BATCH_EVENTS;

export const ROW_EVENTS = {
  confirm: '确认',
  hold: '暂缓',
  release: '恢复列入',
  ask: '退回补充',
  supply: '已补充',
  cut: '限额外',
  refill: '递补',
  approve: '同意推荐',
  reject: '不予推荐',
  block: '状态不允许',
  submit: '报送',
  back: '退回上一步',
} as const;
export type RowEventType = keyof typeof ROW_EVENTS;

/** Why an enterprise is held back or not nominated. `by`: who may give it, the check itself or a person. */
export const BATCH_REASONS = {
  vetoed: { label: '存在一票否决情形', by: 'check' },
  not_eligible: { label: '按规则判定不符合', by: 'check' },
  already_held: { label: '已持有有效称号，未进入到期窗口', by: 'check' },
  under_review: { label: '已在申报中', by: 'check' },
  in_other_batch: { label: '已列入其他批次', by: 'check' },
  gone: { label: '已注销、迁出或并入他户', by: 'check' },
  no_rule: { label: '没有适用的规则', by: 'check' },
  machine: { label: '当前状态不能办理', by: 'check' },
  unwilling: { label: '企业不申报', by: 'person' },
  materials: { label: '材料不齐或不实', by: 'person' },
  conduct: { label: '信用、安全、环保等情况待查', by: 'person' },
  industry: { label: '不属于本次推荐方向', by: 'person' },
  weaker: { label: '综合比较后未列入', by: 'person' },
  other: { label: '其他（须说明）', by: 'person' },
} as const satisfies Record<string, { label: string; by: 'check' | 'person' }>;
export type BatchReason = keyof typeof BATCH_REASONS;

export const isBatchReason = (text: string): text is BatchReason => Object.hasOwn(BATCH_REASONS, text);

/** Reasons a person may choose from. */
export const PERSON_REASONS = (Object.keys(BATCH_REASONS) as BatchReason[]).filter(
  (id) => BATCH_REASONS[id].by === 'person',
);

/** Reasons of the check against which a clerk may go on with a written reason; a veto is none of them. */
export const OVERRIDABLE: ReadonlySet<BatchReason> = new Set<BatchReason>([
  'not_eligible',
  'already_held',
  'no_rule',
]);

/** By what the enterprises of a batch are ranked where a quota cuts; the text is written into the batch. */
export const BATCH_ORDERS = {
  closeness:
    '先判定（符合、待定、其他），再按差距由小到大、达到条件数由多到少；仍相同的，按统一社会信用代码由小到大',
  listed: '按列入名单的先后',
} as const;
export type BatchOrder = keyof typeof BATCH_ORDERS;
