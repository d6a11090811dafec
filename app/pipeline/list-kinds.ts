/** What an official list can announce, and the event that each of its rows then makes. */
import type { EventType } from '../../machines/events.ts';

interface KindInfo {
  readonly label: string;
  readonly event: EventType;
  /** The list states a certificate: day of grant, end of validity, numbers. */
  readonly certificate?: true;
  /** It settles something: a document number or an address must be given. */
  readonly settles?: true;
}

/** 公示 is not 认定: a list of one kind makes events of that kind alone. */
export const LIST_KINDS = {
  accept: { label: '受理', event: 'accept' },
  recommend: { label: '省级推荐', event: 'recommend' },
  publicise: { label: '公示', event: 'publicise' },
  file: { label: '备案公告', event: 'file' },
  certify: { label: '认定', event: 'certify', certificate: true, settles: true },
  renew: { label: '复核通过', event: 'renew', certificate: true, settles: true },
  refuse: { label: '未通过', event: 'refuse' },
  revoke: { label: '撤销', event: 'revoke', settles: true },
} as const satisfies Record<string, KindInfo>;

export type ListKind = keyof typeof LIST_KINDS;

export const isListKind = (text: string): text is ListKind => Object.hasOwn(LIST_KINDS, text);
export const kindOf = (kind: ListKind): KindInfo => LIST_KINDS[kind];

/** The title of a list that only proposes: nothing is granted before the announcement arrives. */
const PROPOSES = /公示|拟(认定|入选|推荐|通过|评定|列入|确定|公布|支持)/;

export const onlyProposes = (title: string): boolean => PROPOSES.test(title);
