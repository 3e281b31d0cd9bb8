import { expect, test } from 'vitest';
import type { Code } from '../../api/shapes.ts';
import { codeActions } from './code-state.ts';

function code(state: Code['state']): Code {
  return {
    id: 'code_1',
    resourceId: 'ins-1',
    issuerAccountId: 'acct-company',
    granteeAccountId: 'acct-person',
    tail: 'K7QX',
    note: '',
    state,
    reasons: [],
    usableUntil: null,
    issuedAt: '2026-11-21T01:00:00Z',
    grantedAt: null,
    boundFilingId: null,
    usedAt: null,
    revokedAt: null,
  };
}

test('the issuer may grant, re-point and revoke only what is neither bound, used nor revoked', () => {
  const can = (state: Code['state']) => codeActions(code(state), 'acct-company');
  expect(can('unused')).toEqual({ grant: true, repoint: true, revoke: true, reveal: true, file: false });
  expect(can('suspended')).toEqual({ grant: true, repoint: true, revoke: true, reveal: true, file: false });
  expect(can('bound')).toEqual({ grant: false, repoint: false, revoke: false, reveal: true, file: false });
  expect(can('used')).toEqual({ grant: false, repoint: false, revoke: false, reveal: false, file: false });
  expect(can('revoked')).toEqual({ grant: false, repoint: false, revoke: false, reveal: false, file: false });
});

test('the grantee may see it, and file with it while it can be used; a stranger and a reviewer may nothing', () => {
  const none = { grant: false, repoint: false, revoke: false, reveal: false, file: false };
  expect(codeActions(code('unused'), 'acct-person')).toEqual({ ...none, reveal: true, file: true });
  expect(codeActions(code('suspended'), 'acct-person')).toEqual({ ...none, reveal: true });
  expect(codeActions(code('bound'), 'acct-person')).toEqual({ ...none, reveal: true });
  expect(codeActions(code('unused'), 'acct-other')).toEqual(none);
  expect(codeActions(code('unused'), null)).toEqual(none);
});
