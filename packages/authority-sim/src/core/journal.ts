import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord } from './events.ts';

/** Where the simulator's facts are kept. `append` returns when they will survive the end of the process. */
export interface Journal {
  append(record: JournalRecord): void;
  close(): void;
}

/** Keeps nothing: for a simulator whose life is one test or one story. */
export const forgetfulJournal: Journal = { append() {}, close() {} };

/** The journal is damaged or cannot be written; the message names the file and the line. */
export class JournalError extends Error {
  override name = 'JournalError';
}

export const journalFileName = 'authority-journal.jsonl';

/**
 * Opens `dataDir`'s journal, one JSON record a line, and hands every record to `replay` in order.
 * A last line without its line end was never acknowledged (a record and its line end are one write): it is cut off
 * and `log` told. Anything else that cannot be read is damage and throws JournalError; nothing is dropped silently.
 */
export function openJournal(
  dataDir: string,
  replay: (record: JournalRecord) => void,
  log: (line: string) => void,
): Journal {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, journalFileName);
  const file = openSync(path, 'a+', 0o600);
  try {
    const bytes = readFileSync(path);
    const keptBytes = bytes.lastIndexOf(0x0a) + 1;
    replayLines(path, bytes.subarray(0, keptBytes), replay);
    if (keptBytes < bytes.length) {
      log(`dropped a half-written last line of ${bytes.length - keptBytes} bytes from ${path}`);
      ftruncateSync(file, keptBytes);
      fsyncSync(file);
    }
    syncDirectory(dataDir);
    return appendTo(file, path, keptBytes);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function replayLines(path: string, bytes: Buffer, replay: (record: JournalRecord) => void): void {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    line += 1;
    try {
      // Only `append` below writes lines here, and it takes JournalRecords.
      replay(JSON.parse(bytes.toString('utf8', start, end)) as JournalRecord);
    } catch (cause) {
      // JSON.parse quotes the text it stumbles over, which may hold personal data: the cause carries it, the message not.
      const why = cause instanceof SyntaxError ? 'not JSON' : (cause as Error).message;
      throw new JournalError(
        `${path} line ${line} is damaged (${why}); restore the file or start with a new directory`,
        {
          cause: cause instanceof SyntaxError ? undefined : cause,
        },
      );
    }
    start = end + 1;
  }
}

function appendTo(file: number, path: string, keptBytes: number): Journal {
  let length = keptBytes;
  let broken = false;
  return {
    append(record) {
      if (broken) throw new JournalError(`${path} could not be written before; restart the simulator`);
      const line = Buffer.from(`${JSON.stringify(record)}\n`, 'utf8');
      try {
        for (let done = 0; done < line.length; ) done += writeSync(file, line, done);
        fsyncSync(file);
        length += line.length;
      } catch (cause) {
        // Whether the line is on the disk is unknown: take it back, and if that fails too, stop writing for good.
        broken = true;
        ftruncateSync(file, length);
        fsyncSync(file);
        broken = false;
        throw new JournalError(`${path} could not be written`, { cause });
      }
    },
    close() {
      broken = true;
      closeSync(file);
    },
  };
}

/** A new file survives a power cut only when its directory was synced too; Windows cannot and need not. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  fsyncSync(directory);
  closeSync(directory);
}
