import type { GateDecision, GateReason } from '@openbeian/model/gate';
import type { LogEntry } from './log/line.ts';
import { createTraffic, type ScannedName } from './scan-traffic.ts';

/** Names and hosts come from strangers, so neither may fill the memory. */
const mostNames = 200_000;
const mostRemembered = 50_000;

/** What was decided of a host; `number` is that of its name's traffic. */
interface Remembered {
  readonly number: number | null;
  readonly reason: GateReason;
  readonly isServed: boolean;
  readonly hasName: boolean;
}

/** Sums up what requests ask for. */
export interface Tally {
  readonly requests: number;
  readonly bytes: number;
  readonly byReason: Partial<Record<GateReason, number>>;
  /** Requests for unserved names beyond the most that are counted separately. */
  readonly beyondLimit: number;
  /** Requests whose host is a name, and no address. */
  readonly named: number;
  readonly nameCount: number;
  count(entry: LogEntry): void;
  names(most?: number): Iterable<ScannedName>;
}

interface TallyOptions {
  readonly decide: (host: string) => GateDecision;
  readonly limit?: number | undefined;
  /** Told of each host that is not served, once. */
  readonly onUnserved?: ((decision: GateDecision) => void) | undefined;
}

export function createTally({ decide, limit = mostNames, onUnserved }: TallyOptions): Tally {
  const traffic = createTraffic(limit);
  const remembered = new Map<string, Remembered>();
  const byReason: Partial<Record<GateReason, number>> = {};
  let [requests, bytes, beyondLimit, named] = [0, 0, 0, 0];

  function decideOnce(text: string): Remembered {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    // A copy: the text is a piece of the chunk that was read, and would keep all of that in memory.
    const host = Buffer.from(text).toString();
    const decision = decide(host);
    const { outcome, reason, filingDomain } = decision;
    const isServed = outcome === 'allow';
    const before = traffic.size;
    const number = isServed ? null : traffic.numberOf(filingDomain, outcome, reason);
    if (number !== null) traffic.addHost(number, host);
    if (traffic.size > before) onUnserved?.(decision);
    const found = { number, reason, isServed, hasName: filingDomain !== null };
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(host, found);
    return found;
  }

  return {
    get requests() {
      return requests;
    },
    get bytes() {
      return bytes;
    },
    byReason,
    get beyondLimit() {
      return beyondLimit;
    },
    get named() {
      return named;
    },
    get nameCount() {
      return traffic.size;
    },
    count(entry) {
      requests++;
      bytes += entry.bytes;
      const { number, reason, isServed, hasName } = decideOnce(entry.host);
      byReason[reason] = (byReason[reason] ?? 0) + 1;
      if (hasName) named++;
      if (number !== null) traffic.count(number, entry.bytes, entry.atMs);
      else if (!isServed) beyondLimit++;
    },
    names: (most) => traffic.names(requests, most),
  };
}
