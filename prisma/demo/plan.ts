/** What the park's history is made of: events as they will be handed to the write door, with the day of recording. */
import type { Day } from '../../app/rules/day.ts';
import type { EventType, Payload } from '../../machines/events.ts';

export interface PlannedEvent {
  /** Day on which the park recorded it; never before `effectiveOn`. */
  recordedOn: Day;
  scheme: string | null;
  type: EventType;
  effectiveOn: Day;
  /** Day on which the source knew it, where that was before the recording. */
  knownAt?: Day;
  payload?: Payload;
  reason?: string;
  actor: string;
  /** Of a move, by name; null is outside the park. */
  parks?: { readonly from: string | null; readonly to: string | null };
  /** Our rules are asked when the park takes this step, and their verdict travels in the event. */
  judged?: true;
}

/** People of the invented park's offices. */
export const ACTORS = ['科技科 林示例', '科技科 陈示例', '经发科 周示例', '企业服务中心 吴示例'] as const;
/** Where announcements of the authorities are entered. */
export const REGISTRAR = '企业服务中心 登记员';
