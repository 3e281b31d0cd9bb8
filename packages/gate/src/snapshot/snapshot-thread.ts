import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { GateRecord, SnapshotFacts, SnapshotHeader } from '@openbeian/model/gate';
import { BlockedReports, type HandedOver } from '../blocked/blocked-reports.ts';
import type { GateConfig } from '../config.ts';
import { blockedNamesSender } from '../feed/blocked-names-sender.ts';
import { followControlPlane, type StopFollowing } from '../feed/follow-control-plane.ts';
import type { KnownBase } from './base-file.ts';
import type { HeldSnapshot } from './changes-over-base.ts';
import { openControlPlaneKeys } from './control-plane-keys.ts';
import { draftBeside } from './replace-file.ts';
import { type Reception, type StoredPlaces, StoredSnapshot } from './stored-snapshot.ts';

/*
 * The thread that keeps the snapshot: it reads and checks files, follows the control plane, writes down changes and lays
 * them over the snapshot in memory that the answering thread reads. Nothing of that holds up an answer.
 */

/** What the thread is started with. */
export interface ThreadTask {
  readonly places: StoredPlaces;
  readonly follow: Pick<GateConfig, 'controlUrl' | 'token' | 'waitMs' | 'renewAfterChanges'>;
  /** What the answering thread has read of the stored snapshot. */
  readonly known?: KnownBase | undefined;
}
export type ToThread =
  | { readonly kind: 'follow' }
  /** What the gate says of itself from now on. */
  | { readonly kind: 'report'; readonly text: string }
  | { readonly kind: 'blocked'; readonly handedOver: HandedOver }
  | { readonly kind: 'records'; readonly id: number; readonly host: string }
  | { readonly kind: 'stop' };

/** Numbers of what is held, for measurements. */
export type HeldFacts = Omit<HeldSnapshot, 'table'>;
export type FromThread =
  | { readonly kind: 'loaded'; readonly confirmedAtMs: number }
  | {
      readonly kind: 'table';
      readonly header: SnapshotHeader;
      readonly facts: SnapshotFacts;
      readonly hot: SharedArrayBuffer;
    }
  | { readonly kind: 'overlay'; readonly buffer: SharedArrayBuffer }
  | { readonly kind: 'held'; readonly held: HeldFacts; readonly changes: number }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly why: Exclude<Reception, 'taken'>; readonly from: 'file' | 'control_plane' }
  | { readonly kind: 'contact'; readonly up: boolean }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'error';
      readonly event: string;
      readonly fields: Record<string, string | number>;
    }
  | {
      readonly kind: 'records';
      readonly id: number;
      readonly site: GateRecord | null;
      readonly app: GateRecord | null;
    };

const port = parentPort;
// `ThreadHandle` starts this thread, with exactly this.
const { places, follow, known } = workerData as ThreadTask;
const tell = (message: FromThread) => port?.postMessage(message, []);
const log = (level: 'info' | 'error', event: string, fields: Record<string, string | number>) =>
  tell({ kind: 'log', level, event, fields });
const stored = new StoredSnapshot(places, (event, code) => log('error', event, { code }));
const keys = openControlPlaneKeys(places.controlKeys);
let stopFollowing: StopFollowing | null = null;
let report = '';
/** The reports of blocked names end with the following. */
const stopping = new AbortController();
const blocked = new BlockedReports({
  file: `${places.snapshotFile}.blocked`,
  newRun: randomUUID,
  send: blockedNamesSender(follow, stopping.signal, log),
  log: (event, fields) => log('error', event, fields),
});
let shownTable: SharedArrayBuffer | null = known?.hot ?? null;
let shownOverlay: SharedArrayBuffer | null = null;

/** Shows what is held to the answering thread: buffers only where they are others than before. */
function show(changes: number): void {
  const held = stored.held();
  if (held === null) return;
  const { table, ...facts } = held;
  const hot = table.index.buffer as SharedArrayBuffer;
  if (hot !== shownTable) {
    tell({ kind: 'table', header: table.header, facts: table.facts, hot });
    shownTable = hot;
  }
  const overlay = table.overlay?.bytes.buffer as SharedArrayBuffer;
  if (overlay !== shownOverlay) {
    tell({ kind: 'overlay', buffer: overlay });
    shownOverlay = overlay;
  }
  tell({ kind: 'held', held: facts, changes });
}

async function load(): Promise<void> {
  let confirmedAtMs = 0;
  try {
    const loaded = await stored.load(known);
    if (loaded === 'corrupt' || loaded === 'older') tell({ kind: 'refused', why: loaded, from: 'file' });
    if (typeof loaded === 'object') {
      confirmedAtMs = loaded.confirmedAtMs;
      if (loaded.cutBytes > 0) log('error', 'change_log_cut', { bytes: loaded.cutBytes });
    }
  } catch (error) {
    log('error', 'snapshot_unreadable', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
  const held = stored.held();
  if (held !== null) log('info', 'snapshot_loaded', { sequence: held.sequence, records: held.recordCount });
  show(0);
  tell({ kind: 'loaded', confirmedAtMs });
}

function received(reception: Reception): Reception {
  if (reception === 'taken') {
    const held = stored.held();
    log('info', 'snapshot_taken', { sequence: held?.sequence ?? 0, records: held?.recordCount ?? 0 });
    show(0);
  } else tell({ kind: 'refused', why: reception, from: 'control_plane' });
  return reception;
}

function begin(): StopFollowing {
  return followControlPlane(follow, {
    position: () => stored.held(),
    newestSeen: () => stored.newestSeen(),
    draft: () => draftBeside(places.snapshotFile),
    take: async (draft) => received(await stored.take(draft)),
    wantsRenewal: () => {
      const held = stored.held();
      return held !== null && held.sequence - held.baseSequence >= follow.renewAfterChanges;
    },
    keepChanges: () => stored.keepChanges(),
    renew: async (draft) => received(await stored.renew(draft)),
    isGenuine: (answer) => keys.isGenuine(answer),
    async apply(changes, answer) {
      const follows = await stored.apply(changes, answer);
      if (follows) show(changes.changes.length);
      return follows;
    },
    confirm: () => tell({ kind: 'confirmed' }),
    onContact: (up) => tell({ kind: 'contact', up }),
    report: () => report,
    log,
  });
}

/** What decisions do not need is checked while they are being made; its damage costs explanations only. */
async function checkRest(): Promise<void> {
  if (await stored.isWhole()) return;
  tell({ kind: 'refused', why: 'corrupt', from: 'file' });
}

async function handle(message: ToThread): Promise<void> {
  if (message.kind === 'follow') {
    stopFollowing = begin();
    await checkRest();
  } else if (message.kind === 'report') {
    report = message.text;
  } else if (message.kind === 'blocked') {
    await blocked.take(message.handedOver);
  } else if (message.kind === 'records') {
    const records = await stored.recordsOf(message.host).catch(() => ({ site: null, app: null }));
    tell({ kind: 'records', id: message.id, ...records });
  } else {
    stopping.abort();
    await stopFollowing?.();
    await blocked.close();
    await stored.close();
    tell({ kind: 'stopped' });
    port?.close();
  }
}

await load();
// Only now: what is asked meanwhile waits. What fails in here is an error of ours: it ends the thread, and the answering
// thread is notified.
port?.on('message', (message: ToThread) => void handle(message));
