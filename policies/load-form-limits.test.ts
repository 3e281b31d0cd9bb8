import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formLimitsOn } from '@openbeian/model/forms';
import { expect, test } from 'vitest';
import { loadFormLimits } from './load-form-limits.ts';

const versions = loadFormLimits();

test('what is in force is known for today, and every limit names a source that there is', () => {
  const limits = formLimitsOn(versions, '2026-11-21');
  expect(limits?.serviceNames.stateOnly.words).toContain('中国');
  const labels = readFileSync(join(import.meta.dirname, '..', 'docs', 'sources.md'), 'utf8');
  for (const { serviceNames } of versions) {
    for (const { source } of [serviceNames.stateOnly, serviceNames.notForIndividuals]) {
      expect(labels).toContain(`\`${source}\``);
    }
  }
});

test('a later version takes over on its day, and before the first nothing is known', () => {
  const [first] = versions;
  if (first === undefined) throw new Error('no version');
  const dated = [
    { ...first, validFrom: '2020-01-01', validTo: '2026-12-31' },
    {
      ...first,
      validFrom: '2027-01-01',
      serviceNames: { ...first.serviceNames, stateOnly: { words: ['国字'], source: 'ALI19-LIMITS' } },
    },
  ];
  const wordsOn = (day: string) => formLimitsOn(dated, day)?.serviceNames.stateOnly.words.length ?? null;
  const words = first.serviceNames.stateOnly.words.length;
  expect(['2019-12-31', '2020-01-01', '2026-12-31', '2027-01-01'].map(wordsOn)).toEqual([null, words, words, 1]);
});
