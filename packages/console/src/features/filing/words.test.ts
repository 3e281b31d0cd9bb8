import { expect, test } from 'vitest';
import { filingWords } from './words.ts';

test('what is submitted is not said to be reviewed: a cancellation goes to the authority without a review', () => {
  const { submitted, nextText } = filingWords.filing;
  for (const { zh, en } of [submitted, nextText.awaiting_forward]) {
    expect(zh).not.toContain('初审');
    expect(en).not.toContain('review');
  }
});
