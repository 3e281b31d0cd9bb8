import { Fault, type FaultCode } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import type { Actor } from '../flows/command/call.ts';
import { guardGuesses, isGuess } from './guesses.ts';
import { needsWith } from './testing/http-world.ts';

/** Counts as the table does; the limits of `needsWith` are three. */
function world() {
  const counts = new Map<string, number>();
  const limiter = {
    attempt: async (key: string, { limit }: { readonly limit: number }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) > limit ? 60 : 0;
    },
    forgive: async (key: string) => void counts.set(key, (counts.get(key) ?? 1) - 1),
  };
  const needs = { ...needsWith({}).needs, limiter };
  const actor = (accountId: string): Actor => ({ userId: `usr_${accountId}`, role: 'customer', accountId });
  const outcome = (accountId: string, operationId: string, code: FaultCode | null) =>
    guardGuesses(needs, actor(accountId), operationId, async () => {
      if (code !== null) throw new Fault(code);
      return 'done';
    }).catch((error: Fault) => error.code);
  return { outcome };
}

test('an account learns only so often that a name or certificate is another’s; its other refusals count nothing', async () => {
  const { outcome } = world();
  for (let time = 0; time < 5; time += 1) {
    expect(await outcome('a', 'submitFiling', 'filing.form_incomplete')).toBe('filing.form_incomplete');
    expect(await outcome('a', 'submitFiling', null)).toBe('done');
  }
  expect(await outcome('a', 'submitFiling', 'filing.subject_in_other_account')).toBe('filing.subject_in_other_account');
  expect(await outcome('a', 'contestFiling', 'filing.name_in_other_account')).toBe('filing.name_in_other_account');
  expect(await outcome('a', 'submitFiling', 'filing.held_by_other_account')).toBe('filing.held_by_other_account');
  expect(await outcome('a', 'submitFiling', 'filing.subject_in_other_account')).toBe('auth.too_many_attempts');
  // Neither another account, nor this one's codes.
  expect(await outcome('b', 'submitFiling', 'filing.held_by_other_account')).toBe('filing.held_by_other_account');
  expect(await outcome('a', 'verifyCode', null)).toBe('done');
});

test('what is guarded: codes, and what tells of others', () => {
  expect(isGuess('verifyCode', {})).toBe(true);
  expect(isGuess('bindFiling', { with: { resourceId: 'r' } })).toBe(false);
  expect(isGuess('submitFiling', {})).toBe(true);
  expect(isGuess('saveFilingForm', {})).toBe(false);
});
