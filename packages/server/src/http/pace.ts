import type { LimitRule } from './needs.ts';

/** What is left of an allowance after a request was taken from it. */
export interface Allowance {
  /** As the headers name it. */
  readonly name: string;
  readonly rule: LimitRule;
  readonly remaining: number;
  /** Until the window ends and the allowance is whole again. */
  readonly resetSeconds: number;
  /** This request was beyond it. */
  readonly isSpent: boolean;
}

/** Most callers that are remembered at once; beyond it the oldest windows are forgotten. */
const mostWindows = 10_000;

/**
 * Counts what each caller's requests cost in fixed windows, in this process alone: a count in the database would cost every
 * request a commit. Refused requests count as well, up to the end of the window.
 */
export class Pace {
  readonly #name: string;
  readonly #rule: LimitRule;
  readonly #nowMs: () => number;
  readonly #windows = new Map<string, { begunMs: number; spent: number }>();

  constructor(name: string, rule: LimitRule, nowMs: () => number = () => performance.now()) {
    this.#name = name;
    this.#rule = rule;
    this.#nowMs = nowMs;
  }

  take(caller: string, cost = 1): Allowance {
    const nowMs = this.#nowMs();
    const windowMs = this.#rule.windowSeconds * 1000;
    const window = this.#windowOf(caller, nowMs, windowMs);
    window.spent += cost;
    return {
      name: this.#name,
      rule: this.#rule,
      remaining: Math.max(0, this.#rule.limit - window.spent),
      resetSeconds: Math.max(1, Math.ceil((window.begunMs + windowMs - nowMs) / 1000)),
      isSpent: window.spent > this.#rule.limit,
    };
  }

  #windowOf(caller: string, nowMs: number, windowMs: number) {
    const known = this.#windows.get(caller);
    if (known !== undefined && known.begunMs + windowMs > nowMs) return known;
    this.#windows.delete(caller); // so that the newest window is the last
    const fresh = { begunMs: nowMs, spent: 0 };
    this.#windows.set(caller, fresh);
    if (this.#windows.size > mostWindows) this.#forgetOldest();
    return fresh;
  }

  #forgetOldest(): void {
    for (const oldest of this.#windows.keys()) {
      this.#windows.delete(oldest);
      return;
    }
  }
}
