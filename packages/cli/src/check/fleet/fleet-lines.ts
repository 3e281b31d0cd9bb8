import { readSync } from 'node:fs';
import { type Inventory, inventorySchema, type Resource, resourceSchema } from '@openbeian/model/eligibility';
import { parseSafely, placesOf } from '@openbeian/model/fault';
import { expectedAt, ioWords, type Lang } from '../../io/words.ts';
import { PaddedBytes, paddingBytes } from './byte-texts.ts';
import type { Span } from './fleet-file.ts';
import { ResourceScanner } from './scan-resource.ts';
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

/** What is done with the lines of a span. */
export interface LineVisitor {
  /** The resource is used again for the next line: keep `keptResource` of it. */
  resource(resource: Resource, place: LinePlace): void;
  /** A line that is a fragment of an inventory; its resources come one by one. `line` counts from 0. */
  fragment?(fragment: Inventory, line: number): void;
  /** May the line that begins here be left out? Asked before it is read. */
  skips?(bytes: Buffer, from: number): boolean;
}

/** Where a resource is in its span; one object for all, changed by the next one. */
interface LinePlace {
  /** Counted from 0. */
  readonly line: number;
  /** Which of a line with several resources. */
  readonly row: number | null;
  /** In bytes from the beginning of the file to the line. */
  readonly offset: number;
}

/** What a span's lines were: how many, and whether the quick reader read them all. */
export interface SpanLines {
  readonly lines: number;
  readonly plain: boolean;
}

const lineFeed = 0x0a;
/** Nearly every line fits in. */
const oneLineBytes = 1 << 11;

/** Reads the lines of a fleet's file, for one thread. */
export class FleetLines {
  readonly #fd: number;
  readonly #lang: Lang;
  readonly #scanner = new ResourceScanner();
  #span = PaddedBytes.ofSize(0);
  #one = PaddedBytes.ofSize(oneLineBytes);

  constructor(fd: number, lang: Lang) {
    this.#fd = fd;
    this.#lang = lang;
  }

  /**
   * Reads the lines of a span: each is a resource, or a fragment of an inventory with `accounts`, `viewer` or `resources`.
   * @throws LineError for the first bad line.
   */
  visit(span: Span, visitor: LineVisitor): SpanLines {
    const lang = this.#lang;
    if (span.tooLong) throw new LineError(0, [fleetWords.lineTooLong[lang]]);
    const end = this.#readSpan(span);
    const { bytes } = this.#span;
    const scanner = this.#scanner;
    scanner.open(this.#span);
    const place = { line: 0, row: null as number | null, offset: 0 };
    let plain = true;
    const byteOrderMark = span.from === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    for (let from = byteOrderMark ? 3 : 0; from < end; place.line += 1) {
      place.offset = span.from + from;
      const skips = visitor.skips?.(bytes, from) === true;
      let to = skips ? -1 : scanner.scan(from);
      if (to >= 0) visitor.resource(scanner.line, place);
      else {
        to = bytes.indexOf(lineFeed, from);
        if (!skips) {
          plain = false;
          visitOther(bytes.subarray(from, to), place, lang, visitor);
        }
      }
      from = to + 1;
    }
    return { lines: place.line, plain };
  }

  /** The resource, to be kept, of a line that was read before; null: the line is a fragment. Not while a span is being read. */
  resourceAt(offset: number): Resource | null {
    const end = this.#readOne(offset);
    const { bytes } = this.#one;
    this.#scanner.open(this.#one);
    if (this.#scanner.scan(0) >= 0) return this.#scanner.line.copy();
    let found: Resource | null = null;
    visitOther(bytes.subarray(0, end - 1), { line: 0, row: null, offset }, this.#lang, {
      resource: (it, { row }) => {
        if (row === null) found = it;
      },
    });
    return found;
  }

  /** Fills the buffer; returns where the span ends in it, behind the line feed that its last line may have lacked. */
  #readSpan({ from, to }: Span): number {
    const length = to - from;
    if (this.#span.bytes.length < length + 1 + paddingBytes) this.#span = PaddedBytes.ofSize(length + 1);
    const { bytes } = this.#span;
    let end = this.#readInto(bytes, { from: 0, to: length }, from);
    if (end > 0 && bytes[end - 1] !== lineFeed) {
      bytes[end] = lineFeed;
      end += 1;
    }
    this.#span.pad(end);
    return end;
  }

  /** The same of one line. */
  #readOne(offset: number): number {
    for (let filled = 0; ; ) {
      const room = this.#one.bytes.length - paddingBytes - 1;
      const { bytes } = this.#one;
      const read = this.#readInto(bytes, { from: filled, to: room }, offset + filled);
      const found = bytes.subarray(0, read).indexOf(lineFeed, filled);
      if (found >= 0 || read < room) {
        const last = found < 0 ? read : found;
        bytes[last] = lineFeed;
        this.#one.pad(last + 1);
        return last + 1;
      }
      filled = read;
      this.#one = PaddedBytes.ofSize(2 * room);
      bytes.copy(this.#one.bytes, 0, 0, filled);
    }
  }

  /** Fills this part of the bytes with what the file has from `offset` on, and returns up to where. */
  #readInto(bytes: Buffer, { from, to }: { from: number; to: number }, offset: number): number {
    let filled = from;
    while (filled < to) {
      const read = readSync(this.#fd, bytes, filled, to - filled, offset + filled - from);
      if (read === 0) break;
      filled += read;
    }
    return filled;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line that the quick reader leaves to the schema. */
function visitOther(bytes: Uint8Array, place: LinePlace, lang: Lang, visitor: LineVisitor): void {
  const { line, offset } = place;
  const value = valueOf(bytes, line, lang);
  if (value === undefined) return;
  if (typeof value === 'object' && value !== null && !isFragment(value)) {
    const parsed = parseSafely(resourceSchema, value);
    if (parsed.success) return visitor.resource(parsed.data, place);
    return refuse(parsed.error, line, lang);
  }
  // A fragment may leave out its resources: a line with the accounts, or with the viewer.
  const whole = typeof value === 'object' && value !== null ? { resources: [], ...value } : value;
  const parsed = parseSafely(inventorySchema, whole);
  if (!parsed.success) return refuse(parsed.error, line, lang);
  visitor.fragment?.(parsed.data, line);
  for (const [row, resource] of parsed.data.resources.entries()) visitor.resource(resource, { line, row, offset });
}

/** A line without any key of an inventory's is a resource, whatever is missing in it. */
const isFragment = (value: object): boolean =>
  Array.isArray(value) || (!('provider' in value) && Object.keys(value).some((key) => key in inventorySchema.shape));

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
