import type { FailureCount, HashTurn, Slowness } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

/** At most this many rows of each kind count failures, however many callers and logins there are. */
const buckets = 16_384;

/** Where the failures of one sign-in are counted. */
export interface FailureKeys {
  readonly login: FailureCount;
  readonly both: FailureCount;
  readonly address: FailureCount;
}

/** Which row counts it; a keyed hash, so that nobody chooses whose row he shares. */
export function bucketOf(deps: FlowDeps, kind: string, text: string, windowSeconds: number): FailureCount {
  const hash = deps.vault.hash(`${kind}\n${text}`, 'request').split('.').at(-1) ?? '';
  const number = [...Buffer.from(hash).subarray(0, 16)].reduce((sum, byte) => (sum * 257 + byte) % 1_000_003, 7);
  return { key: `sign-in:${kind}:${number % buckets}`, windowSeconds };
}

export function failureKeysOf(deps: FlowDeps, { address, login }: HashTurn): FailureKeys {
  const { perLogin, perLoginAndAddress, perAddress } = deps.people.limits;
  return {
    login: bucketOf(deps, 'login', login, perLogin.windowSeconds),
    both: bucketOf(deps, 'both', `${login}\n${address}`, perLoginAndAddress.windowSeconds),
    address: bucketOf(deps, 'address', address, perAddress.windowSeconds),
  };
}

const longestDelayMs = 8_000;

/** How much slower an attempt is after so many failures: not at all up to the limits, then more and more. */
export function slownessOf(deps: FlowDeps, counts: { login: number; both: number; address: number }): Slowness {
  const { perLogin, perLoginAndAddress, perAddress } = deps.people.limits;
  const over = counts.both - perLoginAndAddress.limit;
  const forBoth = over < 0 ? 0 : Math.min(longestDelayMs, 1000 * 2 ** Math.min(over, 10));
  const forLogin = counts.login < perLogin.limit ? 0 : 1000;
  return { delayMs: Math.max(forBoth, forLogin), byAddress: counts.address >= perAddress.limit };
}

/** Worth an audit row: the first failure of a window and each power of ten, so that rows are few however many tries. */
export const isWorthRecording = (count: number): boolean => /^10*$/.test(String(count));
