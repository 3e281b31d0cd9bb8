import { Fault, isFault } from '@openbeian/model/fault';
import type { Actor } from '../flows/command/call.ts';
import type { Flows } from './flow-table.ts';
import type { HttpNeeds, Limiter, LimitRule } from './needs.ts';

type InputOf<Id extends keyof Flows> = Parameters<Flows[Id]>[1];

/** Operations that may take a clear filing code, so that a stranger could try codes out: does this input carry one? */
const carriesCode = {
  verifyCode: () => true,
  bindFiling: (input) => 'code' in input.with,
  grantPartnerCodes: (input) => input.grants.some((grant) => 'code' in grant),
  queryPartnerCodes: () => true,
} as const satisfies { [Id in keyof Flows]?: (input: InputOf<Id>) => boolean };

/** A request that names a resource or the id of a code guesses nothing, however often it is refused. */
export function isGuess(operationId: string, input: unknown): boolean {
  if (!Object.hasOwn(carriesCode, operationId)) return false;
  // The operation's own shape has parsed the input.
  return carriesCode[operationId as keyof typeof carriesCode](input as never);
}

const missed = ['code.mistyped', 'code.unknown'];

/**
 * Lets `run` test a code unless this account has guessed wrong too often; only misses count. Nobody tests codes without an
 * account, and others behind the same address must not wait for its mistakes.
 * @throws Fault `auth.too_many_attempts`
 */
export async function guardGuesses<T>(needs: HttpNeeds, actor: Actor, run: () => Promise<T>): Promise<T> {
  const { verifyCodePerAccount } = needs.settings.limits;
  const keys: LimitedKey[] = [{ key: `code:account:${actor.accountId ?? actor.userId}`, rule: verifyCodePerAccount }];
  // Counted before the test and taken back after it: many guesses sent at once are all counted.
  await countAttempt(needs.limiter, keys);
  let misses = 0;
  try {
    const answer = await run();
    misses = missesIn(answer);
    return answer;
  } catch (error) {
    misses = isFault(error, 'code.not_usable') ? missesIn(error.extras) : 0;
    throw error;
  } finally {
    if (misses === 0) await forgiveAttempt(needs.limiter, keys);
    // A batch is as many guesses as codes in it were wrong; the refusal, if any, meets the next request.
    for (let further = 1; further < misses; further += 1) {
      await Promise.all(keys.map(({ key, rule }) => needs.limiter.attempt(key, rule)));
    }
  }
}

interface LimitedKey {
  readonly key: string;
  readonly rule: LimitRule;
}

/** @throws Fault `auth.too_many_attempts` when one of the keys has none left. */
async function countAttempt(limiter: Limiter, keys: readonly LimitedKey[]): Promise<void> {
  const waits = await Promise.all(keys.map(({ key, rule }) => limiter.attempt(key, rule)));
  const retryAfterSeconds = Math.max(...waits);
  if (retryAfterSeconds > 0) throw new Fault('auth.too_many_attempts', { retryAfterSeconds });
}

async function forgiveAttempt(limiter: Limiter, keys: readonly LimitedKey[]): Promise<void> {
  await Promise.all(keys.map(({ key }) => limiter.forgive(key)));
}

function missesIn(answer: unknown): number {
  const { reasons, results } = (answer ?? {}) as { reasons?: unknown; results?: unknown };
  if (Array.isArray(results)) return results.reduce((sum: number, one) => sum + missesIn(one), 0);
  return Array.isArray(reasons) ? reasons.filter((reason) => missed.includes(String(reason?.code))).length : 0;
}
