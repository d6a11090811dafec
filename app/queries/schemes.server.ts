/** Words of schemes and of the machine's states, for pages. */
import { LEVEL_OPTIONS } from '../rules/facts/fields.ts';
import { SCHEME_BY_ID, SCHEMES } from '../rules/schemes.ts';
import { LANE_LABELS, ownStateLabel, stateLabel, type Lane } from '../../machines/states.ts';
import { LEVEL_LANE } from '../pipeline/projection.ts';

/** The scheme's short name, as staff say it; its id where a park added one of its own. */
export const schemeLabel = (scheme: string): string => SCHEME_BY_ID.get(scheme)?.short ?? scheme;

/** The scheme's full name. */
export const schemeName = (scheme: string): string => SCHEME_BY_ID.get(scheme)?.label ?? scheme;

/** The schemes to choose from; several of an address (`srdi.giant`) are a choice of their own. */
export const schemeOptions = (chosen: string | null = null): { value: string; label: string }[] => [
  ...SCHEMES.map(({ id, short }) => ({ value: id, label: short })),
  ...(chosen?.includes('.') ? [{ value: chosen, label: chosen.split('.').map(schemeLabel).join('或') }] : []),
];

export const laneLabel = (lane: string): string => LANE_LABELS[lane as Lane] ?? lane;

/** A state in the words of the park's staff. */
export const stateText = (state: string): string => stateLabel(state) ?? state;

/** A state in the words for the enterprise itself. */
export const ownStateText = (state: string): string => ownStateLabel(state) ?? state;

/** A `lane:scheme:state` of an address in words. */
export function stageLabel(stage: string): string {
  const [lane = '', scheme = '', state = ''] = stage.split(':');
  if (lane === 'held') return `${schemeLabel(scheme)}：有效`;
  if (lane === 'headline') return `最高称号：${schemeLabel(state)}`;
  if (lane === LEVEL_LANE) {
    const level = LEVEL_OPTIONS.find(({ value }) => value === state)?.label ?? state;
    return `${schemeLabel(scheme)}：${level}证书有效`;
  }
  return state
    ? `${schemeLabel(scheme)}：${state.split('.').map(stateText).join('、')}`
    : `${schemeLabel(scheme)}：${laneLabel(lane)}`;
}
