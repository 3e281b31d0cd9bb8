import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Fault } from '@openbeian/model/fault';
import {
  type ChangeBatch,
  checkSums,
  createOverlay,
  decodePreamble,
  headerLength,
  type LoggedAnswer,
  type NameTable,
  notSignedByControlPlane,
  openNameTable,
  openOverlay,
  preambleLength,
  readChangeLog,
  writeOverlay,
} from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import { ioWords, type Lang } from '../io/words.ts';
import type { PinnedKeys } from './pinned-keys.ts';

/** The last change that facts know of, as the control plane counts, and when it was. */
export interface AsOf {
  readonly change: number;
  /** Null where only the change is known. */
  readonly at: string | null;
}

/** A binary snapshot with every change that lies beside it. */
export interface SnapshotFile {
  readonly table: NameTable;
  readonly asOf: AsOf;
}

/** A snapshot file alone: which changes are beside it is not known yet. */
interface BareSnapshot extends SnapshotFile {
  readonly sum: number;
}

/**
 * Reads a gate's binary snapshot with the changes since: the overlay beside a `readersFile`, or the log beside a `snapshotFile`.
 * @param keys by which both are checked; an overlay is signed by nobody, so with keys there is none
 * @returns null where the file is no binary snapshot
 * @throws Fault `input.invalid` where changes are there that cannot all be applied: by the snapshot alone, cancelled names
 * would count as filed
 */
export function readSnapshotFile(file: string, lang: Lang, keys: PinnedKeys | null): SnapshotFile | null {
  const bare = readBare(file, lang, keys);
  if (bare === null) return null;
  if (existsSync(`${file}.overlay`) && keys !== null) throw overlayNotSigned();
  if (existsSync(`${file}.overlay`)) return withOverlay(bare, `${file}.overlay`);
  const logs = [`${file}.changes`, `${file}.changes.next`].filter((path) => existsSync(path));
  return logs.length === 0 ? bare : withLog(bare, logs, keys);
}

function withOverlay({ table, asOf, sum }: BareSnapshot, path: string): SnapshotFile {
  const { overlay, baseSum, sequence } = openOverlay(new Uint8Array(readFileSync(path)).buffer, crc32);
  if (baseSum !== sum) throw ofAnother('overlay');
  return {
    table: { ...table, overlay },
    asOf: sequence > asOf.change ? { change: sequence, at: null } : asOf,
  };
}

function withLog(bare: BareSnapshot, paths: readonly string[], keys: PinnedKeys | null): SnapshotFile {
  const { table, asOf, sum } = bare;
  for (const path of paths) {
    const bytes = readFileSync(path);
    const batches: ChangeBatch[] = [];
    const take = (batch: ChangeBatch) => void batches.push(batch);
    let isForged = false;
    const isGenuine = (answer: LoggedAnswer) => {
      if (keys !== null && !keys.isGenuine(answer)) isForged = true;
      return !isForged;
    };
    const end = readChangeLog(bytes, sum, { crc32, after: asOf.change, isGenuine, take });
    if (end === null) continue;
    if (isForged) throw notSignedByControlPlane('changes');
    if (end < bytes.length) throw cutShort('changes');
    const last = batches.at(-1);
    return last === undefined
      ? bare
      : { table: layOver(table, sum, batches), asOf: { change: last.sequence, at: last.at } };
  }
  throw ofAnother('changes');
}

function layOver(table: NameTable, baseSum: number, batches: readonly ChangeBatch[]): NameTable {
  for (let length = 1024 * 1024; ; length *= 4) {
    const about = { baseSum, outsideMainland: null };
    const writer = writeOverlay(createOverlay(new ArrayBuffer(length), about, crc32), table.header.key);
    const fits = batches.every(({ changes }) => changes.every((change) => writer.apply(table, change) !== null));
    if (fits) return { ...table, overlay: writer.overlay };
  }
}

function readBare(file: string, lang: Lang, keys: PinnedKeys | null): BareSnapshot | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotRead(file, why)[lang]);
  }
  try {
    const size = fstatSync(handle).size;
    const head = size < headerLength ? null : readBytes(handle, 0, headerLength);
    if (head === null || String.fromCharCode(...head.slice(0, 6)) !== 'OBGATE') return null;
    const preamble = readBytes(handle, 0, preambleLength(head) ?? headerLength);
    const { header, sums, facts, sum } = decodePreamble(preamble, crc32);
    if (size !== header.fileLength) throw cutShort('snapshot');
    const hot = readBytes(handle, header.indexOffset, header.coldIndexOffset - header.indexOffset);
    checkSums({ header, sums, crc32 }, hot, header.indexOffset);
    keys?.checkSnapshot(preamble, header, facts, hot);
    const table = openNameTable(header, facts, hot.buffer);
    const at = header.builtAtMs === 0 ? null : new Date(header.builtAtMs).toISOString();
    return { table, sum, asOf: { change: header.sequence, at } };
  } finally {
    closeSync(handle);
  }
}

function readBytes(handle: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let got = 0;
  for (let more = 1; got < length && more > 0; got += more) more = readSync(handle, bytes, got, length - got, at + got);
  if (got < length) throw cutShort('snapshot');
  return bytes;
}

function cutShort(path: 'snapshot' | 'changes'): Fault {
  const [expected, expectedZh] =
    path === 'snapshot'
      ? ['expected a whole snapshot: the file is cut short or too long', '应为完整的快照，文件被截短或过长']
      : [
          'expected changes that follow the snapshot to their end: the file beside it is damaged, or is being written (try again)',
          '旁边的变化文件应完整并接续快照：文件已损坏，或正在写入（请重试）',
        ];
  return new Fault('input.invalid', { places: [{ path, expected, expectedZh }] });
}

function overlayNotSigned(): Fault {
  return new Fault('input.invalid', {
    places: [
      {
        path: 'overlay',
        expected: 'expected the gate’s snapshotFile, whose changes are signed: the overlay of a readersFile is not',
        expectedZh: '应给出网关的 snapshotFile，其变化有签名：readersFile 旁的 overlay 没有签名',
      },
    ],
  });
}

function ofAnother(path: 'overlay' | 'changes'): Fault {
  return new Fault('input.invalid', {
    places: [
      {
        path,
        expected:
          'expected the changes of this snapshot: those beside it belong to another, without them cancelled names would open',
        expectedZh: '旁边的变化文件应属于该快照：现属于另一快照，不计入变化会放行已注销的域名',
      },
    ],
  });
}
