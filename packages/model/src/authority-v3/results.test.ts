import { describe, expect, test } from 'vitest';
import { findingsOfResult, readResults } from './results.ts';

const result = (codes: readonly (number | readonly [number, string])[], Czlx = 1, Bs?: string) =>
  readResults({
    Jg_xx: [
      {
        Jgxx: codes.map((each) => (typeof each === 'number' ? { Jgdm: each } : { Jgdm: each[0], Dmms: each[1] })),
        Czlx,
        ...(Bs === undefined ? {} : { Bs }),
      },
    ],
  })[0] ?? expect.unreachable('no result');

describe('what became of a record', () => {
  test.each([
    [[1001], 'approved'],
    [[1001, 1062], 'approved'],
    [[1002], 'rejected'],
    [[1020], 'rejected'],
    [[1020, 1062], 'rejected'],
    [[1006, 1009], 'rejected'],
    [[1005], 'conflict'],
    [[1020, 1005], 'conflict'],
    [[1017], 'retry'],
    [[1037], 'done_already'],
    // The material has come, the decision has not.
    [[1060], 'open'],
    [[1062], 'open'],
    // It says yes and no.
    [[1001, 1020], 'unclear'],
    [[1001, 4711], 'unclear'],
    [[4711], 'unclear'],
    [[], 'unclear'],
  ] as const)('%j: %s', (codes, outcome) => {
    expect(result(codes).outcome).toBe(outcome);
  });

  test.each([
    [1, 'new_filing'],
    [7, 'cancel_service'],
    [35, 'attachments'],
    [8, null],
  ] as const)('operation %i is %s, and its number is kept', (code, operation) => {
    expect(result([1001], code)).toMatchObject({ operation, operationCode: code });
  });

  test.each([
    [1, '11', { by: 'own_subject', id: 11 }],
    [4, '500', { by: 'authority_subject', id: 500 }],
    [2, '粤ICP备2026000001号', { by: 'number', number: '粤ICP备2026000001号' }],
    [3, ' 粤ICP备2026000001号-1 ', { by: 'number', number: '粤ICP备2026000001号-1' }],
    [1, '', { by: 'nothing' }],
    [1, undefined, { by: 'nothing' }],
  ] as const)('operation %i with the mark %j', (operation, mark, expected) => {
    expect(result([1001], operation, mark).mark).toEqual(expected);
  });

  test('a result without anything is kept, too', () => {
    expect(readResults({ Jg_xx: [{}] })).toEqual([
      { operation: null, operationCode: null, mark: { by: 'nothing' }, codes: [], outcome: 'unclear' },
    ]);
    expect(readResults({})).toEqual([]);
  });
});

describe('findings', () => {
  test('are at the field that the code is about, with the authority’s own words', () => {
    expect(findingsOfResult(result([[1020, '网站名称冲突，请核实后再次报备']]))).toEqual([
      {
        field: 'service.name',
        rule: 'authority.1020',
        message: {
          zh: '管局退回（1020）：网站名称已被使用。管局说明：网站名称冲突，请核实后再次报备',
          en: 'Returned by the authority (1020): The site name is taken. In its own words: 网站名称冲突，请核实后再次报备',
        },
        remedy: { zh: expect.stringContaining('修改后重新提交'), en: expect.stringContaining('submit again') },
        source: 'ISP-V3',
        from: 'authority',
      },
    ]);
  });

  test('of what the provider corrects do not send the customer', () => {
    expect(findingsOfResult(result([1006]))).toMatchObject([
      { field: 'access.ipAddresses', remedy: { en: expect.stringContaining('nothing to do') } },
    ]);
  });

  test('are none of an approval, a note, or what is so already', () => {
    expect(findingsOfResult(result([1001, 1062, 1037]))).toEqual([]);
  });

  test('keep a code that nobody knows, with what the authority said of it', () => {
    expect(findingsOfResult(result([[4711, '以后的代码']]))).toMatchObject([
      {
        rule: 'authority.4711',
        field: null,
        message: { zh: '管局退回（4711）：管局返回未知的结果代码 4711。管局说明：以后的代码' },
      },
    ]);
  });
});
