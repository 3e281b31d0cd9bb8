import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { textDecoder } from './text-decoder.ts';

/** An empty chunk says that nothing more has come for now. */
const nothingYet = Buffer.alloc(0);
const chunkBytes = 1 << 18;
const pollMs = 250;
const idleMs = 1000;

/**
 * The bytes of a file or of standard input (`-`), unzipped where its first bytes are gzip's or Zstandard's. Followed, a file
 * is read on as it grows, and from its start where it was replaced or cut; standard input goes on until it ends.
 */
export async function openLog(file: string, follow: AbortSignal | null): Promise<AsyncIterable<Buffer>> {
  if (follow === null)
    return unzipped(file === '-' ? process.stdin : createReadStream(file, { highWaterMark: chunkBytes }));
  return file === '-' ? withPauses(process.stdin as AsyncIterable<Buffer>, follow) : grown(file, follow);
}

async function unzipped(source: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let first = await chunks.next();
  // Four bytes tell; a pipe may bring fewer at first.
  while (!first.done && first.value.length < 4) {
    const more = await chunks.next();
    if (more.done) break;
    first = { done: false, value: Buffer.concat([first.value, more.value]) };
  }
  const head = first.done ? nothingYet : first.value;
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  const unzip = decompressorOf(head);
  if (unzip === null) return unpacked(all());
  const zipped = Readable.from(all());
  zipped.on('error', (error) => unzip.destroy(error));
  return unpacked(zipped.pipe(unzip));
}

/** A log that is packed in a way that is not read here: its bytes are no lines. */
export class PackedLog extends Error {
  /** Of the packing, as its makers call it. */
  readonly form: string;
  constructor(form: string) {
    super(form);
    this.form = form;
  }
}

const packings: readonly (readonly [form: string, at: number, begins: string])[] = [
  ['bzip2', 0, 'BZh'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['zip', 0, 'PK\x03\x04'],
  ['lz4', 0, '\x04\x22\x4d\x18'],
  ['7z', 0, "7z\xbc\xaf'\x1c"],
  ['tar', 257, 'ustar'],
  // Packed twice.
  ['gzip (packed twice)', 0, '\x1f\x8b'],
  ['zstd (packed twice)', 0, '\x28\xb5\x2f\xfd'],
];

async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of source) {
    const packing =
      isFirst && packings.find(([, at, begins]) => chunk.toString('latin1', at, at + begins.length) === begins);
    if (packing) throw new PackedLog(packing[0]);
    isFirst = false;
    yield chunk;
  }
}

function decompressorOf(head: Buffer) {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip();
  return head.length >= 4 && head.readUInt32LE() === 0xfd2fb528 ? createZstdDecompress() : null;
}

async function* withPauses(source: AsyncIterable<Buffer>, follow: AbortSignal): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let next = chunks.next();
  while (!follow.aborted) {
    const pause = wait(idleMs, null, { signal: follow }).catch(() => null);
    const came = await Promise.race([next, pause]);
    if (came === null) yield nothingYet;
    else if (came.done) return;
    else {
      yield came.value;
      next = chunks.next();
    }
  }
}

async function* grown(file: string, follow: AbortSignal): AsyncGenerator<Buffer> {
  let handle = await open(file);
  let position = 0;
  try {
    let inode = (await handle.stat()).ino;
    let isReplaced = false;
    while (!follow.aborted) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
      position += bytesRead;
      if (bytesRead > 0) {
        yield buffer.subarray(0, bytesRead);
        continue;
      }
      if (isReplaced) {
        await handle.close();
        handle = await open(file);
        [inode, position, isReplaced] = [(await handle.stat()).ino, 0, false];
        continue;
      }
      yield nothingYet;
      await wait(pollMs, null, { signal: follow }).catch(() => null);
      const now = await stat(file).catch(() => null);
      // A rotated file is read to its end once more before the new one is opened.
      isReplaced = now !== null && (now.ino !== inode || now.size < position);
    }
  } finally {
    await handle.close();
  }
}

const longestLine = 65_536;

/**
 * Lines of a stream, null where nothing more has come for now; one that is longer than any log's comes back cut, so that
 * memory stays bounded. The text is UTF-8, UTF-16 or GB 18030, told by its bytes; lines may end as on old Macs.
 */
export async function* boundedLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string[] | null> {
  const decode = textDecoder();
  let rest = '';
  let separator: string | null = null;
  for await (const chunk of stream) {
    if (chunk.length === 0) {
      yield null;
      continue;
    }
    const text = decode(chunk);
    separator ??= /\r[^\n]/.test(text) && !text.includes('\n') ? '\r' : '\n';
    const lines = (rest + text).split(separator);
    rest = (lines.pop() ?? '').slice(0, longestLine);
    yield lines;
  }
  rest += decode(null);
  if (rest !== '') yield [rest];
}
