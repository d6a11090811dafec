/** 走访与跟进: the kinds of contact, as data. */

export const FOLLOW_KINDS = [
  { id: 'visit', label: '走访' },
  { id: 'phone', label: '电话' },
  { id: 'meeting', label: '会议' },
  { id: 'online', label: '线上' },
  { id: 'note', label: '备注' },
] as const;
export type FollowKind = (typeof FOLLOW_KINDS)[number]['id'];

/** The word for a kind; one of a later version is shown as it is. */
export const followKindLabel = (kind: string): string =>
  FOLLOW_KINDS.find(({ id }) => id === kind)?.label ?? kind;
