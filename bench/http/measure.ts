import type { Caller, Request } from './caller.ts';
import { processorMs } from './processor-time.ts';

/** What one turn took. */
export interface Turn {
  readonly requests: number;
  readonly seconds: number;
  readonly processorMs: number;
  /** Of each request, in milliseconds. */
  readonly tookMs: readonly number[];
}

/** A side that is asked: the server or its peer. */
export interface Side {
  readonly callers: readonly Caller[];
  readonly pid: number;
  readonly postmaster: number;
}

/** One of the answers that are looked at afterwards, so that looking takes nothing from the server. */
export interface Sampled {
  readonly kind: string;
  readonly body: string;
}
const sampledEvery = 41;

/** Questions that wait to be asked, by whoever comes first; null: none is left. */
export type Next = (caller: number) => { readonly kind: string; readonly request: Request } | null;

/** All callers ask at once, each one after the other, until there is nothing left to ask. */
export async function takeTurn(
  { callers, pid, postmaster }: Side,
  next: Next,
  sampled: Sampled[],
): Promise<Turn & { readonly byKind: ReadonlyMap<string, number[]> }> {
  const tookMs: number[] = [];
  const byKind = new Map<string, number[]>();
  const [begunMs, begunProcessorMs] = [performance.now(), processorMs(pid, postmaster)];
  const lane = async (caller: Caller, index: number) => {
    for (let asked = next(index); asked !== null; asked = next(index)) {
      const askedMs = performance.now();
      const body = await caller.ask(asked.request);
      const ms = performance.now() - askedMs;
      tookMs.push(ms);
      const known = byKind.get(asked.kind);
      if (known === undefined) byKind.set(asked.kind, [ms]);
      else known.push(ms);
      if (tookMs.length % sampledEvery === 1) sampled.push({ kind: asked.kind, body: body.toString() });
    }
  };
  await Promise.all(callers.map(lane));
  const seconds = (performance.now() - begunMs) / 1000;
  return {
    requests: tookMs.length,
    seconds,
    processorMs: processorMs(pid, postmaster) - begunProcessorMs,
    tookMs,
    byKind,
  };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** @param share e.g. 0.95 */
function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly processorUs: number;
}

/** Of all turns of one side: the median of rates and of processor time, percentiles over all requests. */
export function figuresOf(turns: readonly Turn[]): Figures {
  const all = turns.flatMap(({ tookMs }) => tookMs);
  return {
    rate: median(turns.map(({ requests, seconds }) => requests / seconds)),
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    p99: percentile(all, 0.99),
    processorUs: median(turns.map(({ requests, processorMs: ms }) => (ms * 1000) / requests)),
  };
}
