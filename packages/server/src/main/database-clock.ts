import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../ports/index.ts';

export interface DatabaseClockParts {
  /** The database's time of day. */
  readonly databaseNowMs: () => Promise<number>;
  /** Told when this machine's time begins to differ, with by how much it is ahead; null: it agrees again. */
  readonly onDifference: (aheadMs: number | null) => void;
  /** This machine's time of day. */
  readonly nowMs?: () => number;
  /** Counts on whatever anybody sets the time to. */
  readonly steadyMs?: () => number;
}

/** Clocks kept by NTP differ by milliseconds; leases last for seconds. */
const toleratedMs = 1000;
const lookEveryMs = 10_000;
/** An answer that took longer says too little. */
const longestLookMs = 1000;

/**
 * One time for all processes on a database: this machine's, and where that differs from the database's by more than a second, the
 * database's, carried on by the steady clock since it was last asked. Else a worker whose clock is behind would lease work for a
 * time that is over for others, who do it again, and one that is ahead would put off work for as long as that.
 */
export class DatabaseClock implements Clock {
  readonly #parts: Required<DatabaseClockParts>;
  readonly #closing = new AbortController();
  #seen: { readonly theirsMs: number; readonly steadyMs: number } | null = null;
  #differs = false;

  constructor(parts: DatabaseClockParts) {
    this.#parts = { nowMs: Date.now, steadyMs: () => performance.now(), ...parts };
  }

  now(): string {
    const oursMs = this.#parts.nowMs();
    const theirsMs = this.#theirsMs() ?? oursMs;
    const isAlike = Math.abs(oursMs - theirsMs) <= toleratedMs;
    return new Date(isAlike ? oursMs : theirsMs).toISOString();
  }

  /** Asks the database for its time. @throws Fault `store.unavailable` */
  async look(): Promise<number> {
    const { databaseNowMs, onDifference, nowMs, steadyMs } = this.#parts;
    const askedMs = steadyMs();
    const theirsMs = await databaseNowMs();
    const answeredMs = steadyMs();
    if (this.#seen !== null && answeredMs - askedMs > longestLookMs) return theirsMs;
    this.#seen = { theirsMs, steadyMs: answeredMs };
    const aheadMs = nowMs() - theirsMs;
    const differs = Math.abs(aheadMs) > toleratedMs;
    if (differs !== this.#differs) onDifference(differs ? aheadMs : null);
    this.#differs = differs;
    return theirsMs;
  }

  /** Goes on looking until `stop`; while the database does not answer the steady clock counts on. */
  async follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await pause(lookEveryMs, null, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await this.look().catch(() => {});
    }
  }

  stop(): void {
    this.#closing.abort();
  }

  #theirsMs(): number | null {
    return this.#seen && this.#seen.theirsMs + (this.#parts.steadyMs() - this.#seen.steadyMs);
  }
}
