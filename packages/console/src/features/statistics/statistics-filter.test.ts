import { expect, test } from 'vitest';
import { statisticsFilterOf, statisticsParams, statisticsQueryOf } from './statistics-filter.ts';

const of = (text: string) => statisticsFilterOf(new URLSearchParams(text), '2026-11-30');
const usual = { from: '2026-11-01', to: '2026-11-30', province: null, reviewer: null, kind: null };

test('the last thirty days of everything, unless the address says otherwise', () => {
  expect(of('')).toEqual(usual);
  expect(of('from=yesterday&province=guangdong&kind=unheard')).toEqual(usual);
  expect(of('from=2026-99-99&to=2026-02-30')).toEqual(usual);
});

test('the address holds the filter, and the API is asked for it', () => {
  const filter = of('from=2026-10-01&to=2026-10-31&province=440000&reviewer=usr_1&kind=first');
  expect(of(new URLSearchParams(statisticsParams(filter)).toString())).toEqual(filter);
  expect(statisticsQueryOf(filter)).toEqual({
    from: '2026-10-01',
    to: '2026-10-31',
    provinceCode: '440000',
    reviewerId: 'usr_1',
    kind: 'first',
  });
  expect(statisticsParams(filter, { kind: null })).not.toHaveProperty('kind');
});
