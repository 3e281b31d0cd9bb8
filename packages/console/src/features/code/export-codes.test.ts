import { expect, test } from 'vitest';
import type { Code } from '../../api/shapes.ts';
import { allCodes, codesAsText } from './export-codes.ts';

const code = (id: string, note = ''): Code => ({
  id,
  resourceId: 'ins-1',
  issuerAccountId: 'acct-a',
  granteeAccountId: null,
  tail: 'ABCD',
  note,
  state: 'unused',
  reasons: [],
  usableUntil: '2026-12-01',
  issuedAt: '2026-11-21T02:00:00.000Z',
  grantedAt: null,
  boundFilingId: null,
  usedAt: null,
  revokedAt: null,
});

test('takes every page of the filter, also after one with nothing in it, and says when it stops before the end', async () => {
  const asked: unknown[] = [];
  const pages = [
    { codes: [code('3'), code('2')], next: '2' },
    { codes: [], next: 'x' },
    { codes: [code('1')], next: null },
  ];
  const read = async (query: unknown) => {
    asked.push(query);
    return pages[(asked.length - 1) % pages.length] ?? { codes: [], next: null };
  };
  const all = await allCodes({ side: 'issued', state: 'unused' }, { read });
  expect(all.codes.map(({ id }) => id)).toEqual(['3', '2', '1']);
  expect(all.isCut).toBe(false);
  expect(asked).toEqual([
    { side: 'issued', state: 'unused', limit: 500 },
    { side: 'issued', state: 'unused', limit: 500, after: '2' },
    { side: 'issued', state: 'unused', limit: 500, after: 'x' },
  ]);
  asked.length = 0;
  expect(await allCodes({ side: 'issued' }, { read, most: 1 })).toMatchObject({ codes: [{ id: '3' }], isCut: true });
  asked.length = 0;
  expect(await allCodes({ side: 'issued' }, { read, most: 3 })).toMatchObject({ isCut: false });
});

test('a note cannot become a formula of a spreadsheet, and columns are those of the command line', () => {
  const [head, row] = codesAsText([code('code_1', '=1+1, "x"')], 'csv').split('\r\n');
  expect(head).toBe(
    '\uFEFFid,resourceId,issuerAccountId,granteeAccountId,tail,state,usableUntil,issuedAt,grantedAt,boundFilingId,usedAt,revokedAt,note',
  );
  expect(row).toBe(`code_1,ins-1,acct-a,,ABCD,unused,2026-12-01,2026-11-21T02:00:00.000Z,,,,,"'=1+1, ""x"""`);
  expect(JSON.parse(codesAsText([code('code_1')], 'json'))).toEqual({ codes: [code('code_1')] });
});
