import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test('cells are quoted where they must be', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', null, 7])).toBe('a,"b,c","say ""x""","two\nlines",,7\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＋1', '－1', '＠A'])(
  'no cell is a formula: %j',
  (text) => {
    expect(csvLine([text]).replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test('a number stays one, ordinary text stays as it is', () => {
  expect(csvLine([-1, '备注', 'a=b', 'a-b'])).toBe('-1,备注,a=b,a-b\r\n');
});
