import { columnReader } from './columns.ts';
import { type Envelope, envelopes, shippers } from './envelopes.ts';
import { csvHeading, headedReader, w3cHeading } from './header-lines.ts';
import type { LineReader } from './line.ts';
import { listReader } from './list.ts';
import { textFormats } from './named-formats.ts';
import { jsonLines, logfmt, ltsv, rowReader } from './row-readers.ts';
import { likenessOf } from './values.ts';

/** Ways to read some lines; `field` is the one that holds the host, if given. */
export type Candidates = (lines: readonly string[], field: string | null) => readonly (LineReader | null)[];

const mostReaders = 6;

/**
 * Finds how lines are to be read by what their values are. Several formats may be mixed, as where logs of two programs were
 * put together; envelopes of containers and syslog are opened first.
 */
export function recogniseLines(
  lines: readonly string[],
  field: string | null,
  candidates: Candidates = anyFormat,
): readonly LineReader[] {
  const readers: LineReader[] = [];
  let rest = lines.filter((line) => line.trim() !== '');
  while (rest.length > 0 && readers.length < mostReaders) {
    const found = envelopedReaders(rest, field, candidates) ?? best(rest, candidates(rest, field));
    if (found.length === 0) break;
    readers.push(...found);
    const left = rest.filter((line) => found.every((reader) => reader.read(line) === undefined));
    if (left.length === rest.length) break;
    rest = left;
  }
  return readers;
}

/** Where most lines have one envelope, what is inside counts: the envelope's own names are of machines. */
function envelopedReaders(
  lines: readonly string[],
  field: string | null,
  candidates: Candidates,
): readonly LineReader[] | null {
  const envelope = envelopes.find(({ open }) => lines.filter((line) => open(line) !== null).length * 2 > lines.length);
  return envelope === undefined ? null : openedReaders(envelope, lines, { field, candidates });
}

function openedReaders(
  envelope: Envelope,
  lines: readonly string[],
  { field, candidates }: { readonly field: string | null; readonly candidates: Candidates },
): readonly LineReader[] {
  const inner = lines.flatMap((line) => envelope.open(line) ?? []);
  return recogniseLines(inner, field, candidates).map((reader) => within(envelope, reader));
}

function within({ name, open }: Envelope, reader: LineReader): LineReader {
  return {
    ...reader,
    format: `${reader.format} (${name})`,
    read: (line) => {
      const inner = open(line);
      return inner === null ? undefined : reader.read(inner);
    },
  };
}

/** All ways to read these lines that find a host in some. */
const anyFormat: Candidates = (lines, field) => {
  return [
    w3c(lines, field),
    ...jsonReaders(lines, field),
    ...(field === null ? textFormats.map(({ reader }) => reader) : []),
    rowReader(ltsv, lines, field),
    csv(lines, field),
    rowReader(logfmt, lines, field),
    columnReader(lines, field),
    field === null && lines.some((line) => namesByItself(line)) ? listReader : null,
  ];
};

export function w3c(lines: readonly string[], field: string | null): LineReader | null {
  const headings = lines.flatMap((line) => w3cHeading(line) ?? []);
  const last = headings.at(-1);
  return last === undefined ? null : headedReader(last, lines, field);
}

export function csv(lines: readonly string[], field: string | null): LineReader | null {
  const heading = csvHeading(lines[0] ?? '');
  return heading === null ? null : headedReader(heading, lines.slice(1), field);
}

/** JSON by its keys; where these may be a machine's, the line that a shipper put into it goes first. */
export function jsonReaders(lines: readonly string[], field: string | null): readonly LineReader[] {
  const objects = lines.filter((line) => jsonLines.row(line) !== null);
  if (objects.length === 0) return [];
  const own = rowReader(jsonLines, objects, field);
  if (own !== null && own.rank >= 8) return [own];
  const opened = shippers.flatMap((shipper) => openedReaders(shipper, objects, { field, candidates: anyFormat }));
  return own === null ? opened : [...opened, own];
}

function namesByItself(line: string): boolean {
  const entry = listReader.read(line);
  return (
    typeof entry === 'object' &&
    entry !== null &&
    !line.startsWith('{') &&
    (likenessOf(entry.host) !== 'other' || !/\s/.test(line.trim()))
  );
}

/** The reader that names most hosts; of equals the first. Several only where a shipper carries several formats. */
function best(lines: readonly string[], readers: readonly (LineReader | null)[]): readonly LineReader[] {
  let [most, found]: [number, LineReader | null] = [0, null];
  for (const reader of readers) {
    if (reader === null) continue;
    const named = lines.reduce((sum, line) => sum + worth(reader, line), 0);
    if (named > most) [most, found] = [named, reader];
  }
  if (found === null) return [];
  const chosen = found;
  return [readers.find((reader) => reader !== null && isMoreFitting(reader, chosen, lines)) ?? chosen];
}

/**
 * Whether a named format names hosts on lines of its own, which columns would only claim for another format's sake. It goes
 * first then, and leaves the lines that the columns name.
 */
function isMoreFitting(reader: LineReader, chosen: LineReader, lines: readonly string[]): boolean {
  if (!chosen.format.startsWith('columns') || !textFormats.some((each) => each.reader === reader)) return false;
  const own = lines.filter((line) => reader.read(line) !== undefined);
  return own.some((line) => worth(reader, line) === 1) && own.every((line) => worth(chosen, line) < 1);
}

/** A single word counts as an entry of a list only where no other format fits. */
function worth(reader: LineReader, line: string): number {
  const entry = reader.read(line);
  if (entry === 'heading') return reader === listReader ? 0 : 0.01;
  if (typeof entry !== 'object' || entry === null) return 0;
  const likeness = likenessOf(entry.host);
  // An address in a column may as well be the visitor's.
  if (likeness === 'address') return reader.format.startsWith('columns') ? 0 : 0.0001;
  if (likeness !== 'other') return 1;
  return reader === listReader ? 0.001 : 0;
}
