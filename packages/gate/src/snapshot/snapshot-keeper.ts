import { utimes } from 'node:fs/promises';
import type { HandedOver } from '../blocked/blocked-reports.ts';
import type { GateConfig } from '../config.ts';
import type { GateLog } from '../log.ts';
import type { KnownBase } from './base-file.ts';
import type { HeldSnapshot } from './changes-over-base.ts';
import type { NumberPolicy } from './number-policy.ts';
import { type ShownNews, ShownSnapshot } from './shown-snapshot.ts';
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
  /** What the gate says of itself to the control plane from now on. */
  report(text: string): void;
  /** Which names were blocked, for the control plane. */
  addBlocked(handedOver: HandedOver): void;
  close(): Promise<void>;
}

/** What happens in the thread, for measurements. */
export interface KeeperEvents {
  onRefused(why: Exclude<Reception, 'taken'>): void;
  onContact(up: boolean): void;
  onChanges(count: number): void;
  /** Something else is shown now than before. */
  onShown(news: ShownNews): void;
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
  const show = (news: ShownNews) => {
    shown.hear(news);
    events.onShown(news);
  };
  const { controlUrl, token, waitMs, renewAfterChanges } = config;
  const thread = new ThreadHandle(
    { places, follow: { controlUrl, token, waitMs, renewAfterChanges }, known: early?.known },
    {
      log,
      onNews: hearing(events, log, { show, confirm: confirming(show, places, nowMs), isEarly: early !== null }),
      onEnd: () => events.onContact(false),
    },
  );
  // Without a snapshot there is nothing to decide with, and the log must name the reason.
  if (early === null) await thread.loaded;
  return {
    shown,
    recordsOf: async (host, anyNumber) =>
      withListedNumber(shown.hasTable ? await thread.recordsOf(host) : noRecords, host, anyNumber),
    follow: () => thread.follow(),
    report: (text) => thread.report(text),
    addBlocked: (handedOver) => thread.addBlocked(handedOver),
    close: () => thread.close(),
  };
}

const noRecords: HostRecords = { site: null, app: null };

/** The records of a host; where there are none, the number that is listed for it. */
export function withListedNumber(records: HostRecords, host: string, anyNumber: NumberPolicy | null): HostRecords {
  const listed = records.site === null && records.app === null ? anyNumber?.numbers?.find(host) : null;
  return listed ? { site: { ...listed, accesses: [] }, app: null } : records;
}

/** Does the gate itself serve outside the mainland? Null: as in the snapshot. */
export function outsideOf({ region }: Pick<GateConfig, 'region'>): boolean | null {
  return region === undefined ? null : region !== 'cn-mainland';
}

function placesOf(config: KeeperConfig): StoredPlaces {
  const { snapshotFile, readersFile, seenFile, controlKeys, anyNumberSuffices } = config;
  const serving = {
    outsideMainland: outsideOf(config),
    anyNumberSuffices: anyNumberSuffices !== undefined,
    listsNumbers: anyNumberSuffices?.numbersFile !== undefined,
  };
  return { snapshotFile, readersFile, seenFile, controlKeys, serving };
}

/** What messages from the thread lead to. */
interface Hearing {
  show(news: ShownNews): void;
  confirm(): void;
  /** What is on the disk was shown before the thread began. */
  readonly isEarly: boolean;
}

/** Handles a message from the thread. */
function hearing(events: KeeperEvents, log: GateLog, { show, confirm, isEarly }: Hearing): (news: ThreadNews) => void {
  let isHeld = false;
  return (news) => {
    switch (news.kind) {
      case 'table':
      case 'overlay':
        show(news);
        break;
      case 'held':
        isHeld = true;
        show({ kind: 'facts', held: news.held });
        if (news.changes > 0) events.onChanges(news.changes);
        break;
      case 'confirmed':
        confirm();
        break;
      case 'loaded':
        if (isHeld && !isEarly) show({ kind: 'confirmed', atMs: news.confirmedAtMs });
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
  show: (news: ShownNews) => void,
  { snapshotFile, readersFile = snapshotFile }: StoredPlaces,
  nowMs: () => number,
): () => void {
  let writtenAtMs = 0;
  return () => {
    const now = nowMs();
    show({ kind: 'confirmed', atMs: now });
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
