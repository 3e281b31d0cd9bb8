import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { GateDecision, GateReason } from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import type { Lang } from '../io/read-document.ts';
import { boundedLines, readScannedLine } from './scan-lines.ts';
import { createTraffic, type ScannedName } from './scan-traffic.ts';
import { scanWords } from './words.ts';

/** What `gate scan` reports. */
export interface ScanReport {
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
  readonly nameCount: number;
  /** The names that are not served, most requests first, made one by one. */
  names(most?: number): Iterable<ScannedName>;
}

/** Names and hosts come from strangers, so neither may fill the memory. */
const mostNames = 200_000;
const mostRemembered = 50_000;

/** What was decided of a host; `number` is that of its name's traffic. */
interface Remembered {
  readonly number: number | null;
  readonly reason: GateReason;
  readonly isServed: boolean;
}

/**
 * Reads a log or a list of hosts as a stream (`-` is standard input; gzip is recognised) and sums up what is not served.
 * @throws InputError when it cannot be read, or when no line of it names a host.
 */
export async function scanLog(
  file: string,
  lang: Lang,
  decide: (host: string) => GateDecision,
  limit = mostNames,
): Promise<ScanReport> {
  const traffic = createTraffic(limit);
  const remembered = new Map<string, Remembered>();
  const byReason: Partial<Record<GateReason, number>> = {};
  const firstMalformed: number[] = [];
  let [lines, requests, bytes, malformedLines, beyondLimit] = [0, 0, 0, 0, 0];

  function decideOnce(text: string): Remembered {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    // A copy: the text is a piece of the chunk that was read, and would keep all of that in memory.
    const host = Buffer.from(text).toString();
    const { outcome, reason, filingDomain } = decide(host);
    const number = outcome === 'allow' ? null : traffic.numberOf(filingDomain, outcome, reason);
    if (number !== null) traffic.addHost(number, host);
    const found = { number, reason, isServed: outcome === 'allow' };
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(host, found);
    return found;
  }

  function take(text: string): void {
    lines++;
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (line.trim() === '') return;
    const read = readScannedLine(line);
    if (read === null) {
      malformedLines++;
      if (firstMalformed.length < 10) firstMalformed.push(lines);
      return;
    }
    requests++;
    bytes += read.bytes;
    const { number, reason, isServed } = decideOnce(read.host);
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    if (number !== null) traffic.count(number, read.bytes, read.atMs);
    else if (!isServed) beyondLimit++;
  }

  try {
    for await (const some of boundedLines(await unzipped(file))) for (const line of some) take(line);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(scanWords.cannotRead(file, lines + 1, why)[lang]);
  }
  if (requests === 0 && malformedLines > 0) {
    throw new InputError(scanWords.noHosts(file, firstMalformed[0])[lang]);
  }
  return {
    totals: { lines, requests, bytes, byReason, malformedLines, firstMalformed, beyondLimit },
    nameCount: traffic.size,
    names: (most) => traffic.names(requests, most),
  };
}

/** The stream of a file or of standard input, unzipped where its first bytes are gzip's. */
async function unzipped(file: string): Promise<AsyncIterable<unknown>> {
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  const chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  async function* all(): AsyncGenerator<Buffer> {
    if (first.done) return;
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  const isGzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) return all();
  const zipped = Readable.from(all());
  const gunzip = createGunzip();
  zipped.on('error', (error) => gunzip.destroy(error));
  return zipped.pipe(gunzip);
}
