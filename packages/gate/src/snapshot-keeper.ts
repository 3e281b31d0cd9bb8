import { createHash } from 'node:crypto';
import { isFault } from '@openbeian/model/fault';
import {
  type GateContext,
  type GateSnapshot,
  indexGateRecords,
  type Knowledge,
  openGateSnapshot,
} from '@openbeian/model/gate';
import type { GateConfig } from './config.ts';
import type { GateLog } from './log.ts';
import type { ReadersFile } from './readers-file.ts';
import { confirmSnapshotFile, readSnapshotFile, writeSnapshotFile } from './snapshot-file.ts';

/** What becomes of an offered snapshot. */
export type Reception = 'taken' | 'corrupt' | 'older';

/** What requests decide with at this moment. */
interface Standing {
  readonly known: Knowledge;
  readonly context: GateContext;
}

/** Facts about the held snapshot, for people and measurements. */
export interface SnapshotFacts {
  readonly version: number;
  readonly builtAt: string;
  readonly recordCount: number;
  /** Since the control plane last confirmed it. */
  readonly ageMs: number;
}

/** Holds the one immutable snapshot that all decisions are made with. */
export interface SnapshotKeeper {
  /** Takes the stored snapshot, if there is a sound one. Never throws: the gate starts without it. */
  load(): Promise<void>;
  /** Takes a snapshot from the control plane unless it is damaged or older than the held one. */
  offer(text: string): Promise<Reception>;
  /** The control plane says that the held snapshot is still right. */
  confirm(): Promise<void>;
  standing(): Standing;
  facts(): SnapshotFacts | null;
}

/** Confirmations are written down this often at most; a restart then takes the snapshot for that much older. */
const confirmEveryMs = 10_000;

interface Held {
  readonly version: number;
  readonly builtAt: string;
  readonly recordCount: number;
  readonly fresh: Standing;
  readonly tooOld: Standing;
}

/** Makes a keeper without a snapshot. `nowMs` is the clock, in epoch milliseconds; `readers` get what it takes. */
export function createSnapshotKeeper(
  config: Pick<GateConfig, 'snapshotFile' | 'region' | 'blockPage' | 'snapshotMaxAgeMs'>,
  nowMs: () => number,
  log: GateLog,
  onRefused: (why: Exclude<Reception, 'taken'>) => void,
  readers: ReadersFile | null,
): SnapshotKeeper {
  const empty: Standing = { known: 'no_snapshot', context: contextOf({ provider: '', defaultNames: [] }, config) };
  let held: Held | null = null;
  let confirmedAtMs = 0;
  let writtenAtMs = 0;

  function receive(text: string): Held | Exclude<Reception, 'taken'> {
    const snapshot = openOrNull(text);
    if (snapshot === null) return 'corrupt';
    if (held !== null && isOlder(snapshot, held)) return 'older';
    readers?.offer({ ...snapshot, region: config.region ?? snapshot.region });
    return holdingOf(snapshot, config);
  }

  function refuse(why: Exclude<Reception, 'taken'>, from: string): Exclude<Reception, 'taken'> {
    onRefused(why);
    log('error', 'snapshot_refused', { why, from });
    return why;
  }

  /** A full disk must not stop decisions: the snapshot counts in memory, and the next start tells its age. */
  async function keepTrying(write: Promise<void>): Promise<void> {
    await write.catch((error: NodeJS.ErrnoException) => {
      log('error', 'snapshot_not_stored', { code: error.code ?? error.name });
    });
  }

  const ageMs = () => Math.max(0, nowMs() - confirmedAtMs);

  return {
    async load() {
      try {
        const stored = await readSnapshotFile(config.snapshotFile);
        if (stored === null) return;
        const received = receive(stored.text);
        if (typeof received === 'string') {
          refuse(received, 'file');
          return;
        }
        held = received;
        confirmedAtMs = stored.confirmedAtMs;
        log('info', 'snapshot_loaded', { version: held.version, records: held.recordCount });
      } catch (error) {
        log('error', 'snapshot_unreadable', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' });
      }
    },
    async offer(text) {
      const received = receive(text);
      if (typeof received === 'string') return refuse(received, 'control_plane');
      held = received;
      confirmedAtMs = nowMs();
      writtenAtMs = confirmedAtMs;
      log('info', 'snapshot_taken', { version: held.version, records: held.recordCount });
      await keepTrying(writeSnapshotFile(config.snapshotFile, text, confirmedAtMs));
      return 'taken';
    },
    async confirm() {
      confirmedAtMs = nowMs();
      if (confirmedAtMs - writtenAtMs < confirmEveryMs) return;
      writtenAtMs = confirmedAtMs;
      await keepTrying(confirmSnapshotFile(config.snapshotFile, confirmedAtMs));
      await readers?.confirm(confirmedAtMs);
    },
    standing() {
      if (held === null) return empty;
      return ageMs() > config.snapshotMaxAgeMs ? held.tooOld : held.fresh;
    },
    facts() {
      if (held === null) return null;
      const { version, builtAt, recordCount } = held;
      return { version, builtAt, recordCount, ageMs: ageMs() };
    },
  };
}

function openOrNull(text: string): GateSnapshot | null {
  try {
    return openGateSnapshot(JSON.parse(text), (content) => createHash('sha256').update(content).digest('hex'));
  } catch (error) {
    if (error instanceof SyntaxError || isFault(error, 'input.invalid')) return null;
    throw error;
  }
}

/** A database restored from a backup counts through the same versions again; then what was built later is newer. */
function isOlder(offered: Pick<GateSnapshot, 'version' | 'builtAt'>, held: Pick<Held, 'version' | 'builtAt'>): boolean {
  return offered.version < held.version && Date.parse(offered.builtAt) <= Date.parse(held.builtAt);
}

function holdingOf(snapshot: GateSnapshot, config: Pick<GateConfig, 'region' | 'blockPage'>): Held {
  const { version, builtAt, records } = snapshot;
  const context = contextOf(snapshot, { ...config, region: config.region ?? snapshot.region });
  return {
    version,
    builtAt,
    recordCount: records.length,
    fresh: { known: indexGateRecords(records), context },
    tooOld: { known: 'snapshot_too_old', context },
  };
}

function contextOf(
  { provider, defaultNames }: Pick<GateSnapshot, 'provider' | 'defaultNames'>,
  { region, blockPage }: Pick<GateConfig, 'region' | 'blockPage'>,
): GateContext {
  const outsideMainland = region !== undefined && region !== 'cn-mainland';
  return { provider, defaultNames: new Set(defaultNames), outsideMainland, blockPage };
}
