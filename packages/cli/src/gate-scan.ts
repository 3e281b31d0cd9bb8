import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { GateDecision, GateOutcome, GateReason } from '@openbeian/model/gate';
import { boundedLines, readScannedLine } from './gate-scan-lines.ts';
import { InputError } from './input.ts';
import type { Lang } from './read-document.ts';

/** Traffic of one name that is not served. */
interface ScannedName {
  /** The registrable name in Unicode; null for hosts without one, which are counted together by reason. */
  readonly name: string | null;
  readonly outcome: GateOutcome;
  readonly reason: GateReason;
  requests: number;
  bytes: number;
  /** Of all requests that were read, 0 to 1. */
  share: number;
  /** Some of the hosts that were asked for, at most five, as written. */
  readonly hosts: string[];
  firstSeenAt: string | null;
  lastSeenAt: string | null;
}

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
    /** Requests for unserved names beyond the most that are told apart. */
    readonly beyondLimit: number;
  };
  /** The names that are not served, most requests first. */
  readonly names: readonly ScannedName[];
}

interface Traffic extends ScannedName {
  firstMs: number;
  lastMs: number;
}

/** Names and hosts come from strangers, so neither may fill the memory. */
const mostNames = 200_000;
const mostRemembered = 50_000;

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
  const names = new Map<string, Traffic>();
  const remembered = new Map<string, GateDecision>();
  const byReason: Partial<Record<GateReason, number>> = {};
  const firstMalformed: number[] = [];
  let [lines, requests, bytes, malformedLines, beyondLimit] = [0, 0, 0, 0, 0];

  function decideOnce(host: string): GateDecision {
    let decision = remembered.get(host);
    if (decision === undefined) {
      // A copy: the text is a piece of the chunk that was read, and would keep all of that in memory.
      decision = decide(Buffer.from(host).toString());
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(decision.host, decision);
    }
    return decision;
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
    const { host, outcome, reason, filingDomain } = decideOnce(read.host);
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    if (outcome === 'allow') return;
    const key = filingDomain ?? ` ${reason}`;
    let traffic = names.get(key);
    if (traffic === undefined) {
      if (names.size >= limit) {
        beyondLimit++;
        return;
      }
      const none = { requests: 0, bytes: 0, share: 0, hosts: [], firstSeenAt: null, lastSeenAt: null };
      traffic = { name: filingDomain, outcome, reason, ...none, firstMs: Infinity, lastMs: -Infinity };
      names.set(key, traffic);
    }
    traffic.requests++;
    traffic.bytes += read.bytes;
    if (traffic.hosts.length < 5 && !traffic.hosts.includes(host)) traffic.hosts.push(host.slice(0, 300));
    if (read.atMs === null) return;
    traffic.firstMs = Math.min(traffic.firstMs, read.atMs);
    traffic.lastMs = Math.max(traffic.lastMs, read.atMs);
  }

  try {
    for await (const some of boundedLines(await unzipped(file))) for (const line of some) take(line);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      lang === 'zh'
        ? `${file}：第 ${lines + 1} 行起无法读取（${why}）`
        : `${file}:${lines + 1}: cannot be read (${why})`,
    );
  }
  if (requests === 0 && malformedLines > 0) {
    throw new InputError(
      lang === 'zh'
        ? `${file}:${firstMalformed[0]}：没有一行能读出主机名；应为域名列表、以 $host 开头的 combined 日志，或含 host 字段的 JSON 行`
        : `${file}:${firstMalformed[0]}: no line names a host; expected a list of hosts, combined logs with $host in front, or JSON lines with a field host`,
    );
  }
  const found = [...names.values()].sort((a, b) => b.requests - a.requests || b.bytes - a.bytes);
  return {
    totals: { lines, requests, bytes, byReason, malformedLines, firstMalformed, beyondLimit },
    names: found.map(({ firstMs, lastMs, ...name }) => ({
      ...name,
      share: name.requests / requests,
      firstSeenAt: Number.isFinite(firstMs) ? new Date(firstMs).toISOString() : null,
      lastSeenAt: Number.isFinite(lastMs) ? new Date(lastMs).toISOString() : null,
    })),
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
