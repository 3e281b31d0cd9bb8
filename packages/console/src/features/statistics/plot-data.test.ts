import { expect, test } from 'vitest';
import { mostBars, type PlotData, shownOf } from './plot-data.ts';
import { heightOf, optionOf } from './plot-option.ts';

const names = Array.from({ length: 20 }, (_, nth) => `name ${nth}`);
const data: PlotData = {
  kind: 'bars',
  categories: names,
  series: [
    { name: 'one', values: names.map((_, nth) => nth) },
    { name: 'nothing', values: names.map(() => 0) },
    { name: 'late', values: names.map((_, nth) => (nth > mostBars ? 1 : null)) },
  ],
};
const look = {
  ink: '#111',
  soft: '#222',
  line: '#333',
  paper: '#fff',
  series: ['#a00', '#0a0'],
  pattern: '#fff8',
  font: 'sans',
  isDark: false,
  widthPx: 600,
};

test('a plot shows the first bars, and no series without a number among them', () => {
  const shown = shownOf(data);
  expect(shown.categories).toEqual(names.slice(0, mostBars));
  expect(shown.series.map(({ name }) => name)).toEqual(['one']);
  expect(shownOf({ ...data, kind: 'columns' }).series.map(({ name }) => name)).toEqual(['one', 'late']);
  expect(heightOf(shown, 600)).toBeGreaterThan(heightOf({ ...shown, categories: ['a'] }, 600));
  // Names of series without room beside each other go below.
  expect(heightOf(data, 100)).toBeGreaterThan(heightOf(data, 600));
});

test('series differ by more than their colour: by pattern where they are areas, by dash and mark where they are lines', () => {
  const patterns = optionOf(data, look).aria;
  expect(
    new Set(
      [patterns].flat()[0]?.decal?.decals &&
        [[patterns].flat()[0]?.decal?.decals].flat().map((one) => JSON.stringify(one)),
    ).size,
  ).toBe(6);
  const lines = [optionOf({ ...data, kind: 'lines' }, look).series ?? []].flat();
  const marks = lines.map((line) =>
    line.type === 'line' ? `${String(line.symbol)} ${String(line.lineStyle?.type)}` : '',
  );
  expect(new Set(marks).size).toBe(lines.length);
});
