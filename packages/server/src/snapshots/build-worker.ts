import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { isFault } from '@openbeian/model/fault';
import {
  createSnapshotBuilder,
  type GateRecord,
  type SnapshotAbout,
  type SnapshotBuilder,
} from '@openbeian/model/gate';
import { createSnapshotSigner } from './gate-signing.ts';

/** What the builder's thread is told; `rows` and `finish` are answered. */
export type ToBuilder =
  | { readonly kind: 'begin'; readonly about: SnapshotAbout }
  | { readonly kind: 'rows'; readonly lines: string }
  | { readonly kind: 'finish'; readonly path: string };
export type FromBuilder =
  | { readonly kind: 'done'; readonly bytes: number; readonly leftOut: number }
  | { readonly kind: 'failed'; readonly why: string };

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

port?.on('message', (message: ToBuilder) => {
  const answer = handled(message);
  if (answer !== null) port.postMessage(answer, []);
});

function handled(message: ToBuilder): FromBuilder | null {
  try {
    return handle(message);
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

function handle(message: ToBuilder): FromBuilder | null {
  switch (message.kind) {
    case 'begin':
      builder = createSnapshotBuilder(message.about, signer);
      leftOut = 0;
      return null;
    case 'rows':
      // The store's own rows of `gate_entry`, which are written as this; the name of each is evaluated by `add`.
      for (const line of message.lines.split('\n')) add(JSON.parse(line) as GateRecord);
      return { kind: 'done', bytes: 0, leftOut };
    case 'finish':
      return { kind: 'done', bytes: write(message.path), leftOut };
  }
}

/** A name that no record can have is asked for by nobody: leaving it out changes no decision. */
function add(record: GateRecord): void {
  try {
    builder?.add(record);
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    leftOut += 1;
  }
}

function write(path: string): number {
  if (builder === null) throw new Error('a snapshot was finished that nobody began');
  const laidOut = builder.layOut(() => {
    const bytes = randomBytes(8);
    return { k0: bytes.readUInt32LE(0), k1: bytes.readUInt32LE(4) };
  });
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
