import { expect, test } from 'vitest';
import { addressOf, addressReader } from './address-filter.ts';

test('what is not known is as if it were not said', () => {
  const { text, oneOf, day, provinceCode } = addressReader(
    new URLSearchParams('search=%20a%20&empty=%20&kind=b&day=2026-02-29&province=44'),
  );
  expect([text('search'), text('empty'), text('none')]).toEqual(['a', null, null]);
  expect([oneOf('kind', ['a', 'b']), oneOf('kind', ['a'])]).toEqual(['b', null]);
  expect([day('day'), provinceCode('province')]).toEqual([null, null]);
  const known = addressReader(new URLSearchParams('day=2028-02-29&province=440000'));
  expect([known.day('day'), known.provinceCode('province')]).toEqual(['2028-02-29', '440000']);
});

test('an address has only what is narrowed, and what is not so anyway', () => {
  const filter = { state: 'open', kind: null, search: '', overdue: false, late: true, order: 'newest' };
  expect(addressOf(filter, { order: 'newest' })).toEqual({ state: 'open', late: 'true' });
  expect(addressOf(filter)).toHaveProperty('order', 'newest');
});
