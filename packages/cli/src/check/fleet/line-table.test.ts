import { expect, test } from 'vitest';
import { LineTable } from './line-table.ts';
import { hashOfText } from './seen-ids.ts';

test('of many lines each is found again, far behind 4 GiB as well, and by whoever has the memory', () => {
  const table = new LineTable();
  const offsetOf = (index: number) => index * 3_000_000_007;
  for (let index = 0; index < 5000; index += 1) table.add(hashOfText(`tencent/cvm/${index}`), offsetOf(index));
  const other = new LineTable(table.memory);
  for (let index = 0; index < 5000; index += 1) {
    expect(other.find(hashOfText(`tencent/cvm/${index}`), () => true)).toBe(offsetOf(index));
  }
  expect(other.find(hashOfText('tencent/cvm/5000'), () => true)).toBe(-1);
});

test('lines whose texts have one hash are told apart by who asks', () => {
  const table = new LineTable();
  const hash = { one: -1, other: 0xffff_ffff };
  for (const offset of [0, 2 ** 31, 2 ** 40]) table.add(hash, offset);
  expect([0, 2 ** 31, 2 ** 40, 7].map((wanted) => table.find(hash, (offset) => offset === wanted))).toEqual([
    0,
    2 ** 31,
    2 ** 40,
    -1,
  ]);
});
