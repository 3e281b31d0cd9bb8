import type { AllowanceLeases, LimitRule } from './needs.ts';

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
/** The part of an allowance that a process takes at once. */
const partsOfAllowance = 20;

/** One caller's window as counted in this process. */
interface Window {
  endsMs: number;
  /** Spent here. */
  here: number;
  /** Leased, and not spent yet. */
  left: number;
  /** By all processes, leases included, as of the last lease; null before the first. */
  spentByAll: number | null;
  isSpent: boolean;
  leasing: Promise<void> | null;
}

interface PaceParts {
  readonly rule: LimitRule;
  readonly leases: AllowanceLeases;
  /**
   * The first part of each window is spent before anybody is asked: callers without an account are as many as they like, and
   * must not write a row each. Each process may then let so much more pass.
   */
  readonly onCredit?: boolean;
  readonly nowMs?: () => number;
}

/**
 * Counts what each caller's requests cost in fixed windows, over all processes: each leases a part at a time, so that few
 * requests cost a statement. Once something was refused nothing more is taken until the window ends, and nothing is written.
 */
export class Pace {
  readonly #name: string;
  readonly #rule: LimitRule;
  readonly #leases: AllowanceLeases;
  readonly #chunk: number;
  readonly #credit: number;
  readonly #nowMs: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(name: string, { rule, leases, onCredit = false, nowMs = () => performance.now() }: PaceParts) {
    this.#name = name;
    this.#rule = rule;
    this.#leases = leases;
    this.#chunk = Math.max(1, Math.floor(rule.limit / partsOfAllowance));
    this.#credit = onCredit ? this.#chunk : 0;
    this.#nowMs = nowMs;
  }

  async take(caller: string, cost = 1): Promise<Allowance> {
    for (;;) {
      const nowMs = this.#nowMs();
      const window = this.#windowOf(caller, nowMs);
      if (!window.isSpent && this.#covers(window, cost)) {
        window.here += cost;
        if (window.spentByAll !== null) window.left -= cost;
        return this.#allowanceOf(window, nowMs);
      }
      if (window.isSpent) return this.#allowanceOf(window, nowMs);
      // Concurrent requests share one lease; a request that it does not cover takes another one.
      window.leasing ??= this.#lease(window, caller, cost).finally(() => {
        window.leasing = null;
      });
      await window.leasing;
    }
  }

  #covers({ spentByAll, here, left }: Window, cost: number): boolean {
    return spentByAll === null ? here + cost <= this.#credit : left >= cost;
  }

  async #lease(window: Window, caller: string, cost: number): Promise<void> {
    const { limit, windowSeconds } = this.#rule;
    const isFirst = window.spentByAll === null;
    const request = {
      key: `${this.#name}\n${caller}`,
      limit,
      windowMs: windowSeconds * 1000,
      onCredit: isFirst ? window.here : 0,
      needed: Math.max(1, cost - window.left),
      chunk: this.#chunk,
    };
    const { granted, spent, endsInMs } = await this.#leases
      .lease(request)
      .catch(() => this.#leaseHere(window, request));
    window.endsMs = this.#nowMs() + endsInMs;
    window.left += granted;
    window.spentByAll = spent;
    window.isSpent = granted === 0;
  }

  /** Without the database each process counts for itself. */
  #leaseHere(window: Window, { needed, windowMs }: { readonly needed: number; readonly windowMs: number }) {
    const spent = window.here + window.left + needed;
    const endsInMs = Math.max(1, Math.min(windowMs, window.endsMs - this.#nowMs()));
    return { granted: spent > this.#rule.limit ? 0 : needed, spent, endsInMs };
  }

  #allowanceOf({ spentByAll, here, left, isSpent, endsMs }: Window, nowMs: number): Allowance {
    const spent = spentByAll === null ? here : spentByAll - left;
    return {
      name: this.#name,
      rule: this.#rule,
      remaining: isSpent ? 0 : Math.max(0, this.#rule.limit - spent),
      resetSeconds: Math.max(1, Math.ceil((endsMs - nowMs) / 1000)),
      isSpent,
    };
  }

  #windowOf(caller: string, nowMs: number): Window {
    const known = this.#windows.get(caller);
    if (known !== undefined && known.endsMs > nowMs) return known;
    this.#windows.delete(caller); // so that the newest window is the last
    const endsMs = nowMs + this.#rule.windowSeconds * 1000;
    const fresh: Window = { endsMs, here: 0, left: 0, spentByAll: null, isSpent: false, leasing: null };
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
