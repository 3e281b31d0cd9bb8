import { describe, expect, it } from 'vitest';
import type { CodeRow } from '../../ports/index.ts';
import type { Reading } from '../resource/account-evaluator.ts';
import { examineCode } from './examine-code.ts';

const someCode = 'AAAAA-AAAAA-AAAAA-AAAAA';

describe('a stranger who tries codes out', () => {
  it('causes the same work, and no more of it, whether the code is unknown or granted to somebody else', async () => {
    const ask = async (row: Partial<CodeRow> | null) => {
      const asked: string[] = [];
      // Anything else of the store that is touched is not there, and fails.
      const codes = {
        findByLookupHash: async () => {
          asked.push('findByLookupHash');
          return row;
        },
      };
      const deps = { vault: { hashes: () => ['hash'] } };
      const step = { deps, tx: { codes } } as unknown as Reading;
      const question = { text: someCode, accountId: 'acct-stranger', asker: 'acct-stranger' };
      const { reasons, code } = await examineCode(step, question);
      return { asked, reasons, code };
    };
    const granted = await ask({ id: 'code_1', issuerAccountId: 'acct-a', granteeAccountId: 'acct-b' });
    expect(granted).toEqual(await ask(null));
    expect(granted).toMatchObject({ asked: ['findByLookupHash'], reasons: [{ code: 'code.unknown' }], code: null });
  });
});
