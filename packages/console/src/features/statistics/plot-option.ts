import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { PlotData } from './plot-data.ts';

export type PlotOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TitleComponentOption
  | TooltipComponentOption
  | AriaComponentOption
>;

/** The colours of `tokens.css` that a plot is drawn in. */
export interface PlotLook {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly paper: string;
  readonly series: readonly string[];
  /** Of the patterns over the colours. */
  readonly pattern: string;
  readonly font: string;
  readonly isDark: boolean;
  /** Of the place that it is drawn in. */
  readonly widthPx: number;
}

/** Where the picture is by itself: what it shows and of which days. */
export interface PlotTitle {
  readonly title: string;
  readonly subtitle: string;
}

interface Pattern {
  readonly symbol: string;
  readonly symbolSize?: number;
  dashArrayX?: number[] | number[][];
  dashArrayY?: number[];
  readonly rotation?: number;
}

/** So that series are told apart without their colours: the first is plain, the others have patterns. */
const patterns: readonly Pattern[] = [
  { symbol: 'none' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { symbol: 'circle', symbolSize: 0.7, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0] }, // biome-ignore format: pairs
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4] },
  { symbol: 'rect', dashArrayX: [2, 4], dashArrayY: [1, 0] },
];
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'] as const;
const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 4], [12, 4]] as const;

const headPx = 58;
const legendRowPx = 24;
const barPx = 30;

/** How high the names of the series are together: as many as have room go beside each other. Texts are reckoned, not measured. */
function legendPx({ series }: PlotData, widthPx: number): number {
  let rows = 1;
  let used = 0;
  for (const { name } of series) {
    const text = [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 7.5), 0);
    const wanted = text + 42;
    if (used > 0 && used + wanted > widthPx) {
      rows += 1;
      used = 0;
    }
    used += wanted;
  }
  return rows * legendRowPx + 16;
}

/** How high a plot must be for what it shows. */
export function heightOf(data: PlotData, widthPx: number, hasTitle = false): number {
  const { kind, categories } = data;
  const body = kind === 'bars' ? categories.length * barPx + 28 : 230;
  return body + legendPx(data, widthPx) + (hasTitle ? headPx : 0);
}

/** The plot as the chart library draws it. */
export function optionOf(data: PlotData, look: PlotLook, named?: PlotTitle): PlotOption {
  const top = named === undefined ? 0 : headPx;
  const text = { color: look.soft, fontSize: 12, fontFamily: look.font };
  return {
    animation: false,
    darkMode: look.isDark,
    color: [...look.series],
    textStyle: { fontFamily: look.font, color: look.ink },
    aria: {
      enabled: true,
      // The plot is named, and its numbers told, by the page.
      label: { enabled: false },
      decal: { show: true, decals: patterns.map((one) => ({ ...one, color: look.pattern })) },
    },
    ...(named !== undefined && {
      backgroundColor: look.paper,
      title: {
        text: named.title,
        subtext: named.subtitle,
        left: 12,
        top: 8,
        textStyle: { ...text, color: look.ink, fontSize: 16 },
        subtextStyle: text,
      },
    }),
    legend: {
      type: 'plain',
      itemGap: 10,
      width: look.widthPx,
      top,
      left: 0,
      itemWidth: 22,
      itemHeight: 14,
      textStyle: text,
    },
    grid: {
      top: top + legendPx(data, look.widthPx),
      left: 4,
      right: 18,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: data.kind === 'lines' ? 'line' : 'shadow' },
      backgroundColor: look.paper,
      borderColor: look.line,
      textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 },
    },
    ...axesOf(data, look),
    series: data.series.map((one, place) => seriesOf(data.kind, one, place)),
  };
}

function axesOf({ kind, categories, unit }: PlotData, look: PlotLook): Pick<PlotOption, 'xAxis' | 'yAxis'> {
  const label = { color: look.soft, fontSize: 12, fontFamily: look.font };
  const names = {
    type: 'category' as const,
    data: [...categories],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
  };
  const numbers = {
    type: 'value' as const,
    axisLabel: { ...label, ...(unit !== undefined && { formatter: `{value} ${unit}` }) },
    splitLine: { lineStyle: { color: look.line } },
    ...(unit === undefined && { minInterval: 1 }),
  };
  if (kind !== 'bars') return { xAxis: { ...names, axisLabel: { ...label, hideOverlap: true } }, yAxis: numbers };
  return {
    xAxis: { ...numbers, axisLabel: { ...numbers.axisLabel, hideOverlap: true } },
    // The first on top, as in the table.
    yAxis: {
      ...names,
      inverse: true,
      axisLabel: { ...label, interval: 0, width: Math.min(260, look.widthPx * 0.34), overflow: 'truncate' },
    },
  };
}

function seriesOf(
  kind: PlotData['kind'],
  { name, values }: PlotData['series'][number],
  place: number,
): BarSeriesOption | LineSeriesOption {
  const data = [...values];
  if (kind === 'lines') {
    const nth = place % symbols.length;
    return {
      type: 'line',
      name,
      data,
      connectNulls: true,
      symbol: symbols[nth] ?? 'circle',
      symbolSize: 7,
      lineStyle: { width: 2, type: dashOf(nth) },
    };
  }
  return { type: 'bar', name, data, stack: 'all', barMaxWidth: kind === 'bars' ? 18 : 36 };
}

function dashOf(nth: number): 'solid' | 'dashed' | 'dotted' | number[] {
  const dash = dashes[nth] ?? 'solid';
  return typeof dash === 'string' ? dash : [...dash];
}
