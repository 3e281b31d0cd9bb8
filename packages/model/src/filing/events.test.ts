import { expect, test } from 'vitest';
import { filingEventTexts } from './events.ts';

test('an approval, which may be of a change or a cancellation, is said without a number being issued', () => {
  const { zh, en } = filingEventTexts.FilingApproved;
  expect(zh).not.toContain('备案号');
  expect(en).not.toContain('number');
});
