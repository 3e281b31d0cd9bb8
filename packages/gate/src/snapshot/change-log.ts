import { type FileHandle, open, rename } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { ChangeBatch } from '@openbeian/model/gate';
import { replaceFile } from './replace-file.ts';

/*
 * The changes since the stored snapshot, on the gate's disk (docs/gate-snapshot.md): a gate that starts without the control
 * plane knows all that it knew. Appended only; each entry is one batch with its sum, so that a torn end is found.
 */

const magic = Buffer.from('OBLOG\r\n\0', 'latin1');
const headLength = 16;

export interface ChangeLog {
  readonly bytes: number;
  append(batch: ChangeBatch): Promise<void>;
  close(): Promise<void>;
}

const nextOf = (file: string) => `${file}.next`;

/**
 * Writes a log for the snapshot with this sum beside the present one, so that there is one for either snapshot while the
 * other takes its place. `adoptChangeLog` puts it in place.
 */
export async function draftChangeLog(file: string, baseSum: number, batches: readonly ChangeBatch[]): Promise<void> {
  const head = Buffer.alloc(headLength);
  magic.copy(head);
  head.writeUInt32LE(baseSum, 8);
  head.writeUInt32LE(crc32(head.subarray(0, 12)), 12);
  const bytes = Buffer.concat([head, ...batches.map(entryOf)]);
  await replaceFile(nextOf(file), 0o640, (handle) => handle.writeFile(bytes));
}

export async function adoptChangeLog(file: string): Promise<ChangeLog> {
  await rename(nextOf(file), file);
  const handle = await open(file, 'r+');
  return appendTo(handle, (await handle.stat()).size);
}

/**
 * Reads the log of the snapshot with this sum and goes on with it. What follows a damaged or torn entry is cut off.
 * @param take gets each batch; false stops there, and the rest is cut off as well
 * @returns null where the file is missing, or belongs to another snapshot
 */
export async function openChangeLog(
  file: string,
  baseSum: number,
  take: (batch: ChangeBatch) => boolean,
): Promise<{ readonly log: ChangeLog; readonly cutBytes: number } | null> {
  for (const path of [file, nextOf(file)]) {
    const handle = await openOrNull(path, 'r+');
    if (handle === null) continue;
    const bytes = await handle.readFile();
    const end = readBatches(bytes, baseSum, take);
    if (end === null) {
      await handle.close();
      continue;
    }
    if (end < bytes.length) await handle.truncate(end);
    if (path !== file) await rename(path, file);
    return { log: appendTo(handle, end), cutBytes: bytes.length - end };
  }
  return null;
}

/** Reads the log as `openChangeLog` does, and leaves it as it is. */
export async function readChangeLog(
  file: string,
  baseSum: number,
  take: (batch: ChangeBatch) => boolean,
): Promise<void> {
  for (const path of [file, nextOf(file)]) {
    const handle = await openOrNull(path, 'r');
    if (handle === null) continue;
    try {
      if (readBatches(await handle.readFile(), baseSum, take) !== null) return;
    } finally {
      await handle.close();
    }
  }
}

async function openOrNull(file: string, flags: 'r' | 'r+'): Promise<FileHandle | null> {
  try {
    return await open(file, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function entryOf(batch: ChangeBatch): Buffer {
  const payload = Buffer.from(JSON.stringify(batch), 'utf8');
  const entry = Buffer.alloc(8 + payload.length);
  entry.writeUInt32LE(payload.length, 0);
  entry.writeUInt32LE(crc32(payload), 4);
  payload.copy(entry, 8);
  return entry;
}

/** @returns where the sound entries end; null for a log of another snapshot */
function readBatches(bytes: Buffer, baseSum: number, take: (batch: ChangeBatch) => boolean): number | null {
  const isOurs =
    bytes.length >= headLength &&
    bytes.subarray(0, 8).equals(magic) &&
    bytes.readUInt32LE(8) === baseSum &&
    bytes.readUInt32LE(12) === crc32(bytes.subarray(0, 12));
  if (!isOurs) return null;
  let at = headLength;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const payload = bytes.subarray(at + 8, at + 8 + length);
    // Zeros are what a crash may leave where something was to be written.
    if (length === 0 || payload.length !== length || crc32(payload) !== bytes.readUInt32LE(at + 4)) break;
    if (!take(JSON.parse(payload.toString('utf8')) as ChangeBatch)) break;
    at += 8 + length;
  }
  return at;
}

/** Batches reach the disk within this time; what a loss of power takes is asked for again. */
const syncAfterMs = 1000;

function appendTo(handle: FileHandle, from: number): ChangeLog {
  let end = from;
  let syncing: NodeJS.Timeout | null = null;
  let last = Promise.resolve();
  const sync = () => {
    syncing = null;
    last = last.then(() => handle.datasync()).catch(() => {});
  };
  return {
    get bytes() {
      return end;
    },
    async append(batch) {
      const entry = entryOf(batch);
      for (let done = 0; done < entry.length; ) {
        done += (await handle.write(entry, done, entry.length - done, end + done)).bytesWritten;
      }
      end += entry.length;
      syncing ??= setTimeout(sync, syncAfterMs).unref();
    },
    async close() {
      if (syncing !== null) {
        clearTimeout(syncing);
        sync();
      }
      await last;
      await handle.close();
    },
  };
}
