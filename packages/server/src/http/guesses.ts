import { Fault, type FaultCode, isFault } from '@openbeian/model/fault';
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

/**
 * Operations whose refusal says that somebody else has a name or a certificate: who tries one after another with whole forms
 * would learn of each whether it is on record here.
 */
const tellsOfOthers: readonly string[] = [
  'submitFiling',
  'contestFiling',
  'beginMove',
  'confirmMove',
] satisfies (keyof Flows)[];
export const toldOfOthers: readonly FaultCode[] = [
  'filing.held_by_other_account',
  'filing.subject_in_other_account',
  'filing.name_in_other_account',
  'move.not_proven',
];

/** A request that names a resource or the id of a code guesses nothing, however often it is refused. */
export function isGuess(operationId: string, input: unknown): boolean {
  if (tellsOfOthers.includes(operationId)) return true;
  if (!Object.hasOwn(carriesCode, operationId)) return false;
  // The operation's own shape has parsed the input.
  return carriesCode[operationId as keyof typeof carriesCode](input as never);
}

const missed = ['code.mistyped', 'code.unknown'];

/**
 * Lets `run` test a code, or whether somebody else has something, unless this account has guessed wrong too often; only misses count. Nobody tests codes without an
 * account, and others behind the same address must not wait for its mistakes.
 * @throws Fault `auth.too_many_attempts`
 */
export async function guardGuesses<T>(
  needs: HttpNeeds,
  actor: Actor,
  operationId: string,
  run: () => Promise<T>,
): Promise<T> {
  const { verifyCodePerAccount, heldByOthersPerAccount } = needs.settings.limits;
  const holder = actor.accountId ?? actor.userId;
  const keys: LimitedKey[] = tellsOfOthers.includes(operationId)
    ? [{ key: `held:account:${holder}`, rule: heldByOthersPerAccount }]
    : [{ key: `code:account:${holder}`, rule: verifyCodePerAccount }];
  // Counted before the test and taken back after it: many guesses sent at once are all counted.
  await countAttempt(needs.limiter, keys);
  let misses = 0;
  try {
    const answer = await run();
    misses = missesIn(answer);
    return answer;
  } catch (error) {
    if (isFault(error, 'code.not_usable')) misses = missesIn(error.extras);
    else misses = isFault(error) && toldOfOthers.includes(error.code) ? 1 : 0;
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
