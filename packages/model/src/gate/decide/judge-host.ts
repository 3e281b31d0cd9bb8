import type { Day } from '../../calendar/index.ts';
import { asciiName, readHostHeader } from '../../domain-name/index.ts';
import { dayNumber } from '../snapshot/gate-row.ts';
import { finishHash } from '../snapshot/name-hash.ts';
import { findCurrentEntry, type NameTable } from '../snapshot/name-table.ts';
import { findOver, type Overlay } from '../snapshot/overlay.ts';
import { entryHead, entryMore, flagAbove, flagMore, moreSplit } from '../snapshot/snapshot-layout.ts';
import { blockPageFor, type GateDecision, type GateReason, gateReasons, stronger } from './decide.ts';

/** Who asks, and when. */
export interface Asking {
  readonly outsideMainland: boolean;
  /** Today in Shanghai, in days since 1970-01-01. */
  readonly day: number;
}

/**
 * Why a host may or may not be served, from the binary snapshot: the same answer as `decideHost` gives by the records
 * themselves. Plain ASCII hosts are read here, once, from their end: each label's beginning completes a suffix, whose
 * entry says whether longer names are on file at all. Everything else goes the long way. Never throws.
 */
export function judgeHost(host: string, table: NameTable, asking: Asking): GateReason {
  return judgePlain(host, table, asking) ?? judgeSlowly(host, table, asking);
}

/** As `decideHost`, by a table. */
export function decideByTable(
  host: string,
  table: NameTable,
  at: Day,
  { outsideMainland, blockPage }: { readonly outsideMainland: boolean; readonly blockPage: string },
): GateDecision {
  const reason = judgeHost(host, table, { outsideMainland, day: dayNumber(at) });
  const outcome = gateReasons[reason];
  const read = readHostHeader(host);
  const redirect = outcome === 'allow' ? null : blockPageFor(read, reason, blockPage);
  return { host, outcome, reason, filingDomain: read.registrableName, redirect };
}

const dot = 46;
const hyphen = 45;

/** Null for hosts that are not plain: other characters, addresses, IDN, and whatever is malformed. */
function judgePlain(host: string, table: NameTable, asking: Asking): GateReason | null {
  const { index, entries, header, overlay } = table;
  const { key, bucketCount } = header;
  let end = host.length;
  // A port, as the Host header has it.
  if (end > 3 && end < 262) {
    let at = end - 1;
    let port = 0;
    let scale = 1;
    while (at > 0 && end - at < 7 && host.charCodeAt(at) >= 48 && host.charCodeAt(at) <= 57) {
      port += (host.charCodeAt(at) - 48) * scale;
      scale *= 10;
      at -= 1;
    }
    if (host.charCodeAt(at) === 58) {
      if (port > 65_535 || end - at > 6) return null;
      end = at;
    }
    if (host.charCodeAt(end - 1) === dot) end -= 1;
  }
  if (end < 1 || end > 253) return null;
  let v0 = key.k0 | 0;
  let v1 = key.k1 | 0;
  let v2 = key.k0 ^ 0x6c796765;
  let v3 = key.k1 ^ 0x74656462;
  let word = 0;
  let shift = 0;
  let labelEnd = end;
  let isOpen = true;
  let cover = 0;
  let coverGrace = 0;
  let exact = 0;
  let exactGrace = 0;
  for (let at = end - 1; at >= -1; at -= 1) {
    const char = at < 0 ? dot : host.charCodeAt(at);
    if (char >= 97 && char <= 122) {
      // Most characters are letters.
    } else if (char === dot) {
      const start = at + 1;
      const length = labelEnd - start;
      if (length < 1 || length > 63) return null;
      const first = host.charCodeAt(start);
      if (first === hyphen || host.charCodeAt(labelEnd - 1) === hyphen) return null;
      // A last label that begins with a digit may be an address; xn-- labels need their own check.
      if (labelEnd === end && first < 97) return null;
      if (first === 120 && host.startsWith('xn--', start)) return null;
      labelEnd = at;
      if (isOpen) {
        const hash = finishHash(v0, v1, v2, v3, word | ((end - start) << 24));
        const laidOver = overlay === null ? 0 : findOver(overlay, host, start, end, hash);
        const found = laidOver === 0 ? findIn(host, start, end, hash, index, entries, bucketCount) : laidOver;
        if (laidOver === 0 && found < 0) isOpen = false;
        else {
          const { bytes } = laidOver === 0 ? { bytes: entries } : (overlay as Overlay);
          const flags = bytes[found + (laidOver === 0 ? 2 : 9)] as number;
          // Where the bits and the two days are, and whether they are there at all.
          const bits = laidOver === 0 ? found + entryHead + end - start : found + 10;
          const days = laidOver === 0 ? bits + 1 : found + 12;
          const hasMore = laidOver !== 0 || (flags & flagMore) !== 0;
          if ((flags & 0x07) !== 0) {
            cover = flags & 0x07;
            coverGrace = hasMore ? (bytes[days] as number) | ((bytes[days + 1] as number) << 8) : 0;
          }
          if (at < 0 && (flags & 0x38) !== 0) {
            exact = (flags & 0x38) >>> 3;
            exactGrace = hasMore ? (bytes[days + 2] as number) | ((bytes[days + 3] as number) << 8) : 0;
          }
          if (at >= 0 && hasMore && ((bytes[bits] as number) & moreSplit) !== 0) return null;
          isOpen = (flags & flagAbove) !== 0 && cover !== 6;
        }
      }
      if (at < 0) break;
    } else if (!((char >= 48 && char <= 57) || char === hyphen)) {
      // Capitals are lowered once for all.
      return char >= 65 && char <= 90 ? judgePlain(host.toLowerCase(), table, asking) : null;
    }
    if (!isOpen) continue;
    // The same steps as in `hashName`, written out a second time: a call with four numbers that come back would make an object
    // of them for every four bytes of every host, and this walk is most of what a decision takes. `binary-snapshot.test.ts`
    // holds the two together: a walk that hashes otherwise finds nothing.
    word |= char << shift;
    shift += 8;
    if (shift < 32) continue;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
    word = 0;
    shift = 0;
  }
  if (asking.outsideMainland) return 'exempt_region';
  return verdictOf(cover, coverGrace, exact, exactGrace, asking.day);
}

/** Where the entry of a part of the host begins, or -1. Every byte is compared: a fingerprint alone proves nothing. */
function findIn(
  host: string,
  start: number,
  end: number,
  hash: number,
  index: Uint32Array,
  entries: Uint8Array,
  bucketCount: number,
): number {
  const bucket = hash & (bucketCount - 1);
  const stop = index[bucket + 1] as number;
  const length = end - start;
  const print = hash >>> 24;
  let at = index[bucket] as number;
  while (at < stop) {
    if (entries[at] === print && entries[at + 1] === length) {
      let same = 0;
      while (same < length && entries[at + entryHead + same] === host.charCodeAt(start + same)) same += 1;
      if (same === length) return at;
    }
    // An unsigned 32-bit number all along: else the engine counts in floating point.
    at =
      (at +
        entryHead +
        (entries[at + 1] as number) +
        (((entries[at + 2] as number) & flagMore) === 0 ? 0 : entryMore)) >>>
      0;
  }
  return -1;
}

function judgeSlowly(host: string, table: NameTable, asking: Asking): GateReason {
  const read = readHostHeader(host);
  if (read.kind === 'malformed') return 'malformed_host';
  if (read.kind !== 'name') return 'exempt_ip_literal';
  if (asking.outsideMainland) return 'exempt_region';
  const name = asciiName(read.host) ?? '';
  for (let from = 0; from >= 0; from = name.indexOf('.', from) + 1 || -1) {
    if (((findCurrentEntry(table, name.slice(from))?.flags ?? 0) & 0x07) === 6) return 'exempt_provider_name';
  }
  const registrable = read.registrableName === null ? null : asciiName(read.registrableName);
  const above = registrable === null ? null : findCurrentEntry(table, registrable);
  const self = findCurrentEntry(table, name);
  return verdictOf(
    (above?.flags ?? 0) & 0x07,
    above?.coverGrace ?? 0,
    ((self?.flags ?? 0) & 0x38) >>> 3,
    self?.exactGrace ?? 0,
    asking.day,
  );
}

const verdicts = [
  'unfiled',
  'filed_here',
  'access_missing',
  'cancelled',
  'suspended',
  'blacklisted',
  'exempt_provider_name',
] as const satisfies readonly GateReason[];

/**
 * A website's record (of the registrable name) and an APP's (of exactly this name) stand side by side
 * (docs/sources.md OTHER-CLOUDS): either opens the name, and an order of the authority against either closes it.
 */
function verdictOf(cover: number, coverGrace: number, exact: number, exactGrace: number, day: number): GateReason {
  const website = cover === 2 && day <= coverGrace ? 'grace' : (verdicts[cover] as GateReason);
  if (exact === 0 || cover === 6) return website;
  const app = exact === 2 && day <= exactGrace ? 'grace' : (verdicts[exact] as GateReason);
  return stronger(website, app);
}
