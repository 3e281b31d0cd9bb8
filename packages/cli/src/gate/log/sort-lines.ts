import type { LineReader, LogEntry } from './line.ts';

/** Where lines go: those that name a host, and those that do not. */
interface Destination {
  entry(entry: LogEntry): void;
  unnamed(lineNumber: number, line: string): void;
}

export interface SortedLines {
  add(line: string, lineNumber: number): void;
  /** Decides the lines that waited for more of their kind. */
  settle(): void;
  /** The readers found so far, with how many lines each has read. */
  readers(): readonly { readonly reader: LineReader; readonly lines: number }[];
}

/** Enough to see what the values of a field are. */
const sampleLines = 500;
const sampleChars = 2_000_000;

/**
 * Gives each line to the reader of its format. Lines that none can read wait until there are enough of them to be recognised,
 * so that a format that begins in the middle of a log is found as well.
 */
export function sortLines(
  recognise: (lines: readonly string[]) => readonly LineReader[],
  to: Destination,
): SortedLines {
  const readers: LineReader[] = [];
  const counts: number[] = [];
  let waiting: { readonly line: string; readonly lineNumber: number }[] = [];
  let [chars, attempts] = [0, 0];

  /** Whether some reader knows this format. */
  function read(line: string, lineNumber: number): boolean {
    for (const [index, reader] of readers.entries()) {
      const entry = reader.read(line);
      if (entry === undefined) continue;
      if (entry === 'heading') return true;
      if (entry === null) to.unnamed(lineNumber, line);
      else to.entry(entry);
      counts[index] = (counts[index] ?? 0) + 1;
      return true;
    }
    return false;
  }

  function settle(): void {
    const unread = waiting;
    [waiting, chars] = [[], 0];
    if (unread.length === 0) return;
    attempts++;
    // Recognition stops after so many lines.
    const found = attempts > 50 ? [] : recognise(unread.map(({ line }) => line));
    readers.push(...found);
    for (const { line, lineNumber } of unread) {
      if (found.length > 0 && read(line, lineNumber)) continue;
      if (!isComment(line)) to.unnamed(lineNumber, line);
    }
  }

  return {
    add(line, lineNumber) {
      if (readers.length > 0 && read(line, lineNumber)) return;
      if (readers.length > 0 && isComment(line)) return;
      waiting.push({ line, lineNumber });
      chars += line.length;
      if (waiting.length >= sampleLines || chars >= sampleChars) settle();
    },
    settle,
    readers: () => readers.map((reader, index) => ({ reader, lines: counts[index] ?? 0 })),
  };
}

/** Headings of W3C logs and remarks in lists ask for nothing. */
function isComment(line: string): boolean {
  return line.startsWith('#');
}
