import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { Fault } from '@openbeian/model/fault';
import {
  checkSums,
  coldRowsOf,
  decodePreamble,
  headerLength,
  type NameEntry,
  type NameTable,
  openNameTable,
  preambleLength,
} from '@openbeian/model/gate';
import { type ControlPlaneKeys, digestCheck, openControlPlaneKeys } from './control-plane-keys.ts';

const readLength = 8 * 1024 * 1024;

/** What decisions need of a snapshot file, checked. */
export interface KnownBase {
  readonly sum: number;
  readonly hot: SharedArrayBuffer;
}

/** A snapshot file that is open: what decisions need is in memory, the rest is read on demand. */
export interface OpenBase {
  readonly table: NameTable;
  /** Of its preamble: what belongs to it names it by this. */
  readonly sum: number;
  /** When the file was last said to be right, by its time of change. */
  readonly confirmedAtMs: number;
  /**
   * Reads and checks what decisions do not need, in pieces.
   * @throws Fault `input.invalid` naming what is damaged
   */
  checkCold(): Promise<void>;
  /** The rows of an entry of the table. */
  coldRows(entry: NameEntry): Promise<ReturnType<typeof coldRowsOf>>;
  close(): Promise<void>;
}

/** What a snapshot file is opened with. */
interface OpenBaseNeeds {
  /** Bytes of it that another thread has read and checked: where this is that file they are not read again. */
  readonly known?: KnownBase | undefined;
  /** By which its signature is checked. */
  readonly keys?: ControlPlaneKeys;
}

/**
 * Opens a binary snapshot, with its bytes in memory that threads can share. What decisions need is checked before the
 * answer; the rest stays on disk.
 * @throws Fault `input.invalid` for a file that is damaged, cut short, or of another kind or version
 */
export async function openBase(
  file: string,
  { known, keys = openControlPlaneKeys(undefined) }: OpenBaseNeeds = {},
): Promise<OpenBase> {
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
    const { header, sums, facts, sum } = decodePreamble(preamble, crc32);
    keys.checkPreamble(preamble, header, facts);
    const { size, mtimeMs } = await handle.stat();
    if (size !== header.fileLength) throw noSnapshot();
    const hotLength = header.coldIndexOffset - header.indexOffset;
    const isKnown = known?.sum === sum && known.hot.byteLength === hotLength;
    const hot = isKnown ? known.hot : await readHot({ header, sums, facts, read });
    const table = openNameTable(header, facts, hot);
    return {
      table,
      sum,
      confirmedAtMs: mtimeMs,
      checkCold: () => checkCold({ header, sums, facts, read }),
      async coldRows(entry) {
        const bounds = new Uint8Array(8);
        await read(bounds, header.coldIndexOffset + 4 * entry.bucket);
        const view = new DataView(bounds.buffer);
        const from = view.getUint32(0, true);
        const cold = new Uint8Array(view.getUint32(4, true) - from);
        await read(cold, header.coldOffset + from);
        return coldRowsOf(table, entry, cold);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A snapshot whose preamble is read. */
interface ReadPreamble extends Pick<ReturnType<typeof decodePreamble>, 'header' | 'sums' | 'facts'> {
  readonly read: (bytes: Uint8Array, at: number) => Promise<void>;
}

async function readHot({ header, sums, facts, read }: ReadPreamble): Promise<SharedArrayBuffer> {
  const hot = new SharedArrayBuffer(header.coldIndexOffset - header.indexOffset);
  const digest = digestCheck({ sha256: facts.hotSha256, sm3: facts.hotSm3 });
  for (let at = 0; at < hot.byteLength; at += readLength) {
    const piece = new Uint8Array(hot, at, Math.min(readLength, hot.byteLength - at));
    await read(piece, header.indexOffset + at);
    checkSums({ header, sums, crc32 }, piece, header.indexOffset + at);
    digest.update(piece);
  }
  digest.end('index');
  return hot;
}

async function checkCold({ header, sums, facts, read }: ReadPreamble): Promise<void> {
  const bytes = new Uint8Array(readLength);
  const digest = digestCheck({ sha256: facts.coldSha256, sm3: facts.coldSm3 });
  for (let at = header.coldIndexOffset; at < header.fileLength; at += readLength) {
    const piece = bytes.subarray(0, Math.min(readLength, header.fileLength - at));
    await read(piece, at);
    checkSums({ header, sums, crc32 }, piece, at);
    digest.update(piece);
  }
  digest.end('cold rows');
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
