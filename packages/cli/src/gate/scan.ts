import type { GateDecision, GateReason } from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import type { Lang } from '../io/read-document.ts';
import type { BothTexts } from '../io/words.ts';
import { formatNames, givenFormat } from './log/given-format.ts';
import { boundedLines, openLog, PackedLog } from './log/open-log.ts';
import { type Candidates, recogniseLines } from './log/recognise.ts';
import { type SortedLines, sortLines } from './log/sort-lines.ts';
import { createTally, type Tally } from './scan-tally.ts';
import type { ScannedName } from './scan-traffic.ts';
import { scanWords } from './words.ts';

/** What `gate scan` reports. */
export interface ScanReport {
  /** How the lines were read, the format of most lines first. */
  readonly readAs: readonly ReadAs[];
  readonly totals: {
    readonly lines: number;
    readonly requests: number;
    readonly bytes: number;
    readonly byReason: Partial<Record<GateReason, number>>;
    readonly malformedLines: number;
    /** Line numbers of the first of them. */
    readonly firstMalformed: readonly number[];
    /** Requests for unserved names beyond the most that are counted separately. */
    readonly beyondLimit: number;
  };
  /** Lines that name no host, as a share of all that are no remarks, with the first three. */
  readonly unnamed: { readonly share: number; readonly examples: readonly UnnamedLine[] };
  readonly nameCount: number;
  /** The names that are not served, most requests first, made one by one. */
  names(most?: number): Iterable<ScannedName>;
}

interface ReadAs {
  readonly format: string;
  /** The field, key or column that held the host. */
  readonly host: BothTexts;
  /** Others that held names as well: whether these were meant, only people can tell. */
  readonly others: readonly BothTexts[];
  readonly lines: number;
}

interface UnnamedLine {
  readonly line: number;
  /** Its first 200 characters, without control characters. */
  readonly text: string;
}

export interface ScanOptions {
  /** A format's name, or the proxy's own format string; otherwise it is recognised. */
  readonly format?: string | undefined;
  /** The field, key or column that holds the host. */
  readonly field?: string | undefined;
  /** Names that are counted separately at most. */
  readonly limit?: number | undefined;
  /** Read on as the log grows, until this is aborted. */
  readonly follow?: AbortSignal | undefined;
  readonly onUnserved?: ((decision: GateDecision) => void) | undefined;
}

/**
 * Reads a log or a list of hosts as a stream (`-` is standard input; gzip and Zstandard are recognised) and sums up what is
 * not served.
 * @throws InputError when it cannot be read, or when no line of it names a domain.
 */
export async function scanLog(
  file: string,
  lang: Lang,
  decide: (host: string) => GateDecision,
  options: ScanOptions = {},
): Promise<ScanReport> {
  const { field = null, limit, follow, onUnserved } = options;
  const candidates = candidatesOf(options, lang);
  const tally = createTally({ decide, limit, onUnserved });
  const unnamed: UnnamedLine[] = [];
  let [lines, blankLines, malformedLines] = [0, 0, 0];
  const sorted = sortLines((sample) => recogniseLines(sample, field, candidates), {
    entry: tally.count,
    unnamed: (line, text) => {
      malformedLines++;
      keepFirst(unnamed, line, text);
    },
  });
  try {
    for await (const some of boundedLines(await openLog(file, follow ?? null))) {
      if (some === null) sorted.settle();
      else
        for (const text of some) {
          lines++;
          const line = text.endsWith('\r') ? text.slice(0, -1) : text;
          if (line === '' || line.trim() === '') blankLines++;
          else sorted.add(line, lines);
        }
    }
    sorted.settle();
  } catch (cause) {
    if (cause instanceof PackedLog) throw new InputError(scanWords.packed(file, cause.form)[lang]);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(scanWords.cannotRead(file, lines + 1, why)[lang]);
  }
  const readAs = readAsOf(sorted);
  const written = tally.requests + malformedLines;
  if (tally.named === 0 && written > 0)
    throw new InputError(whyNoNames(file, { tally, unnamed, readAs, options })[lang]);
  const { requests, bytes, byReason, beyondLimit, nameCount, names } = tally;
  const firstMalformed = unnamed.map(({ line }) => line);
  return {
    readAs,
    totals: { lines, requests, bytes, byReason, malformedLines, firstMalformed, beyondLimit },
    unnamed: { share: written === 0 ? 0 : malformedLines / written, examples: unnamed.slice(0, 3) },
    nameCount,
    names,
  };
}

function candidatesOf({ format, field }: ScanOptions, lang: Lang): Candidates | undefined {
  if (format === undefined) return undefined;
  const given = givenFormat(format, field ?? null);
  if (given === 'unknown') throw new InputError(scanWords.unknownFormat(format, formatNames)[lang]);
  if (given === 'no_host') throw new InputError(scanWords.formatWithoutHost(format)[lang]);
  return given;
}

const firstKept = 10;

/** Lines may come out of order: some waited until their format was known. */
function keepFirst(unnamed: UnnamedLine[], line: number, text: string): void {
  const last = unnamed.at(-1);
  if (unnamed.length >= firstKept && last !== undefined && line > last.line) return;
  // Control characters would move the cursor of whoever reads the report.
  const shown = text.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '·');
  unnamed.push({ line, text: Buffer.from(shown).toString() });
  unnamed.sort((a, b) => a.line - b.line);
  unnamed.length = Math.min(unnamed.length, firstKept);
}

/** Two readers of one format are said once. */
function readAsOf(sorted: SortedLines): readonly ReadAs[] {
  const found = new Map<string, ReadAs>();
  for (const { reader, lines } of sorted.readers()) {
    const { format, host, others } = reader;
    const key = `${format} ${host.en}`;
    found.set(key, { format, host, others, lines: lines + (found.get(key)?.lines ?? 0) });
  }
  return [...found.values()].filter(({ lines }) => lines > 0).toSorted((a, b) => b.lines - a.lines);
}

function whyNoNames(
  file: string,
  {
    tally,
    unnamed,
    readAs,
    options,
  }: {
    readonly tally: Tally;
    readonly unnamed: readonly UnnamedLine[];
    readonly readAs: readonly ReadAs[];
    readonly options: ScanOptions;
  },
): BothTexts {
  const [first] = unnamed;
  const [read] = readAs;
  if (read !== undefined && tally.requests > 0) return scanWords.onlyAddresses(file, read);
  const given = options.format !== undefined || options.field !== undefined;
  return given ? scanWords.notOfFormat(file, first) : scanWords.noHosts(file, first);
}
