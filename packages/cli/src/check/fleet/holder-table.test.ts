import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfHolder, HolderTable } from './holder-table.ts';

const holders = fc.string({
  unit: fc.constantFrom('a', 'b', '云', '\u007f', '\u0080', 'ÿ', '\ud800', '\udc00'),
  maxLength: 4,
});
const rows = fc.array(fc.record({ list: fc.nat(2), holder: holders, codes: fc.nat(9), sites: fc.nat(9) }), {
  maxLength: 600,
});

test('adds up by list and holder, in one table or in several that are added together', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const expected = new Map<string, { codes: number; sites: number }>();
      const parts = [new HolderTable(), new HolderTable()];
      given.forEach(({ list, holder, codes, sites }, index) => {
        const key = JSON.stringify([list, holder]);
        const sum = expected.get(key) ?? { codes: 0, sites: 0 };
        expected.set(key, { codes: sum.codes + codes, sites: sum.sites + sites });
        parts[index % 2]?.add(list, bytesOfHolder(holder), { codes, sites });
      });
      const all = new HolderTable();
      for (const part of parts) all.addAll(part.memory);
      const read = new HolderTable(all.memory);
      for (const { list, holder } of given) {
        const entry = read.find(list, bytesOfHolder(holder));
        const sum = expected.get(JSON.stringify([list, holder]));
        expect({ codes: read.codesOf(entry), sites: read.sitesOf(entry) }).toEqual(sum);
      }
      expect(read.find(3, bytesOfHolder('a'))).toBe(-1);
    }),
  );
});
