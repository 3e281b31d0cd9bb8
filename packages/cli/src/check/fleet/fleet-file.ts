import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../io/input.ts';
import { ioWords, type Lang } from '../../io/words.ts';
import { fleetWords } from './words.ts';

/** A line may hold a whole list of accounts, but must fit into one text. */
const lineBytesLimit = 1 << 28;
const searchBytes = 1 << 16;
const lineFeed = 0x0a;

/** Whole lines of a file: its bytes from `from` up to `to`. A span that is one line too long to read says so. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly tooLong: boolean;
}

/** A file of lines that is read several times, span by span, by any thread of the program. */
export interface FleetFile {
  /** For messages: the path as given, `-` for standard input. */
  readonly name: string;
  readonly fd: number;
  readonly bytes: number;
  /** Its lines in spans of about so many bytes; a longer line is a span of its own. @throws InputError. */
  spans(bytes: number): Generator<Span>;
  /** How many line feeds there are from one position up to another. */
  linesIn(from: number, to: number): number;
  /** @throws InputError where the file is no longer what it was when it was opened. */
  assertUnchanged(): void;
  close(): void;
}

/**
 * Opens a file of lines. What can be read once only (`-`, a pipe) is first copied to a temporary file that nobody else can
 * open and that is gone when the program is. @throws InputError where it cannot be read.
 */
export function openFleet(name: string, lang: Lang): FleetFile {
  return reading(name, lang, () => {
    const given = name === '-' ? 0 : openSync(name, 'r');
    if (name !== '-' && fstatSync(given).isFile()) return fleetFile(name, given, lang);
    const copy = copied(given);
    if (name !== '-') closeSync(given);
    return fleetFile(name, copy, lang);
  });
}

function fleetFile(name: string, fd: number, lang: Lang): FleetFile {
  const first = fstatSync(fd);
  return {
    name,
    fd,
    bytes: first.size,
    spans: function* (bytes) {
      for (let from = 0; from < first.size; ) {
        const to = reading(name, lang, () => lineEndAfter(fd, Math.min(from + bytes, first.size) - 1, first.size));
        const span = { from, to, tooLong: to - from > lineBytesLimit };
        yield span;
        if (span.tooLong) return;
        from = to;
      }
    },
    linesIn: (from, to) => reading(name, lang, () => lineFeedsIn(fd, from, to)),
    assertUnchanged: () => {
      const { size, mtimeMs } = fstatSync(fd);
      if (size === first.size && mtimeMs === first.mtimeMs) return;
      throw new InputError(fleetWords.changedMeanwhile(name)[lang]);
    },
    close: () => closeSync(fd),
  };
}

/** Behind the first line feed at or after `position`, or the end of the file. */
function lineEndAfter(fd: number, position: number, size: number): number {
  const bytes = Buffer.allocUnsafe(searchBytes);
  for (let from = position; from < size; ) {
    const read = readSync(fd, bytes, 0, searchBytes, from);
    if (read === 0) return size;
    const found = bytes.subarray(0, read).indexOf(lineFeed);
    if (found >= 0) return from + found + 1;
    from += read;
    if (from - position > lineBytesLimit) return from;
  }
  return size;
}

function lineFeedsIn(fd: number, from: number, to: number): number {
  const bytes = Buffer.allocUnsafe(searchBytes);
  let count = 0;
  for (let at = from; at < to; ) {
    const read = readSync(fd, bytes, 0, Math.min(searchBytes, to - at), at);
    if (read === 0) break;
    const part = bytes.subarray(0, read);
    for (let found = part.indexOf(lineFeed); found >= 0; found = part.indexOf(lineFeed, found + 1)) count += 1;
    at += read;
  }
  return count;
}

/** Unlinked as soon as it is open, so that nothing stays behind however the program ends. */
function copied(from: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-'));
  try {
    const fd = openSync(join(folder, 'fleet.ndjson'), 'wx+', 0o600);
    const bytes = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const read = readSome(from, bytes);
      if (read === 0) return fd;
      for (let written = 0; written < read; ) written += writeSync(fd, bytes, written, read - written);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Standard input may be a pipe that does not block; Windows ends one with an error. */
function readSome(from: number, bytes: Buffer): number {
  for (;;) {
    try {
      return readSync(from, bytes);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Turns an error of the operating system into one for people. */
function reading<T>(name: string, lang: Lang, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new InputError(ioWords.cannotRead(name, cause.message)[lang]);
  }
}
