import { operations } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { isTouched } from './is-touched.ts';

test('a command has those queries asked again that show what it changes, and no others', () => {
  expect(isTouched(['listCodes', { query: {} }], 'grantCode')).toBe(true);
  expect(isTouched(['countCodes', {}], 'issueCodes')).toBe(true);
  // The quota that is left.
  expect(isTouched(['getResource', {}], 'issueCodes')).toBe(true);
  expect(isTouched(['countFilings', {}], 'passFiling')).toBe(true);
  expect(isTouched(['listAudit', {}], 'revealCode')).toBe(true);
  expect(isTouched(['listNotices', {}], 'markNoticesRead')).toBe(true);
  for (const query of ['listFilings', 'listNotices', 'getDeployment', 'listHelp', 'listRecords']) {
    expect(isTouched([query, {}], 'grantCode'), query).toBe(false);
  }
});

test('what no operation answers is left alone', () => {
  expect(isTouched(['session'], 'grantCode')).toBe(false);
  expect(isTouched([], 'grantCode')).toBe(false);
});

test('every command changes what some query shows; some that read personal data change the audit alone', () => {
  const all = Object.values(operations);
  const shown = new Set<string>(all.flatMap(({ command, nouns }) => (command ? [] : nouns)));
  const commands = all.filter(({ command }) => command);
  for (const { id, nouns } of commands) for (const noun of nouns) expect(shown, id).toContain(noun);
  const silent = commands.filter(({ nouns }) => nouns.length === 0).map(({ id }) => id);
  expect(silent.sort()).toEqual([
    'openMaterial',
    'revealAuthorityDocument',
    'revealCode',
    'revealFilingForm',
    'revealHandEntry',
    'writeLetter',
  ]);
});
