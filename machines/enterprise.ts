/**
 * The enterprise as parallel regions, one per scheme, each the life of one title built from the same parts. An
 * event of a region carries the scheme before its type (`hnte.submit`), so exactly one region answers it.
 */
import { assign, setup } from 'xstate';
import { familyOf } from './families.ts';
import { GUARDS, lifeOf, remember, type LifeConfig, type TitleContext, type TitleEvent } from './title.ts';

/** Schemes in the order in which machines and pages list them. */
export const KNOWN_SCHEMES = [
  'tsme',
  'isme',
  'hnte',
  'srdi',
  'giant',
  'champion',
  'gazelle',
  'unicornSeed',
  'unicornPotential',
  'unicorn',
  'scaleUp',
  'listing',
  'hiddenChampion',
  'zgcHnte',
  'goldenSeed',
] as const;

/** Event type of a scheme's region. */
export const regionEvent = (scheme: string, type: string): string => `${scheme}.${type}`;
const schemeOf = (type: string): string => type.slice(0, type.indexOf('.'));

/** A life whose event types carry the scheme. */
function region(scheme: string): LifeConfig {
  const life = lifeOf(familyOf(scheme));
  const rename = <T>(on: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(on).map(([type, way]) => [regionEvent(scheme, type), way]));
  for (const lane of Object.values(life.states)) {
    lane.on = rename(lane.on);
    for (const state of Object.values(lane.states)) state.on = rename(state.on);
  }
  return life;
}

export type EnterpriseContext = Readonly<Record<string, TitleContext>>;

function build(schemes: readonly string[]) {
  return setup({
    types: {} as { context: EnterpriseContext; events: TitleEvent },
    guards: {
      notVetoed: ({ event }) => GUARDS.notVetoed(event.signals),
      applicable: ({ event }) => GUARDS.applicable(event.signals),
      notHeld: ({ event }) => GUARDS.notHeld(event.signals),
      current: ({ event }) => GUARDS.current(event.signals),
    },
    actions: {
      remember: assign(({ context, event }) => {
        const scheme = schemeOf(event.type);
        return { [scheme]: remember(context[scheme] ?? { verdict: null }, event) };
      }),
      unexpected: () => {},
    },
  }).createMachine({
    id: 'enterprise',
    type: 'parallel',
    context: Object.fromEntries(schemes.map((scheme) => [scheme, { verdict: null }])),
    states: Object.fromEntries(schemes.map((scheme) => [scheme, region(scheme)])),
  });
}

const machines = new Map<string, ReturnType<typeof build>>();

/** The enterprise's machine for these schemes, built once for each list. */
export function enterpriseMachine(schemes: readonly string[] = KNOWN_SCHEMES): ReturnType<typeof build> {
  const name = schemes.join(' ');
  let machine = machines.get(name);
  if (!machine) machines.set(name, (machine = build(schemes)));
  return machine;
}
