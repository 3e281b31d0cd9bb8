import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@openbeian/model/fault';
import type { HashTurn, Slowness } from '../../ports/index.ts';

/** Waiting at once for one login from one address. */
const mostPerLogin = 5;
/** An address that failed often begins one attempt in so many ms. */
const addressIntervalMs = 250;
const longestWaitMs = 10_000;
/** Addresses that are remembered at once; those whose turn has come are forgotten first. */
const mostAddresses = 10_000;

/**
 * Slows attempts down after failures instead of refusing them: who brings the right password gets in, a little later. In
 * this process; how often something failed is counted for all processes together.
 */
export class SignInPace {
  readonly #wait: (ms: number) => Promise<unknown>;
  readonly #nowMs: () => number;
  readonly #logins = new Map<string, { count: number; last: Promise<unknown> }>();
  readonly #nextAtMs = new Map<string, number>();

  constructor(wait: (ms: number) => Promise<unknown> = pause, nowMs: () => number = () => performance.now()) {
    this.#wait = wait;
    this.#nowMs = nowMs;
  }

  /** @throws Fault `auth.too_many_attempts` where already as many wait as may. */
  async wait(turn: HashTurn, { delayMs, byAddress }: Slowness): Promise<void> {
    if (byAddress) await this.#waitForAddress(turn.address);
    if (delayMs > 0) await this.#waitForLogin(`${turn.address}\n${turn.login}`, delayMs);
  }

  async #waitForAddress(address: string): Promise<void> {
    const now = this.#nowMs();
    const at = Math.max(now, this.#nextAtMs.get(address) ?? 0);
    if (at - now > longestWaitMs) throw tooMany(longestWaitMs);
    this.#nextAtMs.set(address, at + addressIntervalMs);
    if (this.#nextAtMs.size > mostAddresses) this.#forget(now);
    if (at > now) await this.#wait(at - now);
  }

  async #waitForLogin(key: string, delayMs: number): Promise<void> {
    const line = this.#logins.get(key) ?? { count: 0, last: Promise.resolve() };
    if (line.count >= mostPerLogin) throw tooMany(delayMs);
    line.count += 1;
    const turn = line.last.then(() => this.#wait(delayMs));
    line.last = turn;
    this.#logins.set(key, line);
    await turn;
    line.count -= 1;
    if (line.count === 0) this.#logins.delete(key);
  }

  #forget(now: number): void {
    for (const [address, at] of this.#nextAtMs) if (at <= now) this.#nextAtMs.delete(address);
    for (const address of this.#nextAtMs.keys()) {
      if (this.#nextAtMs.size <= mostAddresses) return;
      this.#nextAtMs.delete(address);
    }
  }
}

const tooMany = (ms: number) =>
  new Fault('auth.too_many_attempts', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) });
