import { utimes } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import {
  dayNumber,
  decideByTable,
  decideHost,
  type GateContext,
  type GateDecision,
  type GateReason,
  type GateRecord,
  judgeHost,
  type NameTable,
  openNameTable,
  openOverlay,
} from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { GateLog } from '../log.ts';
import type { KnownBase } from './base-file.ts';
import type { HeldSnapshot } from './changes-over-base.ts';
import type { FromThread, HeldFacts, ThreadTask, ToThread } from './snapshot-thread.ts';
import { type Reception, type StoredPlaces, StoredSnapshot } from './stored-snapshot.ts';

export type { Reception } from './stored-snapshot.ts';

/** The day of a decision, as text and as the snapshot counts it. */
export interface Today {
  readonly day: string;
  readonly number: number;
}

/** Facts about the held snapshot, for people and measurements. */
export interface SnapshotFacts extends HeldFacts {
  /** Since the control plane last confirmed it. */
  readonly ageMs: number;
}

/** The snapshot as the answering thread has it; another thread keeps it. */
export interface SnapshotKeeper {
  /** Why a host may or may not be served. @param outside the asked proxy serves outside the mainland; null: by default */
  judge(host: string, outside: boolean | null, today: Today): GateReason;
  /** The same with everything that an answer to people says. */
  decide(host: string, outside: boolean | null, today: Today): GateDecision;
  /** What decides by itself now: the snapshot, or why there is none to use. */
  usable(): true | 'no_snapshot' | 'snapshot_too_old';
  facts(): SnapshotFacts | null;
  /** The provider whose accesses count; empty without a snapshot. */
  provider(): string;
  /** The records that a host is judged by. */
  recordsOf(host: string): Promise<{ readonly site: GateRecord | null; readonly app: GateRecord | null }>;
  /** Begins to follow the control plane. */
  follow(): void;
  close(): Promise<void>;
}

/** What happens in the thread, for measurements. */
export interface KeeperEvents {
  onRefused(why: Exclude<Reception, 'taken'>): void;
  onContact(up: boolean): void;
  onChanges(count: number): void;
}

/** Confirmations are written down this often at most; a restart then takes the snapshot for that much older. */
const confirmEveryMs = 10_000;
const restartAfterMs = 2000;

/**
 * Reads what is on the disk, then starts the thread that keeps it; decisions need not wait for that. Trouble there is
 * logged: the gate starts without. `nowMs` is the clock, in epoch milliseconds.
 */
export async function startSnapshotKeeper(
  config: Pick<
    GateConfig,
    | ('snapshotFile' | 'readersFile' | 'seenFile' | 'region' | 'blockPage' | 'snapshotMaxAgeMs' | 'controlKeys')
    | ('controlUrl' | 'token' | 'waitMs' | 'renewAfterChanges')
  >,
  nowMs: () => number,
  log: GateLog,
  events: KeeperEvents,
): Promise<SnapshotKeeper> {
  const { snapshotFile, readersFile, seenFile, controlKeys, region, blockPage } = config;
  const { controlUrl, token, waitMs, renewAfterChanges } = config;
  const isOutside = region === undefined ? null : region !== 'cn-mainland';
  const places: StoredPlaces = { snapshotFile, readersFile, seenFile, controlKeys, outsideMainland: isOutside };
  const loaded = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let table: NameTable | null = null;
  let held: HeldFacts | null = null;
  let confirmedAtMs = 0;
  let writtenAtMs = 0;
  let context: GateContext = { provider: '', defaultNames: new Set(), outsideMainland: isOutside === true, blockPage };
  const waiting = new Map<number, (records: Extract<FromThread, { kind: 'records' }>) => void>();
  let asked = 0;
  let closing = false;
  let gone = false;
  let following = false;

  function confirm(): void {
    confirmedAtMs = nowMs();
    if (confirmedAtMs - writtenAtMs < confirmEveryMs) return;
    writtenAtMs = confirmedAtMs;
    const seconds = confirmedAtMs / 1000;
    // Under the readers' name as well, which may be a copy. A full disk must not stop decisions.
    for (const file of new Set([snapshotFile, readersFile ?? snapshotFile]))
      utimes(file, seconds, seconds).catch(() => {});
  }

  function show(shown: NameTable): void {
    table = shown;
    const { provider, defaultNames, region: there } = shown.facts;
    const outsideMainland = isOutside ?? there !== 'cn-mainland';
    context = { provider, defaultNames: new Set(defaultNames), outsideMainland, blockPage };
  }

  // Here and at once: starting the thread takes longer than reading ten million names.
  const early = await look(places);
  if (early !== null) {
    show(early.held.table);
    ({ held } = early);
    ({ confirmedAtMs } = early);
  }
  const task: ThreadTask = { places, follow: { controlUrl, token, waitMs, renewAfterChanges }, known: early?.known };
  let thread = startThread(task);
  const tell = (message: ToThread) => thread.postMessage(message, []);

  function hear(message: FromThread): void {
    switch (message.kind) {
      case 'table':
        show(openNameTable(message.header, message.facts, message.hot));
        break;
      case 'overlay':
        if (table !== null) table = { ...table, overlay: openOverlay(message.buffer, crc32).overlay };
        break;
      case 'held':
        held = message.held;
        if (message.changes > 0) events.onChanges(message.changes);
        break;
      case 'confirmed':
        confirm();
        break;
      case 'loaded':
        if (held !== null && early === null) ({ confirmedAtMs } = message);
        loaded.resolve();
        break;
      case 'refused':
        events.onRefused(message.why);
        log('error', 'snapshot_refused', { why: message.why, from: message.from });
        break;
      case 'contact':
        events.onContact(message.up);
        break;
      case 'log':
        log(message.level, message.event, message.fields);
        break;
      case 'records':
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
        break;
      case 'stopped':
        stopped.resolve();
    }
  }

  /** A thread that ends by itself is an error of ours. Decisions go on by what is held, and another one goes on with it. */
  function startThread(given: ThreadTask): Worker {
    gone = false;
    const started = new Worker(new URL('./snapshot-thread.ts', import.meta.url), { workerData: given });
    started.on('message', hear);
    started.on('error', (error: NodeJS.ErrnoException) => {
      log('error', 'snapshot_thread_failed', { code: error.code ?? error.name });
    });
    started.on('exit', () => {
      gone = true;
      loaded.resolve();
      stopped.resolve();
      for (const answer of waiting.values()) answer({ kind: 'records', id: 0, site: null, app: null });
      waiting.clear();
      if (closing) return;
      log('error', 'snapshot_thread_ended', { restartMs: restartAfterMs });
      events.onContact(false);
      setTimeout(() => {
        if (closing) return;
        // What this one knew may have been laid over since.
        thread = startThread({ ...given, known: undefined });
        if (following) tell({ kind: 'follow' });
      }, restartAfterMs).unref();
    });
    return started;
  }

  // Without a snapshot there is nothing to decide with, and the operator wants to know why.
  if (early === null) await loaded.promise;

  const ageMs = () => Math.max(0, nowMs() - confirmedAtMs);
  const isTooOld = () => ageMs() > config.snapshotMaxAgeMs;
  const contextFor = (outside: boolean | null): GateContext =>
    outside === null || outside === context.outsideMainland ? context : { ...context, outsideMainland: outside };
  const decideWithout = (host: string, outside: boolean | null, { day }: Today) =>
    decideHost(host, table === null ? 'no_snapshot' : 'snapshot_too_old', contextFor(outside), day);

  return {
    judge(host, outside, today) {
      if (table === null || isTooOld()) return decideWithout(host, outside, today).reason;
      return judgeHost(host, table, { outsideMainland: outside ?? context.outsideMainland, day: today.number });
    },
    decide(host, outside, today) {
      if (table === null || isTooOld()) return decideWithout(host, outside, today);
      return decideByTable(host, table, today.day, contextFor(outside));
    },
    usable: () => (table === null ? 'no_snapshot' : !isTooOld() || 'snapshot_too_old'),
    facts: () => (held === null ? null : { ...held, ageMs: ageMs() }),
    provider: () => context.provider,
    async recordsOf(host) {
      if (table === null || closing || gone) return { site: null, app: null };
      asked += 1;
      const { promise, resolve } = Promise.withResolvers<Extract<FromThread, { kind: 'records' }>>();
      waiting.set(asked, resolve);
      tell({ kind: 'records', id: asked, host });
      const { site, app } = await promise;
      return { site, app };
    },
    follow() {
      following = true;
      if (!gone) tell({ kind: 'follow' });
    },
    async close() {
      closing = true;
      if (!gone) {
        tell({ kind: 'stop' });
        await stopped.promise;
      }
      await thread.terminate();
    },
  };
}

/** What is on the disk, for deciding; null where nothing can be used, which the thread tells of. */
async function look(
  places: StoredPlaces,
): Promise<{ readonly held: HeldSnapshot; readonly confirmedAtMs: number; readonly known: KnownBase } | null> {
  const stored = new StoredSnapshot(places, () => {});
  const looked = await stored.look().catch(() => 'nothing' as const);
  const held = stored.held();
  await stored.close();
  if (typeof looked === 'string' || held === null) return null;
  const known = { sum: looked.sum, hot: held.table.index.buffer as SharedArrayBuffer };
  return { held, confirmedAtMs: looked.confirmedAtMs, known };
}

/** A day of Shanghai by both of its names. */
export function todayOf(day: string): Today {
  return { day, number: dayNumber(day) };
}
