import { expect, test } from 'vitest';
import type { Resource } from '../../api/shapes.ts';
import { endsSoon, filterResources } from './filter.ts';

type Outcome = Resource['check']['file']['outcome'];

function resource(id: string, file: Outcome, issue: Outcome, goodUntil: string | null = null): Resource {
  const decision = (outcome: Outcome) => ({ outcome, reasons: [], quota: null });
  return {
    id,
    accountId: 'acct-a',
    provider: 'tencent',
    product: 'cvm',
    productName: { zh: '云服务器', en: 'Cloud server' },
    facts: { region: 'ap-guangzhou' },
    version: 1,
    check: {
      resource: id,
      provider: 'tencent',
      product: 'cvm',
      policy: null,
      file: decision(file),
      issue: decision(issue),
      goodUntil,
    },
  };
}

const rows = [
  resource('ins-1', 'eligible', 'ineligible'),
  resource('ins-2', 'eligible', 'eligible'),
  resource('ins-3', 'not_required', 'not_required'),
];

test('a search looks at id, product in both languages, region and account', () => {
  for (const search of ['INS-2', ' ins-2 ']) {
    expect(filterResources(rows, search, 'all').map((row) => row.id)).toEqual(['ins-2']);
  }
  for (const search of ['云服务', 'cloud', 'guangzhou', 'acct-a', '']) {
    expect(filterResources(rows, search, 'all')).toHaveLength(3);
  }
});

test('the filters follow the decisions; what needs no filing is not blocked', () => {
  expect(filterResources(rows, '', 'file').map((row) => row.id)).toEqual(['ins-1', 'ins-2']);
  expect(filterResources(rows, '', 'issue').map((row) => row.id)).toEqual(['ins-2']);
  expect(filterResources(rows, '', 'blocked').map((row) => row.id)).toEqual(['ins-1']);
});

test('a resource ends soon within the given days, the last one included, and not when it has ended', () => {
  const until = (day: string) => endsSoon(resource('ins', 'eligible', 'eligible', day), '2026-11-21', 30);
  expect(until('2026-12-21')).toBe('2026-12-21');
  expect(until('2026-12-22')).toBeNull();
  expect(until('2026-11-20')).toBeNull();
  expect(endsSoon(resource('ins', 'eligible', 'eligible', null), '2026-11-21', 30)).toBeNull();
  // What does not qualify now cannot stop to.
  expect(endsSoon(resource('ins', 'ineligible', 'not_applicable', '2026-12-01'), '2026-11-21', 30)).toBeNull();
});
