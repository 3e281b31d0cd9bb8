import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { Fault } from '@openbeian/model/fault';
import {
  checkSums,
  createOverlay,
  decodePreamble,
  headerLength,
  type LaidOutSnapshot,
  type NameTable,
  openNameTable,
  preambleLength,
} from '@openbeian/model/gate';
import { replaceFile } from './replace-file.ts';

/** Puts a binary snapshot in its place in one step: readers have the old file or the new one, whole. */
export async function writeBaseFile(file: string, snapshot: LaidOutSnapshot): Promise<void> {
  // Readable by the group: nginx's workers read it beside us. It holds names and numbers, nothing of a person.
  await replaceFile(file, 0o640, async (handle) => {
    for (const { at, bytes } of snapshot.pieces(crc32)) {
      for (let from = 0; from < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, at + from);
        from += bytesWritten;
      }
    }
  });
}

/** Least length of an overlay: 1024 chains and about 1500 names. */
const emptyOverlayLength = 65_536;

/** Puts an overlay without changes beside a snapshot that was just put in its place (docs/gate-snapshot.md). */
export async function writeEmptyOverlay(file: string, base: string): Promise<void> {
  const head = await open(base, 'r');
  try {
    const { buffer } = await head.read(new Uint8Array(4), 0, 4, headerLength - 4);
    const about = { baseSum: new DataView(buffer.buffer).getUint32(0, true), outsideMainland: null };
    const overlay = createOverlay(new ArrayBuffer(emptyOverlayLength), about, crc32);
    await replaceFile(file, 0o640, (handle) => handle.writeFile(overlay.bytes));
  } finally {
    await head.close();
  }
}

const readLength = 8 * 1024 * 1024;

/**
 * Opens a binary snapshot for deciding, with its bytes in memory that threads can share. What decisions need is checked
 * before the answer; what lies behind it stays on disk.
 * @throws Fault `input.invalid` for a file that is damaged, cut short, or of another kind or version
 */
export async function openBaseFile(file: string): Promise<NameTable> {
  const handle = await open(file, 'r');
  try {
    const read = async (bytes: Uint8Array, at: number): Promise<void> => {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
      if (bytesRead !== bytes.length) throw noSnapshot();
    };
    const head = new Uint8Array(headerLength);
    await read(head, 0);
    const length = preambleLength(head);
    if (length === null) throw noSnapshot();
    const preamble = new Uint8Array(length);
    await read(preamble, 0);
    const { header, sums, facts } = decodePreamble(preamble, crc32);
    if ((await handle.stat()).size !== header.fileLength) throw noSnapshot();
    const hot = new SharedArrayBuffer(header.coldIndexOffset - header.indexOffset);
    for (let at = 0; at < hot.byteLength; at += readLength) {
      const piece = new Uint8Array(hot, at, Math.min(readLength, hot.byteLength - at));
      await read(piece, header.indexOffset + at);
      checkSums(header, sums, piece, header.indexOffset + at, crc32);
    }
    return openNameTable(header, facts, hot);
  } finally {
    await handle.close();
  }
}

function noSnapshot(): Fault {
  return new Fault('input.invalid', {
    places: [
      {
        path: 'snapshot',
        expected: 'expected a whole binary snapshot (docs/gate-snapshot.md)',
        expectedZh: '应为完整的二进制快照（见 docs/gate-snapshot.md）',
      },
    ],
  });
}
