/** Charts drawn on the server as SVG text, by Apache ECharts. Pure: data in, picture out. */
import { BarChart, FunnelChart, SankeyChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([FunnelChart, SankeyChart, BarChart, GridComponent, SVGRenderer]);

/** The tokens of tailwind.css, which a drawn picture cannot read. */
const COLOURS: Readonly<Record<string, string>> = {
  hnte: '#0b61a4',
  srdi: '#0b6e52',
  giant: '#a84300',
  unicorn: '#8f2f6b',
  neutral: '#8a94a3',
  accent: '#33459e',
};
const INK = '#141c27';
const INK_2 = '#435062';
const FONT =
  "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei UI','Microsoft YaHei','Source Han Sans SC','Noto Sans CJK SC','WenQuanYi Micro Hei','Noto Sans SC Variable',sans-serif";

function draw(option: echarts.EChartsCoreOption, width: number, height: number, says: string): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option });
    const label = says.replace(/[<>&"]/g, '');
    return chart
      .renderToSVGString()
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace('<svg ', `<svg role="img" aria-label="${label}" `)
      .replace(/width="\d+" height="\d+"/, 'width="100%"');
  } finally {
    chart.dispose();
  }
}

export interface Step {
  /** Key of its colour: a tier, or `neutral`. */
  id: string;
  label: string;
  value: number;
  note: string;
}

/** Steps narrowing from top to bottom, each labelled beside its bar; no legend. */
export function funnelSvg(title: string, steps: readonly Step[], width = 620): string {
  const height = 40 + steps.length * 48;
  const most = Math.max(1, ...steps.map((step) => step.value));
  const option = {
    series: [
      {
        type: 'funnel',
        sort: 'none',
        left: 8,
        width: width * 0.58,
        top: 8,
        bottom: 8,
        gap: 3,
        min: 0,
        max: most,
        minSize: '1.5%',
        funnelAlign: 'center',
        label: {
          position: 'right',
          color: INK,
          fontSize: 14,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const step = steps[dataIndex]!;
            return `{name|${step.label}}  {value|${step.value.toLocaleString('zh-CN')}}  {note|${step.note}}`;
          },
          rich: {
            name: { color: INK, fontSize: 14 },
            value: { color: INK, fontSize: 18, fontWeight: 600 },
            note: { color: INK_2, fontSize: 12 },
          },
        },
        labelLine: { length: 14, lineStyle: { color: '#b9c0ca' } },
        data: steps.map((step) => ({
          name: step.label,
          value: step.value,
          itemStyle: { color: COLOURS[step.id] ?? COLOURS.neutral, borderWidth: 0 },
        })),
      },
    ],
  };
  const says = `${title}：${steps.map((step) => `${step.label} ${step.value}`).join('，')}`;
  return draw(option, width, height, says);
}

export interface Stream {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

/** A point of the picture of flows; `side` is its column. */
export interface StreamEnd {
  readonly id: string;
  readonly label: string;
  readonly side: 'start' | 'end';
  readonly tier: string | null;
  readonly value: number;
}

/** Pictures are drawn once for the same numbers; the oldest goes first. */
const drawn = new Map<string, string>();
const DRAWN = 64;

function once(key: string, make: () => string): string {
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const svg = make();
  if (drawn.size >= DRAWN) drawn.delete(drawn.keys().next().value!);
  drawn.set(key, svg);
  return svg;
}

/** Flows from left to right, each end labelled with its number; no legend. */
export function sankeySvg(
  title: string,
  ends: readonly StreamEnd[],
  streams: readonly Stream[],
  { width = 620, height = 330, size = 14 } = {},
): string {
  return once(JSON.stringify([title, ends, streams, width, height, size]), () => {
    const colour = (end: StreamEnd) => COLOURS[end.tier ?? 'neutral'] ?? COLOURS.neutral!;
    const option = {
      series: [
        {
          type: 'sankey',
          left: size * 10,
          right: size * 10,
          top: size,
          bottom: size,
          nodeWidth: size,
          nodeGap: Math.round(size * 1.4),
          layoutIterations: 0,
          nodeAlign: 'justify',
          emphasis: { disabled: true },
          lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
          data: ends.map((end) => ({
            name: end.id,
            depth: end.side === 'start' ? 0 : 1,
            itemStyle: { color: colour(end), borderWidth: 0 },
            label: {
              position: end.side === 'start' ? 'left' : 'right',
              color: INK,
              fontSize: size,
              formatter: `${end.label} ${end.value.toLocaleString('zh-CN')}`,
            },
          })),
          links: streams.map(({ from, to, value }) => ({ source: from, target: to, value })),
        },
      ],
    };
    const says = `${title}：${streams
      .map(({ from, to, value }) => {
        const name = (id: string) => ends.find((end) => end.id === id)?.label ?? id;
        return `${name(from)}至${name(to)} ${value}`;
      })
      .join('，')}`;
    return draw(option, width, height, says);
  });
}
