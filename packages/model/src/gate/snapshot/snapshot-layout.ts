import { z } from 'zod';
import { Fault } from '../../fault/index.ts';
import type { NameKey } from './name-hash.ts';

/*
 * The binary snapshot, byte by byte: docs/gate-snapshot.md, which readers in other languages are written from. All numbers
 * are little-endian.
 */

/** CRC-32 (IEEE 802.3, as zlib's) of the bytes, continued from `before` (0 at the start). Injected: platforms have it. */
export type Crc32 = (bytes: Uint8Array, before: number) => number;

/** 2 since changes are in an overlay beside the file, which a reader must read first. */
const formatVersion = 2;
export const headerLength = 160;
/** Sums are taken over pieces of this many bytes, so that pieces can be checked alone and by several threads. */
export const chunkLength = 65_536;
/** No bucket holds more entries; the builder takes another key or more buckets until that is so. */
export const largestBucketAllowed = 32;
/** Bytes of an entry before its name: fingerprint, length of the name, flags. */
export const entryHead = 3;
/** Bytes behind the name of an entry with `flagMore`: bits, two days. */
export const entryMore = 5;

/** Bits 0–2 of an entry's flags: the record for the name and everything below; bits 3–5: for exactly this name (APPs). */
export const stateCode = {
  none: 0,
  filed_here: 1,
  access_missing: 2,
  cancelled: 3,
  suspended: 4,
  blacklisted: 5,
  exempt_provider_name: 6,
} as const;
/** There are longer names in the file that end in this one: look on. */
export const flagAbove = 0x40;
/** `entryMore` bytes follow the name. */
export const flagMore = 0x80;
/** Bit 0 of the first byte behind the name: the public suffix list has suffixes below this registrable name. */
export const moreSplit = 0x01;

const magic = [0x4f, 0x42, 0x47, 0x41, 0x54, 0x45, 0x0d, 0x0a];

/** The header of a snapshot. Offsets and lengths in bytes. */
export interface SnapshotHeader {
  readonly sequence: number;
  readonly builtAtMs: number;
  readonly key: NameKey;
  /** A power of two. */
  readonly bucketCount: number;
  /** Entries, including those that exist only as parents of others. */
  readonly entryCount: number;
  readonly recordCount: number;
  /** Entries in the fullest bucket. */
  readonly largestBucket: number;
  readonly factsLength: number;
  readonly sumCount: number;
  readonly indexOffset: number;
  readonly entriesOffset: number;
  readonly entriesLength: number;
  readonly coldIndexOffset: number;
  readonly coldOffset: number;
  readonly coldLength: number;
  readonly fileLength: number;
}

/** The provider's details in the file, as JSON after the header. */
const factsSchema = z
  .object({
    provider: z.string(),
    region: z.enum(['cn-mainland', 'hk', 'overseas']),
    /** Unicode normal forms; they are entries as well. */
    defaultNames: z.array(z.string()).readonly(),
    /** The providers that cold rows name by their place in this list. */
    providers: z.array(z.string()).readonly(),
    /** Names the history of changes that the sequence counts; the control plane compares it. */
    mark: z.string(),
    /**
     * SHA-256 (with an Ed25519 signature) or SM3 (with SM2) of what decisions need and of what they do not, and the signature over
     * all: of a signed snapshot only.
     */
    hotSha256: z.string().optional(),
    coldSha256: z.string().optional(),
    hotSm3: z.string().optional(),
    coldSm3: z.string().optional(),
    signature: z.string().optional(),
  })
  .readonly();
export type SnapshotFacts = z.output<typeof factsSchema>;

/** The positions of a file's sections, computed from their lengths. */
export function placeSections(lengths: {
  readonly facts: number;
  readonly buckets: number;
  readonly entries: number;
  readonly cold: number;
}): Pick<
  SnapshotHeader,
  'indexOffset' | 'entriesOffset' | 'coldIndexOffset' | 'coldOffset' | 'fileLength' | 'sumCount'
> {
  const indexLength = 4 * (lengths.buckets + 1);
  const hotLength = roundUp(roundUp(indexLength, 8) + lengths.entries, chunkLength);
  const bodyLength = hotLength + roundUp(indexLength, 8) + lengths.cold;
  const sumCount = Math.ceil(bodyLength / chunkLength);
  const indexOffset = roundUp(headerLength + 4 * sumCount + lengths.facts, 4096);
  const coldIndexOffset = indexOffset + hotLength;
  return {
    indexOffset,
    entriesOffset: indexOffset + roundUp(indexLength, 8),
    coldIndexOffset,
    coldOffset: coldIndexOffset + roundUp(indexLength, 8),
    fileLength: indexOffset + bodyLength,
    sumCount,
  };
}

/** Header, sums and facts: everything before the index; `sumPreamble` completes it. */
export function encodePreamble(header: SnapshotHeader, sums: Uint32Array, facts: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(header.indexOffset);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint16(8, formatVersion, true);
  view.setUint16(10, headerLength, true);
  view.setUint32(12, chunkLength, true);
  setSafeInteger(view, 16, header.sequence);
  setSafeInteger(view, 24, header.builtAtMs);
  view.setUint32(32, header.key.k0, true);
  view.setUint32(36, header.key.k1, true);
  view.setUint32(40, header.bucketCount, true);
  view.setUint32(44, header.entryCount, true);
  view.setUint32(48, header.recordCount, true);
  view.setUint32(52, header.largestBucket, true);
  view.setUint32(56, header.sumCount, true);
  view.setUint32(60, header.factsLength, true);
  setSafeInteger(view, 64, header.indexOffset);
  setSafeInteger(view, 72, header.entriesOffset);
  setSafeInteger(view, 80, header.entriesLength);
  setSafeInteger(view, 88, header.coldIndexOffset);
  setSafeInteger(view, 96, header.coldOffset);
  setSafeInteger(view, 104, header.coldLength);
  setSafeInteger(view, 112, header.fileLength);
  sums.forEach((sum, place) => view.setUint32(headerLength + 4 * place, sum, true));
  bytes.set(facts, headerLength + 4 * sums.length);
  return bytes;
}

/** Writes the sum of a preamble, by which damage to it is found. */
export function sumPreamble(bytes: Uint8Array<ArrayBuffer>, crc32: Crc32): void {
  viewOf(bytes).setUint32(headerLength - 4, crc32(bytes, 0), true);
}

/** Length of the preamble, from the first `headerLength` bytes; null where this is no snapshot of this version. */
export function preambleLength(head: Uint8Array): number | null {
  if (head.length < headerLength || magic.some((byte, place) => head[place] !== byte)) return null;
  const view = viewOf(head);
  if (view.getUint16(8, true) !== formatVersion || view.getUint16(10, true) !== headerLength) return null;
  const length = safeIntegerAt(view, 64);
  // A damaged length must not make a reader ask for gigabytes; 4 bytes of sums stand for 64 KiB of file.
  return length >= headerLength && length <= 64 * 1024 * 1024 ? length : null;
}

/**
 * Reads and checks everything before the index.
 * @param preamble the file's first `preambleLength` bytes
 * @throws Fault `input.invalid` naming what is damaged
 */
export function decodePreamble(
  preamble: Uint8Array,
  crc32: Crc32,
): {
  readonly header: SnapshotHeader;
  readonly sums: Uint32Array;
  readonly facts: SnapshotFacts;
  /** Of the preamble; what lies beside the file names it by this. */
  readonly sum: number;
} {
  if (preambleLength(preamble) !== preamble.length) throw damaged('header');
  const view = viewOf(preamble);
  // `slice` of a Node buffer is no copy: its sum would be erased with it.
  const copy = new Uint8Array(preamble);
  copy.fill(0, headerLength - 4, headerLength);
  if (crc32(copy, 0) !== view.getUint32(headerLength - 4, true)) throw damaged('header');
  const header: SnapshotHeader = {
    sequence: safeIntegerAt(view, 16),
    builtAtMs: safeIntegerAt(view, 24),
    key: { k0: view.getUint32(32, true), k1: view.getUint32(36, true) },
    bucketCount: view.getUint32(40, true),
    entryCount: view.getUint32(44, true),
    recordCount: view.getUint32(48, true),
    largestBucket: view.getUint32(52, true),
    sumCount: view.getUint32(56, true),
    factsLength: view.getUint32(60, true),
    indexOffset: safeIntegerAt(view, 64),
    entriesOffset: safeIntegerAt(view, 72),
    entriesLength: safeIntegerAt(view, 80),
    coldIndexOffset: safeIntegerAt(view, 88),
    coldOffset: safeIntegerAt(view, 96),
    coldLength: safeIntegerAt(view, 104),
    fileLength: safeIntegerAt(view, 112),
  };
  const expected = placeSections({
    facts: header.factsLength,
    buckets: header.bucketCount,
    entries: header.entriesLength,
    cold: header.coldLength,
  });
  for (const [name, value] of Object.entries(expected)) {
    if (header[name as keyof typeof expected] !== value) throw damaged(name);
  }
  if (view.getUint32(12, true) !== chunkLength || !isPowerOfTwo(header.bucketCount)) throw damaged('header');
  if (header.largestBucket > largestBucketAllowed) throw damaged('largestBucket');
  const sums = Uint32Array.from({ length: header.sumCount }, (_, place) =>
    view.getUint32(headerLength + 4 * place, true),
  );
  const factsOffset = headerLength + 4 * header.sumCount;
  const facts = readFacts(preamble.slice(factsOffset, factsOffset + header.factsLength));
  return { header, sums, facts, sum: view.getUint32(headerLength - 4, true) };
}

/** The sum was right, so whatever else is here was written so: by no builder of ours. */
function readFacts(bytes: Uint8Array): SnapshotFacts {
  try {
    return factsSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw damaged('facts');
  }
}

/** The refusal of a file whose bytes are not as they were written. */
export function damaged(where: string): Fault {
  return new Fault('input.invalid', {
    places: [
      {
        path: where,
        expected: 'expected the bytes as they were written: the file is damaged or cut short',
        expectedZh: '文件已损坏或不完整，内容应与写入时一致',
      },
    ],
  });
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function setSafeInteger(view: DataView, at: number, value: number): void {
  view.setUint32(at, value >>> 0, true);
  view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
}

function safeIntegerAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
