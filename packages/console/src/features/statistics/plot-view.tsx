import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useLayoutEffect, useRef } from 'react';
import { type Theme, useShownTheme } from '../../parts/theme-choice.ts';
import type { PlotData } from './plot-data.ts';
import { heightOf, optionOf, type PlotLook, type PlotTitle } from './plot-option.ts';

use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
]);

const seriesTokens = ['--plot-1', '--plot-2', '--plot-3', '--plot-4', '--plot-5', '--plot-6'] as const;

/** The colours that are in view. */
function shownLook(theme: Theme, widthPx: number): PlotLook {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: token('--ink'),
    soft: token('--ink-soft'),
    line: token('--line-strong'),
    paper: token('--paper'),
    series: seriesTokens.map(token),
    pattern: token('--plot-pattern'),
    // The library writes it between double quotes as it is.
    font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
    isDark: theme === 'dark',
    widthPx,
  };
}

interface PlotViewProps {
  readonly data: PlotData;
  /** What it shows, for who cannot see it; the numbers are in a table beside it. */
  readonly label: string;
}

/** The plot, as wide as its place. */
export function PlotView({ data, label }: PlotViewProps) {
  const theme = useShownTheme();
  const box = useRef<HTMLDivElement>(null);
  // Before the page is painted, or printed.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const chart = init(element, null, { renderer: 'svg', height: 1 });
    const draw = () => {
      // Names that have no room beside each other make it higher.
      const height = heightOf(data, chart.getWidth());
      element.style.height = `${height}px`;
      chart.resize({ height });
      chart.setOption(optionOf(data, shownLook(theme, chart.getWidth())));
    };
    draw();
    // On paper it is scaled to the width of the sheet.
    const asPicture = () =>
      element.querySelector('svg')?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    asPicture();
    const watching = new ResizeObserver(() => {
      if (matchMedia('print').matches) return;
      chart.resize();
      draw();
      asPicture();
    });
    watching.observe(element);
    return () => {
      watching.disconnect();
      chart.dispose();
    };
  }, [data, theme]);
  return <div ref={box} className="plot" role="img" aria-label={label} />;
}

const pictureWidth = 960;

/** The plot as a picture by itself (SVG), titled, in the colours that are in view. */
export function pictureOf(
  data: PlotData,
  named: PlotTitle,
  theme: Theme,
): { readonly svg: string; readonly height: number } {
  const height = heightOf(data, pictureWidth, true) + 24;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: pictureWidth, height });
  try {
    chart.setOption(optionOf(data, shownLook(theme, pictureWidth), named));
    return { svg: chart.renderToSVGString(), height };
  } finally {
    chart.dispose();
  }
}

/** The same in points of a screen, twice as fine, for where no SVG can be put in. */
export async function bitmapOf({ svg, height }: ReturnType<typeof pictureOf>): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = pictureWidth * 2;
    canvas.height = height * 2;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the canvas gave no picture')) : resolve(blob))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
