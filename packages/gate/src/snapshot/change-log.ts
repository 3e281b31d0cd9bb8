import { type FileHandle, open, rename } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import {
  type ChangeLogReading,
  changeLogEntry,
  changeLogHead,
  type LoggedAnswer,
  readChangeLog,
} from '@openbeian/model/gate';
import { replaceFile } from './replace-file.ts';

/*
 * The changes since the stored snapshot, on the gate's disk (docs/gate-snapshot.md): a gate that starts without the control
 * plane knows all that it knew. Appended only; each entry is one answer with its sum, so that a torn end is found.
 */

export interface ChangeLog {
  readonly bytes: number;
  append(answer: LoggedAnswer): Promise<void>;
  close(): Promise<void>;
}

/** Called before what was appended is brought to the disk; what it returns, once it is there. */
type OnSync = () => () => Promise<void>;

const nextOf = (file: string) => `${file}.next`;

/**
 * Writes a log for the snapshot with this sum beside the present one, so that there is one for either snapshot while the
 * other takes its place. `adoptChangeLog` puts it in place.
 */
export async function draftChangeLog(file: string, baseSum: number, answers: readonly LoggedAnswer[]): Promise<void> {
  const bytes = Buffer.concat([
    changeLogHead(baseSum, crc32),
    ...answers.map((answer) => changeLogEntry(answer, crc32)),
  ]);
  await replaceFile(nextOf(file), 0o640, (handle) => handle.writeFile(bytes));
}

export async function adoptChangeLog(file: string, onSync: OnSync): Promise<ChangeLog> {
  await rename(nextOf(file), file);
  const handle = await open(file, 'r+');
  return appendTo(handle, (await handle.stat()).size, onSync);
}

/** What a log is opened with. */
export type LogReading = Omit<ChangeLogReading, 'crc32'>;

/**
 * Reads the log of the snapshot with this sum and goes on with it. What follows a damaged or torn entry is cut off.
 * @returns null where the file is missing, or belongs to another snapshot
 */
export async function openChangeLog(
  file: string,
  baseSum: number,
  reading: LogReading,
  onSync: OnSync,
): Promise<{ readonly log: ChangeLog; readonly cutBytes: number } | null> {
  for (const path of [file, nextOf(file)]) {
    const handle = await openOrNull(path, 'r+');
    if (handle === null) continue;
    const bytes = await handle.readFile();
    const end = readChangeLog(bytes, baseSum, { ...reading, crc32 });
    if (end === null) {
      await handle.close();
      continue;
    }
    if (end < bytes.length) await handle.truncate(end);
    if (path !== file) await rename(path, file);
    return { log: appendTo(handle, end, onSync), cutBytes: bytes.length - end };
  }
  return null;
}

/** Reads the log as `openChangeLog` does, and leaves it as it is. */
export async function lookAtChangeLog(file: string, baseSum: number, reading: LogReading): Promise<void> {
  for (const path of [file, nextOf(file)]) {
    const handle = await openOrNull(path, 'r');
    if (handle === null) continue;
    try {
      if (readChangeLog(await handle.readFile(), baseSum, { ...reading, crc32 }) !== null) return;
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

/** Entries reach the disk within this time; what a loss of power takes is asked for again. */
const syncAfterMs = 1000;

function appendTo(handle: FileHandle, from: number, onSync: OnSync): ChangeLog {
  let end = from;
  let syncing: NodeJS.Timeout | null = null;
  let last = Promise.resolve();
  const sync = () => {
    syncing = null;
    const onDurable = onSync();
    last = last
      .then(() => handle.datasync())
      .then(onDurable)
      .catch(() => {});
  };
  return {
    get bytes() {
      return end;
    },
    async append(answer) {
      const entry = changeLogEntry(answer, crc32);
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
