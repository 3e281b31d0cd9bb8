import { expect, test } from 'vitest';
import { reasonCodes } from '../reason.ts';
import { bitOf, bitsOf, followUp, reasonsIn, reasonsOnly, setOfReasons } from './reason-set.ts';

test('every reason has a bit of its own, in the order of the contract, apart from what the decision goes on with', () => {
  const bits = reasonCodes.map(bitOf);
  expect(bits).toEqual([...bits].sort((one, other) => one - other));
  expect(new Set(bits).size).toBe(reasonCodes.length);
  expect(reasonsIn(setOfReasons([...reasonCodes].reverse()))).toEqual(reasonCodes);
  expect(reasonsOnly(setOfReasons(reasonCodes) | followUp.counted | followUp.behind)).toBe(setOfReasons(reasonCodes));
});

test('the program does not start with a reason twice, too many, or a finding of a province or a filing', () => {
  expect(() => bitsOf(['resource.trial', 'resource.trial'])).toThrow('listed twice');
  expect(() => bitsOf(Array.from({ length: 30 }, (_, index) => `code.x${'y'.repeat(index)}`))).toThrow('only 29 bits');
  for (const code of ['province.gd_notice_missing', 'filing.wrong_state', 'form.field_missing']) {
    expect(() => bitsOf([code])).toThrow('no reason about a resource');
  }
});
