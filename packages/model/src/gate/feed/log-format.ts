import type { Crc32 } from '../snapshot/snapshot-layout.ts';
import { type ChangeBatch, changesBehind, follows, parseChangesAnswer } from './change-batch.ts';

/*
 * The log of changes that a gate keeps beside its snapshot, byte by byte: docs/gate-snapshot.md. Each entry is one answer of the
 * control plane, as it came, so that its signature can be checked again.
 */

const magic = [0x4f, 0x42, 0x4c, 0x4f, 0x47, 0x0d, 0x0a, 0x00];
const headLength = 16;

/** An answer of the control plane as it came. */
export interface LoggedAnswer {
  readonly text: string;
  /** Base64; null where the control plane signs nothing. */
  readonly signature: string | null;
}

/** Begins a log for the snapshot with this sum. */
export function changeLogHead(baseSum: number, crc32: Crc32): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headLength);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, baseSum, true);
  view.setUint32(12, crc32(bytes.subarray(0, 12), 0), true);
  return bytes;
}

/** An entry of the log. */
export function changeLogEntry({ text, signature }: LoggedAnswer, crc32: Crc32): Uint8Array<ArrayBuffer> {
  const payload = new TextEncoder().encode(JSON.stringify({ answer: text, signature }));
  const bytes = new Uint8Array(8 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint32(4, crc32(payload, 0), true);
  bytes.set(payload, 8);
  return bytes;
}

/** What a log's entries are read with. */
export interface ChangeLogReading {
  readonly crc32: Crc32;
  /** Of the last change that is known already. */
  readonly after: number;
  /** Is the answer the control plane's? What is not ends the reading. */
  readonly isGenuine: (answer: LoggedAnswer) => boolean;
  /** Takes the changes that are not known yet. */
  readonly take: (batch: ChangeBatch) => void;
}

/**
 * Reads the log of the snapshot with this sum, up to the first entry that is torn, damaged, not genuine or does not follow.
 * @returns where the sound entries end; null for what is no log, or that of another snapshot
 */
export function readChangeLog(bytes: Uint8Array, baseSum: number, reading: ChangeLogReading): number | null {
  const { crc32, isGenuine, take } = reading;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOurs =
    bytes.length >= headLength &&
    magic.every((byte, place) => bytes[place] === byte) &&
    view.getUint32(8, true) === baseSum &&
    view.getUint32(12, true) === crc32(bytes.subarray(0, 12), 0);
  if (!isOurs) return null;
  let after = reading.after;
  let at = headLength;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at, true);
    const payload = bytes.subarray(at + 8, at + 8 + length);
    // Zeros are what a crash may leave where something was to be written.
    if (length === 0 || payload.length !== length || crc32(payload, 0) !== view.getUint32(at + 4, true)) break;
    const logged = loggedAnswer(payload);
    const answer = logged !== null && isGenuine(logged) ? batchOf(logged) : null;
    if (answer === null) break;
    // A snapshot may already contain the first ones; later none comes twice.
    const batch = after === reading.after ? changesBehind(answer, after) : follows(answer, after) ? answer : null;
    if (batch === null) break;
    if (batch.changes.length > 0) take(batch);
    after = batch.sequence;
    at += 8 + length;
  }
  return at;
}

function loggedAnswer(payload: Uint8Array): LoggedAnswer | null {
  try {
    const { answer, signature } = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    if (typeof answer !== 'string') return null;
    return { text: answer, signature: typeof signature === 'string' ? signature : null };
  } catch {
    return null;
  }
}

function batchOf({ text }: LoggedAnswer): ChangeBatch | null {
  try {
    return parseChangesAnswer(JSON.parse(text));
  } catch {
    return null;
  }
}
