import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/read-document.ts';

const blockBytes = 1 << 20;
/** A line may hold a whole list of accounts, but must fit into one text. */
const lineBytesLimit = 1 << 28;
const lineFeed = 0x0a;

/** Lines of a block: line `number + n` runs from `ends[n - 1] + 1` (the first from `start`) to the line feed at `ends[n]`. */
interface Block {
  readonly bytes: Buffer;
  readonly start: number;
  readonly ends: readonly number[];
  /** Number of its first line in the file, counted from 1. */
  readonly number: number;
}

/** A file that is read several times from its beginning, block by block, with a memory that does not grow. */
export interface FleetFile {
  /** For messages: the path as given, `-` for standard input. */
  readonly name: string;
  readonly bytes: number;
  /** Its lines; the bytes of a block last until the next one is asked for. @throws InputError. */
  readBlocks(): Generator<Block>;
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
    bytes: first.size,
    readBlocks: function* () {
      yield* blocksOf(name, fd, lang);
      const { size, mtimeMs } = fstatSync(fd);
      if (size === first.size && mtimeMs === first.mtimeMs) return;
      throw new InputError(
        lang === 'zh' ? `${name}：读取期间文件被改动，请重试` : `${name}: changed while it was read, try again`,
      );
    },
    close: () => closeSync(fd),
  };
}

function* blocksOf(name: string, fd: number, lang: Lang): Generator<Block> {
  let bytes = Buffer.allocUnsafe(2 * blockBytes);
  let held = 0;
  let position = 0;
  let number = 1;
  for (;;) {
    if (bytes.length - held < blockBytes) bytes = grown(bytes, held, `${name}:${number}`, lang);
    // One byte is spared for the line feed that the last line may lack.
    const room = bytes.length - held - 1;
    const read = reading(name, lang, () => readSync(fd, bytes, held, room, position));
    position += read;
    let until = held + read;
    if (read === 0 && until > 0) bytes[until++] = lineFeed;
    const ends: number[] = [];
    const filled = bytes.subarray(0, until);
    for (let end = filled.indexOf(lineFeed, held); end >= 0; end = filled.indexOf(lineFeed, end + 1)) ends.push(end);
    const last = ends.at(-1);
    if (last !== undefined) {
      const mark = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      yield { bytes, start: mark, ends, number };
      number += ends.length;
      bytes.copy(bytes, 0, last + 1, until);
      held = until - last - 1;
    } else held = until;
    if (read === 0) return;
  }
}

function grown(bytes: Buffer, held: number, place: string, lang: Lang): Buffer<ArrayBuffer> {
  if (bytes.length >= lineBytesLimit) {
    throw new InputError(`${place}: ${lang === 'zh' ? '行过长' : 'expected a shorter line'} (> ${lineBytesLimit} B)`);
  }
  const more = Buffer.allocUnsafe(bytes.length * 2);
  bytes.copy(more, 0, 0, held);
  return more;
}

/** Unlinked as soon as it is open, so that nothing stays behind however the program ends. */
function copied(from: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-'));
  try {
    const fd = openSync(join(folder, 'fleet.ndjson'), 'wx+', 0o600);
    const bytes = Buffer.allocUnsafe(blockBytes);
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

function reading<T>(name: string, lang: Lang, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new InputError(
      lang === 'zh' ? `${name}：无法读取（${cause.message}）` : `${name}: cannot be read (${cause.message})`,
    );
  }
}
