import { expect, test } from 'vitest';
import { recordFilterOf, recordQueryOf } from './record-filter.ts';

const queryOf = (address: string) => recordQueryOf(recordFilterOf(new URLSearchParams(address)));

test('the address holds the filter; what it does not know is ignored', () => {
  expect(queryOf('state=filed&service=app&province=440000&search=%20shop%20')).toEqual({
    state: 'filed',
    serviceKind: 'app',
    provinceCode: '440000',
    search: 'shop',
  });
  expect(queryOf('state=asleep&service=x&province=44&search=%20')).toEqual({});
});
