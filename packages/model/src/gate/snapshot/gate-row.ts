import { addDays, type Day, daysBetween } from '../../calendar/index.ts';
import { asciiName, normaliseHost } from '../../domain-name/index.ts';
import { Fault } from '../../fault/index.ts';
import type { GateRecord } from '../records.ts';
import { entryHead, entryMore, flagMore, moreSplit, stateCode } from './snapshot-layout.ts';
import { splitNames } from './split-names.ts';

/** A record for a snapshot; its name in the normal form. */
export type GateRow = GateRecord;

const epoch = '1970-01-01';
const latestDay = 0xffff;

/** A day as the file counts it: days since 1970-01-01; 0 for none and for what is over, the latest for all beyond 2149. */
export function dayNumber(day: Day | undefined): number {
  if (day === undefined) return 0;
  return Math.min(Math.max(daysBetween(epoch, day), 0), latestDay);
}

function dayOfNumber(number: number): Day | undefined {
  return number === 0 ? undefined : addDays(epoch, number);
}

/**
 * The name as entries hold it: ASCII, lower case.
 * @throws Fault `input.invalid` for a name that no record can have: a public suffix, or below a registrable name where
 * the record is no APP's.
 */
export function entryName(name: string, exact: boolean): string {
  const read = normaliseHost(name);
  const ascii = read.kind === 'name' && read.registrableName !== null ? asciiName(read.host) : null;
  if (ascii === null || read.host !== name || !(exact || read.host === read.registrableName)) {
    throw new Fault('input.invalid', {
      places: [
        {
          path: name,
          expected: 'expected a registrable name in its normal form (an APP’s may have more levels)',
          expectedZh: '应为规范形式的可注册域名（APP 的域名可以更长）',
        },
      ],
    });
  }
  return ascii;
}

/** The state of a record before the clock has its say: what a grace period does depends on the day. */
export function stateOf(row: GateRow, provider: string): number {
  return stateCode[row.state ?? (row.accesses.includes(provider) ? 'filed_here' : 'access_missing')];
}

/** Writes an entry without its fingerprint (first byte) and answers its length. */
export function writeEntry(
  into: Uint8Array,
  entry: {
    readonly name: string;
    readonly flags: number;
    readonly coverGrace: number;
    readonly exactGrace: number;
  },
): number {
  const { name } = entry;
  const split = splitNames.has(name);
  const more = split || entry.coverGrace > 0 || entry.exactGrace > 0;
  into[1] = name.length;
  into[2] = more ? entry.flags | flagMore : entry.flags;
  for (let at = 0; at < name.length; at += 1) into[entryHead + at] = name.charCodeAt(at);
  const end = entryHead + name.length;
  if (!more) return end;
  into[end] = split ? moreSplit : 0;
  into[end + 1] = entry.coverGrace & 0xff;
  into[end + 2] = entry.coverGrace >>> 8;
  into[end + 3] = entry.exactGrace & 0xff;
  into[end + 4] = entry.exactGrace >>> 8;
  return end + entryMore;
}

/** The details of a record in a cold row; read on demand only. */
export interface ColdRow {
  readonly number: string;
  readonly accesses: readonly string[];
  readonly since?: Day;
  readonly graceUntil?: Day;
}

const utf8 = new TextEncoder();

/** A cold row: length, since, grace, how many accesses, which, and the number as UTF-8. */
export function encodeColdRow(row: GateRow, providerAt: (provider: string) => number): Uint8Array<ArrayBuffer> {
  const number = utf8.encode(row.number);
  const bytes = new Uint8Array(7 + 2 * row.accesses.length + number.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, bytes.length - 2, true);
  view.setUint16(2, dayNumber(row.since), true);
  view.setUint16(4, dayNumber(row.graceUntil), true);
  bytes[6] = row.accesses.length;
  row.accesses.forEach((provider, place) => view.setUint16(7 + 2 * place, providerAt(provider), true));
  bytes.set(number, 7 + 2 * row.accesses.length);
  return bytes;
}

/** Reads the cold row at `at`; `next` is where the following one begins. */
export function decodeColdRow(
  bytes: Uint8Array,
  at: number,
  providers: readonly string[],
): { readonly row: ColdRow; readonly next: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const next = at + 2 + view.getUint16(at, true);
  const since = dayOfNumber(view.getUint16(at + 2, true));
  const graceUntil = dayOfNumber(view.getUint16(at + 4, true));
  const count = bytes[at + 6] ?? 0;
  const accesses = Array.from(
    { length: count },
    (_, place) => providers[view.getUint16(at + 7 + 2 * place, true)] ?? '',
  );
  const number = new TextDecoder().decode(bytes.slice(at + 7 + 2 * count, next));
  return { row: { number, accesses, ...(since && { since }), ...(graceUntil && { graceUntil }) }, next };
}
