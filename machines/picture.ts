/**
 * Which states and transitions of a machine are drawn, and how they stand in relation to one enterprise. The usual
 * way is drawn; every transition there is stands in the text beside the picture.
 */
import type { DescribedLane, DescribedMachine } from './describe.ts';
import type { Family } from './families.ts';
import type { PossibleStep } from './step.ts';

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** Where an enterprise stands, was, and could go: what the picture marks. */
export interface Marks {
  /** Present state of each lane. */
  readonly present: Readonly<Partial<Record<string, string>>>;
  /** `lane:state` of every state it has been in. */
  readonly visited: ReadonlySet<string>;
  readonly steps: readonly PossibleStep[];
}

const DUTY_EDGES: readonly Edge[] = [
  { from: 'clear', to: 'report_due', labels: ['开始报送'] },
  { from: 'report_due', to: 'clear', labels: ['已报送'] },
  { from: 'report_due', to: 'report_overdue', labels: ['逾期'] },
  { from: 'report_overdue', to: 'clear', labels: ['补报'] },
];

/** Edges of the usual way through a lane. */
export function pictureEdges(family: Family, lane: DescribedLane): Edge[] {
  if (lane.id === 'duty') return [...DUTY_EDGES];
  const way: readonly string[] = [lane.initial, ...family.preparation, ...family.review];
  const found = new Map<string, { from: string; to: string; labels: string[] }>();
  const add = (from: string, to: string, label: string) => {
    const key = `${from} ${to}`;
    const edge = found.get(key);
    if (!edge) found.set(key, { from, to, labels: [label] });
    else if (!edge.labels.includes(label)) edge.labels.push(label);
  };
  const reached = new Set<string>();
  const known = new Set(lane.states.map((state) => state.id));
  for (const { from, to, label, expected } of lane.transitions) {
    if (!expected || to === null || from === to || !known.has(to)) continue;
    if (from === '*') {
      const sources = lane.id === 'title' ? [lane.initial, 'lapsed'] : [];
      for (const source of sources) if (known.has(source)) add(source, to, label);
      continue;
    }
    if (lane.id === 'title') {
      add(from, to, label);
      continue;
    }
    const [start, end] = [way.indexOf(from), way.indexOf(to)];
    if (start >= 0 && end >= 0) {
      if (end === start + 1) add(from, to, label);
    } else if (end >= 0) {
      // Back from a side state; a new attempt after an end is not drawn.
      if (from === 'supplement' ? to === 'submitted' : from === 'objection' && to === 'publicised')
        add(from, to, label);
    } else if (start > 0 && !reached.has(`${to}:${label}`)) {
      reached.add(`${to}:${label}`);
      add(from, to, label);
    }
  }
  return [...found.values()];
}

/** Steps of a batch that would cover the picture: they lead from nearly everywhere to the same place, or back. */
const NOT_DRAWN: ReadonlySet<string> = new Set(['undo', 'back']);

/** Edges of a lane whose every step is the park's own: all but steps back, and one withdrawal for all. */
export function plainEdges(lane: DescribedLane): Edge[] {
  const found = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const { from, to, event, label } of lane.transitions) {
    if (to === null || from === to || NOT_DRAWN.has(event)) continue;
    if (event === 'withdraw' && from !== lane.initial) continue;
    const edge = found.get(`${from} ${to}`);
    if (edge) edge.labels.push(label);
    else found.set(`${from} ${to}`, { from, to, labels: [label] });
  }
  return [...found.values()];
}

/** The picture in words: where it stands, how it came, what could be next, and every transition there is. */
export function pictureText(machine: DescribedMachine, marks?: Marks): string[] {
  const lines: string[] = [];
  for (const lane of machine.lanes) {
    const label = (id: string) => lane.states.find((state) => state.id === id)?.label ?? id;
    const present = marks?.present[lane.id];
    if (present) lines.push(`${lane.label}：当前为“${label(present)}”`);
    const been = lane.states
      .filter((state) => marks?.visited.has(`${lane.id}:${state.id}`))
      .map((state) => state.label);
    if (been.length > 0) lines.push(`${lane.label}：曾经过${been.map((word) => `“${word}”`).join('、')}`);
    if (marks) continue;
    for (const { from, to, label: step, guardLabel, expected } of lane.transitions) {
      if (!expected || to === null) continue;
      const condition = guardLabel ? `（条件：${guardLabel}）` : '';
      lines.push(
        `${lane.label}：${from === '*' ? '任何状态' : `“${label(from)}”`}经“${step}”到“${label(to)}”${condition}`,
      );
    }
  }
  for (const step of marks?.steps ?? []) {
    lines.push(
      step.allowed ? `下一步可“${step.label}”` : `下一步暂不可“${step.label}”：${step.reason ?? ''}`,
    );
  }
  return lines;
}
