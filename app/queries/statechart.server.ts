/** The picture of a machine: laid out by ELK, drawn as SVG from the machine's own definition. */
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { describeFamily, type DescribedLane, type DescribedMachine } from '../../machines/describe.ts';
import type { Family } from '../../machines/families.ts';
import type { PossibleStep } from '../../machines/step.ts';
import { pictureEdges, pictureText, plainEdges, type Edge, type Marks } from '../../machines/picture.ts';

interface Box {
  id: string;
  label: string;
  x: number;
  y: number;
  width: number;
}

interface Line {
  edge: Edge;
  points: { x: number; y: number }[];
  label: { x: number; y: number } | null;
}

interface LaneLayout {
  lane: DescribedLane;
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

const NODE_HEIGHT = 32;
const LANE_HEAD = 30;
const GAP = 16;
const textWidth = (text: string, size: number) =>
  [...text].reduce((width, char) => width + (char.charCodeAt(0) > 0xff ? size : size * 0.58), 0);

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '18',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.edgeRouting': 'POLYLINE',
  'elk.edgeLabels.placement': 'CENTER',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
};
/** The long way of an application is folded into rows, so that its words stay readable on a laptop. */
const FOLDED = {
  ...OPTIONS,
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.layered.wrapping.additionalEdgeSpacing': '16',
  'elk.aspectRatio': '3.4',
};

const elk = new ELK();

async function layOutLane(lane: DescribedLane, edges: readonly Edge[]): Promise<LaneLayout> {
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const states = lane.states.filter((state) => used.has(state.id));
  const input: ElkNode = {
    id: lane.id,
    layoutOptions: lane.id === 'application' ? FOLDED : OPTIONS,
    children: states.map(({ id, label }) => ({ id, width: textWidth(label, 14) + 24, height: NODE_HEIGHT })),
    edges: edges.map(({ from, to, labels }, index) => {
      const text = labels.join('、');
      const label = { id: `l${index}`, text, width: textWidth(text, 11) + 4, height: 13 };
      return { id: `e${index}`, sources: [from], targets: [to], labels: [label] };
    }),
  };
  const graph: ElkNode = await elk.layout(input);
  const boxes = (graph.children ?? []).map(({ id, x = 0, y = 0, width = 0 }) => {
    return { id, x, y, width, label: states.find((state) => state.id === id)!.label };
  });
  const lines = (graph.edges ?? []).map((edge, index) => {
    const section = edge.sections?.[0];
    const label = edge.labels?.[0];
    return {
      edge: edges[index]!,
      points: section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [],
      label: label ? { x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + 11 } : null,
    };
  });
  return { lane, boxes, lines, width: graph.width ?? 0, height: graph.height ?? 0 };
}

const layouts = new Map<string, Promise<LaneLayout[]>>();

function layOut(machine: DescribedMachine, edges: (lane: DescribedLane) => Edge[]): Promise<LaneLayout[]> {
  let layout = layouts.get(machine.name);
  if (!layout) {
    layout = Promise.all(machine.lanes.map((lane) => layOutLane(lane, edges(lane))));
    layouts.set(machine.name, layout);
  }
  return layout;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Colours are variables of the page, with values of their own for a picture that stands alone. */
const STYLE = `
.sc{font-family:"Noto Sans SC Variable","PingFang SC","Microsoft YaHei","Source Han Sans SC",sans-serif}
.sc-lane{fill:var(--sc-lane,#f7f8fa);stroke:var(--sc-rule,#dfe3e8)}
.sc-head{font-size:13px;font-weight:600;fill:var(--sc-text,#1f2933)}
.sc-box{fill:var(--sc-paper,#fff);stroke:var(--sc-line,#8793a1)}
.sc-text{font-size:14px;fill:var(--sc-text,#1f2933);text-anchor:middle}
.sc-visited .sc-box{fill:var(--sc-visited,#e3edf9);stroke:var(--sc-accent,#1d5fa8)}
.sc-present .sc-box{fill:var(--sc-accent,#1d5fa8);stroke:var(--sc-accent,#1d5fa8);stroke-width:2}
.sc-present .sc-text{fill:var(--sc-on-accent,#fff);font-weight:600}
.sc-edge{fill:none;stroke:var(--sc-line,#8793a1)}
.sc-label{font-size:11px;fill:var(--sc-muted,#52606d);text-anchor:middle}
.sc-step{fill:none;stroke:var(--sc-accent,#1d5fa8);stroke-width:2}
.sc-blocked{stroke:var(--sc-blocked,#b4540a);stroke-dasharray:5 4}`.replaceAll('\n', '');

function drawBox(box: Box, lane: string, marks: Marks | undefined): string {
  const present = marks?.present[lane] === box.id;
  const visited = marks?.visited.has(`${lane}:${box.id}`) ?? false;
  const kind = present ? ' sc-present' : visited ? ' sc-visited' : '';
  const said = present ? '（当前）' : visited ? '（曾经过）' : '';
  const { x, y, width, label } = box;
  return (
    `<g class="sc-state${kind}" data-state="${lane}:${box.id}" transform="translate(${x},${y})">` +
    `<title>${escape(label + said)}</title><rect class="sc-box" width="${width}" height="${NODE_HEIGHT}" rx="6"/>` +
    `<text class="sc-text" x="${width / 2}" y="21">${escape(label)}</text></g>`
  );
}

/** A transition; where it is a step from the present state it is marked: solid if possible, dashed if blocked. */
function drawLine({ edge, points, label }: Line, step: PossibleStep | undefined): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const text = label
    ? `<text class="sc-label" x="${round(label.x)}" y="${round(label.y)}">${escape(edge.labels.join('、'))}</text>`
    : '';
  return `${drawPath(path, step)}${text}`;
}

const ARROW = ' marker-end="url(#sc-arrow)"';

function drawPath(d: string, step: PossibleStep | undefined, end = ARROW): string {
  if (!step) return `<path class="sc-edge" d="${d}"${end}/>`;
  const words = step.allowed ? `可“${step.label}”` : `暂不可“${step.label}”：${step.reason ?? ''}`;
  const kind = step.allowed ? 'sc-step' : 'sc-step sc-blocked';
  return `<path class="${kind}" d="${d}"${end}><title>${escape(words)}</title></path>`;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Boxes farther apart stand in another row of the folded way: an arc would run across what lies between. */
const OTHER_ROW = 70;

/** A step to another row: its end is framed. */
function drawFrame({ x, y, width }: Box, step: PossibleStep): string {
  const [left, top, right, bottom] = [x - 4, y - 4, x + width + 4, y + NODE_HEIGHT + 4].map(round);
  return drawPath(`M${left} ${top}L${right} ${top}L${right} ${bottom}L${left} ${bottom}Z`, step, '');
}

/** Steps from the present state that are not on the usual way, as arcs above it. */
function drawArcs(layout: LaneLayout, present: string, steps: readonly PossibleStep[]): string {
  const from = layout.boxes.find((box) => box.id === present);
  if (!from) return '';
  return steps
    .map((step) => {
      const to = layout.boxes.find((box) => box.id === step.to);
      const drawn = layout.lines.some(({ edge }) => edge.from === present && edge.to === step.to);
      if (!to || to === from || drawn) return '';
      if (Math.abs(to.y - from.y) > OTHER_ROW) return drawFrame(to, step);
      const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
      const lift = Math.min(from.y, to.y) - Math.min(26, 10 + Math.abs(x2 - x1) / 40);
      const d = `M${round(x1)} ${round(from.y)}Q${round((x1 + x2) / 2)} ${round(lift)} ${round(x2)} ${round(to.y)}`;
      return drawPath(d, step);
    })
    .join('');
}

function drawLane(layout: LaneLayout, marks: Marks | undefined): string {
  const present = marks?.present[layout.lane.id] ?? '';
  const steps = marks?.steps.filter((step) => step.lane === layout.lane.id) ?? [];
  const lines = layout.lines.map((line) => {
    const own = line.edge.from === present ? steps.filter((step) => step.to === line.edge.to) : [];
    return drawLine(line, own.find((step) => step.allowed) ?? own[0]);
  });
  const boxes = layout.boxes.map((box) => drawBox(box, layout.lane.id, marks));
  return [...lines, drawArcs(layout, present, steps), ...boxes].join('');
}

interface Placed {
  layout: LaneLayout;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The application above, the title and the yearly duty side by side below it. */
function arrange([first, ...others]: readonly LaneLayout[]): {
  placed: Placed[];
  width: number;
  height: number;
} {
  const rows = [[first!], others].filter((row) => row.length > 0);
  const natural = (row: readonly LaneLayout[]) =>
    row.reduce((sum, lane) => sum + lane.width + 2 * GAP, GAP * (row.length - 1));
  const width = Math.max(...rows.map(natural));
  const placed: Placed[] = [];
  let y = 0;
  for (const row of rows) {
    const height = Math.max(...row.map((lane) => lane.height)) + LANE_HEAD + GAP;
    const spare = (width - natural(row)) / row.length;
    let x = 0;
    for (const layout of row) {
      const wide = layout.width + 2 * GAP + spare;
      placed.push({ layout, x, y, width: wide, height });
      x += wide + GAP;
    }
    y += height + GAP;
  }
  return { placed, width, height: y - GAP + 1 };
}

export interface Statechart {
  /** A whole SVG document. */
  readonly svg: string;
  /** The same in words, line by line. */
  readonly text: readonly string[];
}

/** Draws the life of a title, marked with where one enterprise stands if that is given. */
export const drawStatechart = (family: Family, marks?: Marks): Promise<Statechart> =>
  draw(describeFamily(family), (lane) => pictureEdges(family, lane), marks);

/** Draws a machine of the park's own steps, such as a batch. */
export const drawPlain = (machine: DescribedMachine, marks?: Marks): Promise<Statechart> =>
  draw(machine, plainEdges, marks);

async function draw(
  machine: DescribedMachine,
  edges: (lane: DescribedLane) => Edge[],
  marks: Marks | undefined,
): Promise<Statechart> {
  const { placed, width, height } = arrange(await layOut(machine, edges));
  const parts = placed.map(
    ({ layout, x, y, width: wide, height: high }) =>
      `<g transform="translate(${round(x)},${round(y)})"><rect class="sc-lane" x="0.5" y="0.5" width="${round(wide - 1)}" height="${round(high)}" rx="8"/>` +
      `<text class="sc-head" x="${GAP}" y="20">${escape(layout.lane.label)}</text>` +
      `<g transform="translate(${GAP},${LANE_HEAD})">${drawLane(layout, marks)}</g></g>`,
  );
  const text = pictureText(machine, marks);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" class="sc" role="img" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">` +
    `<title>${escape(machine.label)}状态图</title><desc>${escape(text.join('；'))}</desc><style>${STYLE}</style>` +
    `<defs><marker id="sc-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>${parts.join('')}</svg>`;
  return { svg, text };
}
