import { Fault } from '@openbeian/model/fault';
import { describe, expect, it } from 'vitest';
import type { ServiceRecordRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { statusOfName } from './name-status.ts';

describe('the name that a code would serve', () => {
  const filed = { state: 'filed', accesses: ['here'], subjectRecordId: 'sbj_1' } as unknown as ServiceRecordRow;
  const ask = (service: ServiceRecordRow | null, authority: () => Promise<{ filed: boolean }>) => {
    const records = {
      findServiceByDomainName: async () => service,
      findSubject: async () => ({ accountId: 'acct-a' }),
    };
    const store = { transaction: (work: (tx: unknown) => unknown) => work({ records }) };
    const deps = { provider: 'here', store, authority: { findStatus: authority } } as unknown as FlowDeps;
    return (accountId: string) => statusOfName(deps, 'example.cn', accountId);
  };
  const status = async (filedElsewhere: boolean) => ({ filed: filedElsewhere });

  it.each([
    ['filed here in this account', filed, 'acct-a', 'filed_here', 'none', 'name.filed_here'],
    [
      'filed here by another',
      filed,
      'acct-b',
      'filed_here_other_account',
      'move_account',
      'name.filed_here_other_account',
    ],
    ['ended here', { ...filed, state: 'cancelled' as const }, 'acct-a', 'not_filed', 'first_or_add_site', null],
    ['never seen', null, 'acct-a', 'not_filed', 'first_or_add_site', null],
  ])('%s', async (_, service, account, expected, filing, reason) => {
    const answer = await ask(service, () => status(false))(account);
    expect(answer.nameStatus).toMatchObject({ status: expected, filing });
    expect(answer.reason?.code ?? null).toBe(reason);
  });

  it('filed elsewhere is an access filing; an authority that cannot be asked spoils nothing', async () => {
    const elsewhere = await ask(null, () => status(true))('acct-a');
    expect(elsewhere).toMatchObject({ nameStatus: { status: 'filed_elsewhere', filing: 'access' }, reason: null });
    const silent = await ask(null, () => Promise.reject(new Fault('authority.unreachable')))('acct-a');
    expect(silent).toMatchObject({ nameStatus: { status: 'unknown', filing: null }, reason: null });
  });
});
