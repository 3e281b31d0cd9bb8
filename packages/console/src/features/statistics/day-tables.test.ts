import { expect, test } from 'vitest';
import { dayTablesOf } from './day-tables.ts';

const span = { from: '2026-11-20', to: '2026-11-22' };

test('a row for each day on which anything happened, a plot of all days; of gates what they blocked', () => {
  const tables = dayTablesOf(
    {
      filings: [
        { day: '2026-11-21', state: 'filed', count: 2 },
        { day: '2026-11-21', state: 'draft', count: 3 },
      ],
      codes: [],
      gates: [
        { day: '2026-11-20', outcome: 'allow', reason: 'filed_here', count: 900 },
        { day: '2026-11-22', outcome: 'block', reason: 'unfiled', count: 40 },
        { day: '2026-11-22', outcome: 'block', reason: 'new_reason', count: 1 },
      ],
    },
    span,
    'zh',
  );
  expect(tables.map(({ key }) => key)).toEqual(['filings', 'gates']);
  const [filings, gates] = tables;
  expect(filings?.rows).toEqual([['2026-11-21', 3, 2]]);
  expect(filings?.plot.categories).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  expect(filings?.plot.series.map(({ values }) => values)).toEqual([[0, 3, 0], [0, 2, 0]]); // biome-ignore format: one
  expect(gates?.columns.map(({ zh }) => zh)).toEqual(['日期', '未备案', 'new_reason']);
  expect(gates?.rows).toEqual([['2026-11-22', 40, 1]]);
});
