import { expect, test } from 'vitest';
import { filingFilterOf, filingParams, filingQueryOf, isNarrowed } from './filing-filter.ts';

const address =
  'state=open&kind=first&province=440000&service=app&due=week&from=2026-11-01&to=2026-11-30&search=shop&order=due';

test('the address holds the whole filter, and gives it back', () => {
  const filter = filingFilterOf(new URLSearchParams(address));
  expect(new URLSearchParams(filingParams(filter)).toString()).toBe(address);
  expect(filingQueryOf(filter)).toEqual({
    group: 'open',
    kind: 'first',
    provinceCode: '440000',
    serviceKind: 'app',
    due: 'week',
    from: '2026-11-01',
    to: '2026-11-30',
    search: 'shop',
    order: 'due',
  });
  expect(filingParams(filter, { search: null, order: 'newest' })).not.toHaveProperty('search');
});

test('what an address says that is no filter is ignored; a state alone is counted, anything more is not', () => {
  const nothing = filingFilterOf(
    new URLSearchParams('state=asleep&kind=x&province=44&service=y&due=z&from=2026-02-30'),
  );
  expect(filingParams(nothing)).toEqual({});
  expect(filingQueryOf(nothing)).toEqual({ order: 'newest' });
  expect(isNarrowed(filingFilterOf(new URLSearchParams('state=draft&order=due')))).toBe(false);
  expect(isNarrowed(filingFilterOf(new URLSearchParams('state=draft&search=a')))).toBe(true);
});
