import { readSync } from 'node:fs';
import { type Inventory, inventorySchema, type Resource, resourceSchema } from '@openbeian/model/eligibility';
import { placesOf } from '@openbeian/model/fault';
import { expectedAt, ioWords, type Lang } from '../../io/words.ts';
import type { Span } from './fleet-file.ts';
import { scannedResource, scanResource } from './scan-resource.ts';
import { fleetWords } from './words.ts';

/** A bad line: what is said of it comes behind the file's name and the line's number, which the span does not know. */
export class LineError extends Error {
  readonly line: number;
  readonly sayings: readonly string[];
  constructor(line: number, sayings: readonly string[]) {
    super(`line ${line}: ${sayings.join('; ')}`);
    this.line = line;
    this.sayings = sayings;
  }
}

/** What is done with the lines of a span. Lines count from 0; `row` is which of a line with several resources. */
export interface LineVisitor {
  /** The resource is used again for the next line: keep `keptResource` of it. */
  resource(resource: Resource, line: number, row: number | null): void;
  /** A line that is a fragment of an inventory; its resources come one by one. */
  fragment?(fragment: Inventory, line: number): void;
  /** May the line that begins here be left out? Asked before it is read. */
  skips?(bytes: Buffer, from: number): boolean;
}

/** What a span's lines were: how many, and whether the quick reader read them all. */
export interface SpanLines {
  readonly lines: number;
  readonly plain: boolean;
}

const lineFeed = 0x0a;
let buffer = Buffer.allocUnsafe(0);

/**
 * Reads the lines of a span: each is a resource, or a fragment of an inventory with `accounts`, `viewer` or `resources`.
 * @throws LineError for the first bad line.
 */
export function visitLines(fd: number, span: Span, lang: Lang, visitor: LineVisitor): SpanLines {
  if (span.tooLong) throw new LineError(0, [fleetWords.lineTooLong[lang]]);
  const end = readSpan(fd, span);
  const bytes = buffer;
  let line = 0;
  let plain = true;
  const byteOrderMark = span.from === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  for (let from = byteOrderMark ? 3 : 0; from < end; line += 1) {
    const skips = visitor.skips?.(bytes, from) === true;
    let to = skips ? -1 : scanResource(bytes, from);
    if (to >= 0) visitor.resource(scannedResource, line, null);
    else {
      to = bytes.indexOf(lineFeed, from);
      if (!skips) {
        plain = false;
        visitOther(bytes.subarray(from, to), line, lang, visitor);
      }
    }
    from = to + 1;
  }
  return { lines: line, plain };
}

/** Fills the buffer; returns where the span ends in it, behind the line feed that its last line may have lacked. */
function readSpan(fd: number, { from, to }: Span): number {
  const length = to - from;
  if (buffer.length < length + 1) buffer = Buffer.allocUnsafe(length + 1);
  let filled = 0;
  while (filled < length) {
    const read = readSync(fd, buffer, filled, length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  if (filled === 0 || buffer[filled - 1] === lineFeed) return filled;
  buffer[filled] = lineFeed;
  return filled + 1;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line that the quick reader leaves to the schema. */
function visitOther(bytes: Uint8Array, line: number, lang: Lang, visitor: LineVisitor): void {
  const value = valueOf(bytes, line, lang);
  if (value === undefined) return;
  if (typeof value === 'object' && value !== null && 'provider' in value) {
    const parsed = resourceSchema.safeParse(value);
    if (parsed.success) return visitor.resource(parsed.data, line, null);
    return refuse(parsed.error, line, lang);
  }
  // A fragment may leave out its resources: a line with the accounts, or with the viewer.
  const whole = typeof value === 'object' && value !== null ? { resources: [], ...value } : value;
  const parsed = inventorySchema.safeParse(whole);
  if (!parsed.success) return refuse(parsed.error, line, lang);
  visitor.fragment?.(parsed.data, line);
  for (const [row, resource] of parsed.data.resources.entries()) visitor.resource(resource, line, row);
}

/** The line's value; undefined for a blank line. */
function valueOf(bytes: Uint8Array, line: number, lang: Lang): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new LineError(line, [ioWords.expectedUtf8[lang]]);
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LineError(line, [fleetWords.expectedObject(reason)[lang]]);
  }
}

function refuse(error: Parameters<typeof placesOf>[0], line: number, lang: Lang): never {
  throw new LineError(
    line,
    placesOf(error).map((place) => `${place.path}: ${expectedAt(place)[lang]}`),
  );
}
