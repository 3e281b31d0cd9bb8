import { expect, test } from 'vitest';
import { isTouched } from './nouns.ts';

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
