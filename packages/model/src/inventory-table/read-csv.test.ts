import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteOrderMark, csvLine } from '../csv/index.ts';
import { CsvError, readCsv } from './read-csv.ts';

test('cells, quotes and line ends inside of quotes are read; lines are counted as in the text', () => {
  expect([...readCsv(`${byteOrderMark}a,"b,""c"""\r\n\r\n"1\n2",3\rlast`)]).toEqual([
    { line: 1, cells: ['a', 'b,"c"'] },
    { line: 3, cells: ['1\n2', '3'] },
    { line: 5, cells: ['last'] },
  ]);
  expect([...readCsv('')]).toEqual([]);
});

test('what separates cells is found in the first line', () => {
  expect([...readCsv('a;b;"c,d,e,f"\n1,2;3')].map(({ cells }) => cells)).toEqual([
    ['a', 'b', 'c,d,e,f'],
    ['1,2', '3'],
  ]);
  expect([...readCsv('a\tb\n1\t2,5')].map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['1', '2,5'],
  ]);
});

test('a quoted cell that does not end is named by line and column', () => {
  const read = () => [...readCsv('a,b\n1,"2\n3')];
  expect(read).toThrow(CsvError);
  expect(read).toThrow(/line 2, column 3/);
});

test('whatever is written is read again', () => {
  // No apostrophe is put before what is no formula.
  const cell = fc.string().filter((text) => !csvLine([text]).startsWith("'") && !csvLine([text]).startsWith(`"'`));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, (given) => {
      const text = given.map((cells) => csvLine(cells)).join('');
      expect([...readCsv(text, ',')].map(({ cells }) => cells)).toEqual(given);
    }),
  );
});
