import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { isFault } from '@openbeian/model/fault';
import {
  closedRecord,
  createSnapshotBuilder,
  type EntryChange,
  type GateRecord,
  isOfExactName,
  isStoredRecord,
  type SnapshotAbout,
  type SnapshotBuilder,
  type SnapshotMoment,
} from '@openbeian/model/gate';
import { createSnapshotSigner } from './gate-signing.ts';

/** What the builder's thread is told; all but `begin` is answered. */
export type ToBuilder =
  | { readonly kind: 'begin'; readonly about: Omit<SnapshotAbout, keyof SnapshotMoment> }
  | { readonly kind: 'rows'; readonly lines: string }
  /** They replace what came before under their names. */
  | { readonly kind: 'changes'; readonly changes: readonly EntryChange[] }
  | { readonly kind: 'finish'; readonly path: string; readonly moment: SnapshotMoment };
export type FromBuilder =
  | { readonly kind: 'done'; readonly bytes: number; readonly leftOut: number; readonly unreadable: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string; readonly code: string | null };

/** What the builder's thread is started with. */
export interface BuilderTask {
  /** PEM; null for snapshots that nobody signs. */
  readonly signingKey: string | null;
}

const port = parentPort;
// `startBuilder` gives exactly this.
const { signingKey } = workerData as BuilderTask;
const signer = signingKey === null ? null : createSnapshotSigner(signingKey);
let builder: SnapshotBuilder | null = null;
let leftOut = 0;
/** Names that are told; the file closes all of them. */
const mostTold = 100;
/** By name and kind. */
let unreadable = new Map<string, string>();

port?.on('message', (message: ToBuilder) => {
  const answer = handled(message);
  if (answer !== null) port.postMessage(answer, []);
});

function handled(message: ToBuilder): FromBuilder | null {
  try {
    return handle(message);
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', why, code: typeof code === 'string' ? code : null };
  }
}

function handle(message: ToBuilder): FromBuilder | null {
  switch (message.kind) {
    case 'begin':
      builder = createSnapshotBuilder({ ...message.about, sequence: 0, builtAtMs: 0 }, signer);
      leftOut = 0;
      unreadable = new Map();
      return null;
    case 'rows':
      for (const line of message.lines.split('\n')) add(readable(JSON.parse(line)));
      return { kind: 'done', bytes: 0, leftOut, unreadable: names() };
    case 'changes':
      for (const change of message.changes) replace(change);
      return { kind: 'done', bytes: 0, leftOut, unreadable: names() };
    case 'finish':
      return { kind: 'done', bytes: write(message), leftOut, unreadable: names() };
  }
}

/** The store's own row of `gate_entry`, or its key alone; what cannot be read closes its name, and no other. */
function readable(stored: unknown): GateRecord {
  if (isStoredRecord(stored)) return stored;
  const { name, exact, serviceKind } = stored as { name: string; exact?: boolean; serviceKind?: string };
  const closed = { name, exact: exact ?? isOfExactName({ serviceKind }) };
  noteUnreadable(closed);
  return closedRecord(closed);
}

const names = () => [...new Set(unreadable.values())];

function noteUnreadable({ name, exact }: Pick<EntryChange, 'name' | 'exact'>): void {
  if (unreadable.size < mostTold) unreadable.set(`${exact} ${name}`, name);
}

function add(record: GateRecord): void {
  unlessNameless(() => builder?.add(record));
}

function replace({ name, exact, record }: EntryChange): void {
  // What was unreadable in a page may be readable by now, or the other way round.
  unreadable.delete(`${exact} ${name}`);
  if (record?.number === closedRecord({ name, exact }).number) noteUnreadable({ name, exact });
  unlessNameless(() => builder?.replace({ name, exact, record }));
}

/** A name that no record can have is asked for by nobody: leaving it out changes no decision. */
function unlessNameless(put: () => void): void {
  try {
    put();
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    leftOut += 1;
  }
}

function write({ path, moment }: Extract<ToBuilder, { kind: 'finish' }>): number {
  if (builder === null) throw new Error('a snapshot was finished that nobody began');
  const laidOut = builder.layOut(() => {
    const bytes = randomBytes(8);
    return { k0: bytes.readUInt32LE(0), k1: bytes.readUInt32LE(4) };
  }, moment);
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const { at, bytes } of laidOut.pieces(crc32)) {
      for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from, bytes.length - from, at + from);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return laidOut.header.fileLength;
}
