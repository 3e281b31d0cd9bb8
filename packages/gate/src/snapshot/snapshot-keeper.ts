import { utimes } from 'node:fs/promises';
import type { GateConfig } from '../config.ts';
import type { GateLog } from '../log.ts';
import type { KnownBase } from './base-file.ts';
import type { HeldSnapshot } from './changes-over-base.ts';
import type { NumberPolicy } from './number-policy.ts';
import { ShownSnapshot } from './shown-snapshot.ts';
import { type Reception, type StoredPlaces, StoredSnapshot } from './stored-snapshot.ts';
import { type HostRecords, ThreadHandle, type ThreadNews } from './thread-handle.ts';

/** The snapshot as the answering thread has it; another thread keeps it. */
export interface SnapshotKeeper {
  /** By which this thread decides. */
  readonly shown: ShownSnapshot;
  /** The records that a host is evaluated by. @param anyNumber whose numbers count where the snapshot has no record */
  recordsOf(host: string, anyNumber: NumberPolicy | null): Promise<HostRecords>;
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

type KeeperConfig = Pick<
  GateConfig,
  | ('snapshotFile' | 'readersFile' | 'seenFile' | 'region' | 'blockPage' | 'snapshotMaxAgeMs' | 'controlKeys')
  | ('controlUrl' | 'token' | 'waitMs' | 'renewAfterChanges' | 'anyNumberSuffices')
>;

/** Confirmations are written down this often at most; a restart then takes the snapshot for that much older. */
const confirmEveryMs = 10_000;

/**
 * Reads what is on the disk, then starts the thread that keeps it; decisions need not wait for that. Trouble there is
 * logged: the gate starts without. `nowMs` is the clock, in epoch milliseconds.
 */
export async function startSnapshotKeeper(
  config: KeeperConfig,
  nowMs: () => number,
  log: GateLog,
  events: KeeperEvents,
): Promise<SnapshotKeeper> {
  const places = placesOf(config);
  const shown = new ShownSnapshot(config, nowMs, places.serving.outsideMainland);
  // Here and at once: starting the thread takes longer than reading ten million names.
  const early = await look(places);
  if (early !== null) {
    shown.show(early.held.table);
    shown.held = early.held;
    shown.confirmedAtMs = early.confirmedAtMs;
  }
  const { controlUrl, token, waitMs, renewAfterChanges } = config;
  const thread = new ThreadHandle(
    { places, follow: { controlUrl, token, waitMs, renewAfterChanges }, known: early?.known },
    {
      log,
      onNews: hearing(shown, events, log, { confirm: confirming(shown, places, nowMs), isEarly: early !== null }),
      onEnd: () => events.onContact(false),
    },
  );
  // Without a snapshot there is nothing to decide with, and the log must name the reason.
  if (early === null) await thread.loaded;
  return {
    shown,
    recordsOf: async (host, anyNumber) => {
      const records = shown.hasTable ? await thread.recordsOf(host) : { site: null, app: null };
      const listed = records.site === null && records.app === null ? anyNumber?.numbers?.find(host) : null;
      return listed ? { site: { ...listed, accesses: [] }, app: null } : records;
    },
    follow: () => thread.follow(),
    close: () => thread.close(),
  };
}

function placesOf(config: KeeperConfig): StoredPlaces {
  const { snapshotFile, readersFile, seenFile, controlKeys, region, anyNumberSuffices } = config;
  const serving = {
    outsideMainland: region === undefined ? null : region !== 'cn-mainland',
    anyNumberSuffices: anyNumberSuffices !== undefined,
    listsNumbers: anyNumberSuffices?.numbersFile !== undefined,
  };
  return { snapshotFile, readersFile, seenFile, controlKeys, serving };
}

/** Handles a message from the thread. @param reading `isEarly`: what is on the disk was shown before the thread began */
function hearing(
  shown: ShownSnapshot,
  events: KeeperEvents,
  log: GateLog,
  { confirm, isEarly }: { readonly confirm: () => void; readonly isEarly: boolean },
): (news: ThreadNews) => void {
  return (news) => {
    switch (news.kind) {
      case 'table':
        shown.showFile(news);
        break;
      case 'overlay':
        shown.showOverlay(news.buffer);
        break;
      case 'held':
        shown.held = news.held;
        if (news.changes > 0) events.onChanges(news.changes);
        break;
      case 'confirmed':
        confirm();
        break;
      case 'loaded':
        if (shown.held !== null && !isEarly) shown.confirmedAtMs = news.confirmedAtMs;
        break;
      case 'refused':
        events.onRefused(news.why);
        log('error', 'snapshot_refused', { why: news.why, from: news.from });
        break;
      case 'contact':
        events.onContact(news.up);
    }
  };
}

/** What is held is right now: noted here at once, and on the disk now and then. */
function confirming(
  shown: ShownSnapshot,
  { snapshotFile, readersFile = snapshotFile }: StoredPlaces,
  nowMs: () => number,
): () => void {
  let writtenAtMs = 0;
  return () => {
    const now = nowMs();
    shown.confirmedAtMs = now;
    if (now - writtenAtMs < confirmEveryMs) return;
    writtenAtMs = now;
    // Under the readers' name as well, which may be a copy. A full disk must not stop decisions.
    for (const file of new Set([snapshotFile, readersFile])) utimes(file, now / 1000, now / 1000).catch(() => {});
  };
}

/** What is on the disk, for deciding; null where nothing can be used, which the thread reports. */
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
