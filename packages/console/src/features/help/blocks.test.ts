import { expect, test } from 'vitest';
import { blocksOf } from './blocks.ts';

test('blank lines part paragraphs, and lines with a dash make one list', () => {
  expect(blocksOf('First line\nstill first\n\nSecond:\n- one\n- two\nAfter')).toEqual([
    'First line still first',
    'Second:',
    ['one', 'two'],
    'After',
  ]);
});
