import { describe, expect, test } from 'vitest';
import { msgCodeOf, msgCodes } from './msg-codes.ts';
import { resultCodeOf, resultCodes } from './result-codes.ts';

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('every msg_code of the interface is there, with both texts', () => {
  expect([...msgCodes.keys()].sort((a, b) => a - b)).toEqual([...range(0, 22), 901, 902, 999]);
  expect([...msgCodes.values()].filter(({ zh, en }) => zh === '' || en === '')).toEqual([]);
});

test('every result code of the interface is there once: 178', () => {
  const all = [
    ...range(1001, 1068),
    1999,
    ...range(2001, 2056),
    2998,
    2999,
    ...range(3001, 3037),
    3998,
    3999,
    ...range(5001, 5011),
    5999,
  ];
  expect(all).toHaveLength(178);
  expect([...resultCodes.keys()].sort((a, b) => a - b)).toEqual(all);
  expect([...resultCodes.values()].filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/^[A-Z]/.test(en))).toEqual(
    [],
  );
});

describe('what follows from an answer', () => {
  test.each([
    [[0, 1], 'go_on'],
    [[2], 'nothing'],
    [[3], 'download_more'],
    [[14], 'resynchronise'],
    [[15, 20, 901, 902, 999], 'retry'],
    [[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 21], 'stop'],
    [[22], 'return_to_customer'],
  ] as const)('%j: %s', (codes, act) => {
    expect(codes.map((code) => msgCodeOf(code).follow.act)).toEqual(codes.map(() => act));
  });

  test('outside the hours of the authority it is tried again in them, not at any time', () => {
    expect(msgCodeOf(20).follow).toEqual({ act: 'retry', when: 'opening_hours', afterMinutes: 30 });
  });
});

describe('what follows from a result', () => {
  test.each([
    [[1001], 'approved'],
    [[1002], 'rejected'],
    // Notes that something went well decide nothing.
    [[1060, 1062, 2998, 3998], 'noted'],
    [[1003, 1005, 1016, 1047, 1048, 1049, 1050, 1067, 1068], 'conflict'],
    [[1017, 1042, 1043, 1051, 1052], 'retry'],
    [[1027, 1030, 1032, 1037, 1038, 1040, 5006], 'done_already'],
    [[1045, 5001, 5003, 5004, 5009, 5011], 'stop'],
    [[1006, 1024, 1063, 1055, 5010, 2001, 3001], 'return_to_provider'],
    [[1004, 1009, 1011, 1014, 1018, 1020, 1034, 1041, 1064, 1065, 5008], 'return_to_customer'],
  ] as const)('%j: %s', (codes, act) => {
    expect(codes.map((code) => resultCodeOf(code).follow.act)).toEqual(codes.map(() => act));
  });

  test('what a customer corrects names the field', () => {
    const unnamed = [...resultCodes.values()].filter(
      ({ follow }) => follow.act === 'return_to_customer' && follow.field === null,
    );
    // The only access of a site, and characters somewhere in the document.
    expect(unnamed.map(({ code }) => code)).toEqual([1025, 5008]);
  });
});

test('unknown codes keep their number, and neither is taken for a success', () => {
  expect(msgCodeOf(77)).toMatchObject({
    code: 77,
    isKnown: false,
    follow: { act: 'stop' },
    en: expect.stringContaining('77'),
  });
  expect(resultCodeOf(1100)).toMatchObject({
    code: 1100,
    isKnown: false,
    follow: { act: 'return_to_provider' },
    zh: expect.stringContaining('1100'),
  });
  expect(msgCodeOf(0).isKnown && resultCodeOf(1001).isKnown).toBe(true);
});
