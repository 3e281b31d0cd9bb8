/** Where the simulator takes "now" from; the same shape as the server's clock port. */
export interface SimClock {
  /** The present instant, ISO 8601 in UTC. */
  now(): string;
}

/** A clock that does not move by itself; it never goes back. */
export interface ManualClock extends SimClock {
  /** Moves to an instant (ISO 8601 with an offset). Throws RangeError when it is none or lies in the past. */
  set(at: string): void;
  /** Moves forward. Throws RangeError for a negative or unreal number. */
  advance(byMs: number): void;
}

export const systemClock: SimClock = { now: () => new Date().toISOString() };

/** A clock for stories and tests, set to `startAt` (ISO 8601 with an offset). */
export function manualClock(startAt: string): ManualClock {
  let nowMs = instantMs(startAt);
  return {
    now: () => new Date(nowMs).toISOString(),
    set(at) {
      const toMs = instantMs(at);
      if (toMs < nowMs) throw new RangeError(`the clock does not go back: ${at} is before ${this.now()}`);
      nowMs = toMs;
    },
    advance(byMs) {
      if (!(Number.isFinite(byMs) && byMs >= 0)) throw new RangeError(`not a span of time to advance by: ${byMs} ms`);
      const toMs = nowMs + byMs;
      if (!isInstantMs(toMs)) throw new RangeError(`the clock cannot go beyond the year 9999`);
      nowMs = toMs;
    },
  };
}

/** True when the clock can be moved from outside. */
export function isManualClock(clock: SimClock): clock is ManualClock {
  return 'set' in clock && 'advance' in clock;
}

/** Milliseconds since 1970 of an ISO 8601 instant. Throws RangeError when it is none. */
export function instantMs(at: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(at)
    ? Date.parse(at)
    : Number.NaN;
  if (!isInstantMs(ms)) throw new RangeError(`not an instant (ISO 8601 with an offset): ${JSON.stringify(at)}`);
  return ms;
}

/** The instant `ms` milliseconds after `at`, in UTC. */
export function instantAfter(at: string, ms: number): string {
  return new Date(instantMs(at) + ms).toISOString();
}

const lastMs = Date.parse('9999-12-31T23:59:59.999Z');
function isInstantMs(ms: number): boolean {
  return ms >= 0 && ms <= lastMs;
}
