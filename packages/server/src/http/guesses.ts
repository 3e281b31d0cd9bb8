import { Fault, isFault } from '@openbeian/model/fault';
import type { Actor } from '../flows/call.ts';
import type { HttpNeeds, Limiter, LimitRule } from './needs.ts';

/** Operations that take a clear filing code, so that a stranger could try codes out. */
export const guessedOperations = ['verifyCode', 'bindFiling'] as const;

const missed = ['code.mistyped', 'code.unknown'];

/**
 * Lets `run` test a code unless this account or this address has guessed wrong too often; only misses count.
 * @throws Fault `auth.too_many_attempts`
 */
export async function guardGuesses<T>(
  needs: HttpNeeds,
  actor: Actor,
  address: string,
  run: () => Promise<T>,
): Promise<T> {
  const { verifyCodePerAccount, verifyCodePerAddress } = needs.settings.limits;
  const keys: LimitedKey[] = [
    { key: `code:account:${actor.accountId ?? actor.userId}`, rule: verifyCodePerAccount },
    { key: `code:address:${address}`, rule: verifyCodePerAddress },
  ];
  // Counted before the test and taken back after it: many guesses sent at once are all counted.
  await countAttempt(needs.limiter, keys);
  let isMiss = false;
  try {
    const answer = await run();
    isMiss = namesMiss((answer as { reasons?: unknown } | null)?.reasons);
    return answer;
  } catch (error) {
    isMiss = isFault(error, 'code.not_usable') && namesMiss(error.extras.reasons);
    throw error;
  } finally {
    if (!isMiss) await forgiveAttempt(needs.limiter, keys);
  }
}

export interface LimitedKey {
  readonly key: string;
  readonly rule: LimitRule;
}

/** @throws Fault `auth.too_many_attempts` when one of the keys has none left. */
export async function countAttempt(limiter: Limiter, keys: readonly LimitedKey[]): Promise<void> {
  const waits = await Promise.all(keys.map(({ key, rule }) => limiter.attempt(key, rule)));
  const retryAfterSeconds = Math.max(...waits);
  if (retryAfterSeconds > 0) throw new Fault('auth.too_many_attempts', { retryAfterSeconds });
}

export async function forgiveAttempt(limiter: Limiter, keys: readonly LimitedKey[]): Promise<void> {
  await Promise.all(keys.map(({ key }) => limiter.forgive(key)));
}

function namesMiss(reasons: unknown): boolean {
  return Array.isArray(reasons) && reasons.some((reason) => missed.includes(String(reason?.code)));
}
