import { crc32 } from 'node:zlib';
import {
  dayNumber,
  decideHost,
  decisionOf,
  evaluateHost,
  type GateContext,
  type GateDecision,
  type GateReason,
  type NameTable,
  openNameTable,
  openOverlay,
} from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { NumberPolicy } from './number-policy.ts';
import type { FromThread, HeldFacts } from './snapshot-thread.ts';

/** The day of a decision, as text and as the snapshot counts it. */
export interface Today {
  readonly day: string;
  readonly number: number;
}

/** A day of Shanghai by both of its names. */
export function todayOf(day: string): Today {
  return { day, number: dayNumber(day) };
}

/** Facts about the held snapshot, for people and measurements. */
export interface SnapshotFacts extends HeldFacts {
  /** Since the control plane last confirmed it. */
  readonly ageMs: number;
}

type ShownConfig = Pick<GateConfig, 'blockPage' | 'snapshotMaxAgeMs'>;

/** What changes in what is shown: all that another answering thread must hear. */
export type ShownNews =
  | Extract<FromThread, { kind: 'table' | 'overlay' }>
  | { readonly kind: 'facts'; readonly held: HeldFacts }
  | { readonly kind: 'confirmed'; readonly atMs: number };

/** What is known of the proxy that asks. */
export interface Asking {
  /** It serves outside the mainland; null: as the gate does by default. */
  readonly outside: boolean | null;
  /** Any valid number will do where it serves; null: it will not. */
  readonly anyNumber: NumberPolicy | null;
}

/** The snapshot in the answering thread's memory, and the decisions by it. */
export class ShownSnapshot {
  readonly #config: ShownConfig;
  readonly #nowMs: () => number;
  /** Of the gate itself; null: as in the snapshot. */
  readonly #outsideMainland: boolean | null;
  #table: NameTable | null = null;
  #context: GateContext;
  held: HeldFacts | null = null;
  /** When the control plane last confirmed what is held. */
  confirmedAtMs = 0;

  /** @param outsideMainland of the gate itself; null: as in the snapshot */
  constructor(config: ShownConfig, nowMs: () => number, outsideMainland: boolean | null) {
    const { blockPage } = config;
    this.#config = config;
    this.#nowMs = nowMs;
    this.#outsideMainland = outsideMainland;
    this.#context = {
      provider: '',
      defaultNames: new Set(),
      outsideMainland: outsideMainland === true,
      blockPage,
    };
  }

  get hasTable(): boolean {
    return this.#table !== null;
  }

  /** The provider whose accesses count; empty without a snapshot. */
  get provider(): string {
    return this.#context.provider;
  }

  show(table: NameTable): void {
    const { provider, defaultNames, region } = table.facts;
    const outsideMainland = this.#outsideMainland ?? region !== 'cn-mainland';
    this.#table = table;
    this.#context = { ...this.#context, provider, defaultNames: new Set(defaultNames), outsideMainland };
  }

  hear(news: ShownNews): void {
    switch (news.kind) {
      case 'table':
        this.show(openNameTable(news.header, news.facts, news.hot));
        break;
      case 'overlay':
        if (this.#table !== null) this.#table = { ...this.#table, overlay: openOverlay(news.buffer, crc32).overlay };
        break;
      case 'facts':
        this.held = news.held;
        break;
      case 'confirmed':
        this.confirmedAtMs = news.atMs;
    }
  }

  /** All that is shown now, for one that has heard nothing yet. The bytes are shared, not copied. */
  *news(): Generator<ShownNews> {
    if (this.#table === null || this.held === null) return;
    const { header, facts, index, overlay } = this.#table;
    // The threads that keep and show snapshots hold all of them in shared memory.
    yield { kind: 'table', header, facts, hot: index.buffer as SharedArrayBuffer };
    // Likewise.
    if (overlay !== null) yield { kind: 'overlay', buffer: overlay.bytes.buffer as SharedArrayBuffer };
    yield { kind: 'facts', held: this.held };
    yield { kind: 'confirmed', atMs: this.confirmedAtMs };
  }

  /** Why a host may or may not be served. */
  evaluate(host: string, { outside, anyNumber }: Asking, today: Today): GateReason {
    if (this.#table === null || this.#isTooOld()) return this.#decideWithout(host, outside, today).reason;
    const reason = evaluateHost(host, this.#table, {
      outsideMainland: outside ?? this.#context.outsideMainland,
      day: today.number,
      anyNumberSuffices: anyNumber !== null,
    });
    return reason === 'unfiled' && anyNumber?.numbers?.find(host) ? 'filed_elsewhere' : reason;
  }

  /** The same with all details of an explanation for people. */
  decide(host: string, asking: Asking, today: Today): GateDecision {
    if (this.#table === null || this.#isTooOld()) return this.#decideWithout(host, asking.outside, today);
    return decisionOf(host, this.evaluate(host, asking, today), this.#config.blockPage);
  }

  /** What decides by itself now: the snapshot, or why there is none to use. */
  usable(): true | 'no_snapshot' | 'snapshot_too_old' {
    return this.#table === null ? 'no_snapshot' : !this.#isTooOld() || 'snapshot_too_old';
  }

  facts(): SnapshotFacts | null {
    return this.held === null ? null : { ...this.held, ageMs: this.#ageMs() };
  }

  #ageMs(): number {
    return Math.max(0, this.#nowMs() - this.confirmedAtMs);
  }

  #isTooOld(): boolean {
    return this.#ageMs() > this.#config.snapshotMaxAgeMs;
  }

  #contextFor(outside: boolean | null): GateContext {
    const context = this.#context;
    return outside === null || outside === context.outsideMainland ? context : { ...context, outsideMainland: outside };
  }

  #decideWithout(host: string, outside: boolean | null, { day }: Today): GateDecision {
    const why = this.#table === null ? 'no_snapshot' : 'snapshot_too_old';
    return decideHost(host, why, this.#contextFor(outside), day);
  }
}
