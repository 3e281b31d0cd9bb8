import { Fault } from '@openbeian/model/fault';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const recordRefusals = vi.fn(async () => {});
afterEach(() => recordRefusals.mockClear());

async function refused(requests: readonly { url: string; cookie?: string; authorization?: string }[]) {
  const listFilings = async () => {
    throw new Fault('auth.forbidden');
  };
  const { needs } = needsWith({ recordRefusals, listFilings, findApiKey: async () => null });
  const app = createHttpServer(needs);
  const statuses: number[] = [];
  for (const { url, ...headers } of requests) {
    statuses.push((await app.inject({ method: 'GET', url, headers })).statusCode);
  }
  await app.close();
  return { statuses, written: (recordRefusals.mock.calls as unknown[][]).map(([, refusals]) => refusals) };
}
const customer = 's=customer';
const source = expect.objectContaining({ address: '127.0.0.1', sessionId: 'ses_customer' });

describe('refused requests', () => {
  it('are counted for their caller and operation, and written together', async () => {
    const { statuses, written } = await refused([
      ...Array.from({ length: 30 }, () => ({ url: '/api/v1/audit', cookie: customer })),
      { url: '/api/v1/filings', cookie: customer },
      { url: '/api/v1/audit', cookie: 's=reviewer' },
    ]);
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(written).toEqual([
      [
        expect.objectContaining({
          actor: { userId: 'user-customer', role: 'customer', accountId: 'acct-a', right: 'owner', source },
          operation: 'listAudit',
          fault: 'auth.forbidden',
          count: 30,
        }),
        expect.objectContaining({ operation: 'listFilings', count: 1 }),
        expect.objectContaining({ actor: expect.objectContaining({ role: 'reviewer' }), count: 1 }),
      ],
    ]);
  });

  it('with keys that open nothing are a visitor’s, with the address', async () => {
    const { written } = await refused([{ url: '/api/v1/codes', authorization: 'Bearer obk.key_1.secret' }]);
    expect(written).toEqual([
      [
        expect.objectContaining({
          actor: expect.objectContaining({
            role: 'visitor',
            source: expect.objectContaining({ address: '127.0.0.1', sessionId: null }),
          }),
          fault: 'auth.key_refused',
        }),
      ],
    ]);
  });

  it('that tell an account what others have are written, too: who asks for one after another is seen', async () => {
    const submitFiling = async () => {
      throw new Fault('filing.subject_in_other_account');
    };
    const { needs } = needsWith({ recordRefusals, submitFiling });
    const app = createHttpServer(needs);
    const headers = { cookie: customer, 'idempotency-key': 'k', 'content-type': 'application/json' };
    const url = '/api/v1/filings/fil_1/submit';
    for (let ask = 0; ask < 3; ask += 1) {
      await app.inject({ method: 'POST', url, headers, payload: { version: 1 } });
    }
    await app.close();
    const [, written] = recordRefusals.mock.calls.at(-1) as unknown as [unknown, unknown];
    expect(written).toEqual([
      expect.objectContaining({ operation: 'submitFiling', fault: 'filing.subject_in_other_account', count: 3 }),
    ]);
  });

  it('are no matter where nobody is signed in, or nothing is there', async () => {
    expect((await refused([{ url: '/api/v1/audit' }, { url: '/api/v1/nothing' }, { url: '/%zz' }])).written).toEqual(
      [],
    );
  });
});
