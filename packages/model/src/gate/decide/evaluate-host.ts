import type { Day } from '../../calendar/index.ts';
import { asciiName, type Host, readHostHeader } from '../../domain-name/index.ts';
import { dayNumber } from '../snapshot/gate-row.ts';
import { beginHash, hashSoFar, hashWord, newHashState } from '../snapshot/name-hash.ts';
import { findSuffix, type NameTable } from '../snapshot/name-table.ts';
import { findOver, newSuffix } from '../snapshot/overlay.ts';
import { entryHead, flagAbove, flagMore, moreSplit } from '../snapshot/snapshot-layout.ts';
import { decisionOf, type GateContext, type GateDecision, type GateReason, stronger } from './decide.ts';
import { type HostText, readPlainHost, writeHost } from './plain-host.ts';

/** Who asks, and when. */
export interface Asking {
  readonly outsideMainland: boolean;
  /** Today in Shanghai, in days since 1970-01-01. */
  readonly day: number;
  /** As `GateContext` has it. */
  readonly anyNumberSuffices?: boolean | undefined;
}

/**
 * Why a host may or may not be served, from the binary snapshot: the same answer as `decideHost` gives by the records
 * themselves. There is one walk, from the host's end: each label's beginning completes a suffix, whose entry says whether longer
 * names are on file at all. Plain hosts go into it as they are; others are read by the rules of names first. Never throws.
 */
export function evaluateHost(host: string, table: NameTable, asking: Asking): GateReason {
  if (readPlainHost(host, text) && walk(table, anyRegistrable)) {
    return asking.outsideMainland ? 'exempt_region' : reasonFound(asking);
  }
  const read = readHostHeader(host);
  if (read.kind === 'malformed') return 'malformed_host';
  if (read.kind !== 'name') return 'exempt_ip_literal';
  if (asking.outsideMainland) return 'exempt_region';
  writeHost(asciiName(read.host) ?? '', text);
  walk(table, registrableLength(read));
  return reasonFound(asking);
}

/** As `decideHost`, by a table. */
export function decideByTable(
  host: string,
  table: NameTable,
  at: Day,
  { outsideMainland, blockPage, anyNumberSuffices = false }: Omit<GateContext, 'provider' | 'defaultNames'>,
): GateDecision {
  const asking = { outsideMainland, day: dayNumber(at), anyNumberSuffices };
  return decisionOf(host, evaluateHost(host, table, asking), blockPage);
}

const dot = 46;
/** Room for the longest name, and then some. */
const text: HostText = { bytes: new Uint8Array(256), end: 0 };
const hash = newHashState();
const suffix = newSuffix(text.bytes);

/** States and graces that the walk has met: of a website's record above or at the host, and of an APP's for exactly the host. */
const found = { cover: 0, coverGrace: 0, exact: 0, exactGrace: 0 };

/** The public suffix list was not asked; where it divides what is below a record, the walk ends without an answer. */
const anyRegistrable = 0;

/** Bytes of the part of the host that is, or would have to be, filed; -1 where nothing can be. */
function registrableLength({ registrableName }: Host): number {
  return registrableName === null ? -1 : (asciiName(registrableName) ?? '').length;
}

/**
 * Walks the host in `text` from its end and leaves what it meets in `found`.
 * @param registrable how long the part of the host is that websites are filed under
 * @returns false where only the public suffix list can say
 */
function walk(table: NameTable, registrable: number): boolean {
  const { bytes, end } = text;
  found.cover = 0;
  found.coverGrace = 0;
  found.exact = 0;
  found.exactGrace = 0;
  suffix.end = end;
  beginHash(hash, table.header.key);
  let word = 0;
  let shift = 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    const char = bytes[at] as number;
    if (char === dot) {
      suffix.start = at + 1;
      suffix.hash = hashSoFar(hash, word | ((end - at - 1) << 24));
      const next = visit(table, registrable);
      if (next !== goOn) return next === stop;
    }
    word |= char << shift;
    shift += 8;
    if (shift < 32) continue;
    hashWord(hash, word);
    word = 0;
    shift = 0;
  }
  suffix.start = 0;
  suffix.hash = hashSoFar(hash, word | (end << 24));
  return visit(table, registrable) !== onlyTheList;
}

const goOn = 0;
const stop = 1;
const onlyTheList = 2;

/** Takes what the entry of `suffix` says, if there is one, and says whether longer names are on file. */
function visit(table: NameTable, registrable: number): typeof goOn | typeof stop | typeof onlyTheList {
  const { entries, overlay } = table;
  const { start, end } = suffix;
  let bytes = entries;
  let at = overlay === null ? 0 : findOver(overlay, suffix);
  let flags: number;
  // Where the bits and the two days are, and whether they are there at all.
  let bits: number;
  let days: number;
  let hasMore = true;
  if (at !== 0 && overlay !== null) {
    ({ bytes } = overlay);
    flags = bytes[at + 9] as number;
    bits = at + 10;
    days = at + 12;
  } else {
    at = findSuffix(table, suffix);
    if (at < 0) return stop;
    flags = bytes[at + 2] as number;
    bits = at + entryHead + end - start;
    days = bits + 1;
    hasMore = (flags & flagMore) !== 0;
  }
  const cover = flags & 0x07;
  if (cover !== 0 && (cover === providersOwn || registrable === anyRegistrable || end - start === registrable)) {
    found.cover = cover;
    found.coverGrace = hasMore ? (bytes[days] as number) | ((bytes[days + 1] as number) << 8) : 0;
  }
  if (start === 0 && (flags & 0x38) !== 0) {
    found.exact = (flags & 0x38) >>> 3;
    found.exactGrace = hasMore ? (bytes[days + 2] as number) | ((bytes[days + 3] as number) << 8) : 0;
  }
  const isDivided = start !== 0 && hasMore && ((bytes[bits] as number) & moreSplit) !== 0;
  if (isDivided && registrable === anyRegistrable) return onlyTheList;
  return (flags & flagAbove) !== 0 && found.cover !== providersOwn ? goOn : stop;
}

/** The state of the provider's own names: what is below them is exempt, whatever else is on record. */
const providersOwn = 6;

const reasonOfState = [
  'unfiled',
  'filed_here',
  'access_missing',
  'cancelled',
  'suspended',
  'blacklisted',
  'exempt_provider_name',
] as const satisfies readonly GateReason[];

/**
 * A website's record (of the registrable name) and an APP's (of exactly this name) are independent
 * (docs/sources.md OTHER-CLOUDS): either opens the name, and an order of the authority against either closes it.
 */
function reasonFound(asking: Asking): GateReason {
  const { cover, exact } = found;
  const website =
    cover === filedElsewhere ? reasonElsewhere(found.coverGrace, asking) : (reasonOfState[cover] ?? 'unfiled');
  if (exact === 0 || cover === providersOwn) return website;
  const app =
    exact === filedElsewhere ? reasonElsewhere(found.exactGrace, asking) : (reasonOfState[exact] ?? 'unfiled');
  return stronger(website, app);
}

/** The state of a record that this provider does not access. */
const filedElsewhere = 2;

function reasonElsewhere(grace: number, { day, anyNumberSuffices }: Asking): GateReason {
  if (anyNumberSuffices === true) return 'filed_elsewhere';
  return day <= grace ? 'grace' : 'access_missing';
}
