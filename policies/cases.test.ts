import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import { casesBeside, runCases } from './cases.ts';
import { loadPolicies, policyFilesOf, providersDirectory, sampleDirectory } from './load.ts';

const policies = loadPolicies();

describe.each([providersDirectory, sampleDirectory].flatMap(policyFilesOf))('%s', (file) => {
  const beside = casesBeside(file);
  const results = beside === null ? [] : runCases(beside, policies);
  test('its cases hold', () => {
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });
  test('every product has a case', () => {
    const provider = file.replace(/^.*\//, '').replace('.yaml', '');
    const products = [...(policies.get(provider)?.products.keys() ?? [])].map((product) => `${provider}/${product}`);
    const tested = new Set(results.map(({ product }) => product));
    expect(products.length).toBeGreaterThan(0);
    expect(products.filter((product) => !tested.has(product))).toEqual([]);
  });
});

test('a case that the rules do not meet says what differs and on which line; a bad file is refused there', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'cases-')), 'tencent.cases.yaml');
  const text = `provider: tencent
at: 2026-11-21
base: { region: cn-mainland }
cases:
  - { name: wrong, resource: { product: cvm }, file: eligible, goodUntil: 2027-01-01 }
`;
  writeFileSync(file, text);
  expect(runCases(file, policies)).toMatchObject([
    {
      line: 5,
      name: 'wrong',
      product: 'tencent/cvm',
      differences: [{ key: 'file' }, { key: 'goodUntil', actual: null }],
    },
  ]);
  const placeOf = (changed: string) => {
    writeFileSync(file, changed);
    try {
      runCases(file, policies);
    } catch (error) {
      if (isFault(error, 'input.invalid')) return error.extras.places?.[0]?.path ?? '';
      throw error;
    }
    return '';
  };
  expect(placeOf(text.replace('file: eligible', 'fil: eligible'))).toMatch(/:5: cases\[0\]\.fil$/);
  expect(placeOf(text.replace('product: cvm', 'billing: monthly'))).toMatch(/:5: cases\[0\]\.resource: /);
  expect(placeOf('a: [')).toMatch(/cases\.yaml:1$/);
});
