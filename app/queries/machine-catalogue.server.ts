/** The state machines for reading: as data, and each title's life as a picture. */
import { describeMachine, listMachines } from '../../machines/describe.ts';
import { FAMILIES } from '../../machines/families.ts';
import { drawPlain, drawStatechart } from './statechart.server.ts';

export { listMachines };

/** A machine as data, its picture among it as `svg`; null when there is none of that name. */
export async function machineWithPicture(name: string) {
  const shown = await showMachine(name);
  return shown && { ...shown.machine, svg: shown.svg };
}

/** A machine as data with its picture (SVG text; null for the enterprise, which is its titles' lives side by side). */
export async function showMachine(name: string) {
  const machine = describeMachine(name);
  if (!machine) return null;
  if (!('lanes' in machine)) return { machine, svg: null };
  const family = Object.values(FAMILIES).find(({ id }) => id === machine.name);
  return { machine, svg: (await (family ? drawStatechart(family) : drawPlain(machine))).svg };
}
