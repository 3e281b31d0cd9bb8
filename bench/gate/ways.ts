import { median } from '../shared/figures.ts';
import { usedMs } from '../shared/processes.ts';
import { wrk } from './wrk.ts';

/** One of several ways to the same answer, which take turns. */
export interface Way {
  readonly name: string;
  readonly url: string;
  /** The header with the host. */
  readonly header: string;
  readonly hosts: readonly string[];
  /** Process ids by what they are in this way: nginx's workers, then the server that is asked; empty for none. */
  readonly processes: () => readonly (readonly number[])[];
}

/** What one way did in one round. */
interface Round {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Processor time of a request, in microseconds, of each kind of process. */
  readonly costUs: readonly number[];
}

/** What all of them did. */
export interface Compared {
  readonly rounds: ReadonlyMap<Way, readonly Round[]>;
  /** A median over the rounds. */
  middle(way: Way, of: (round: Round) => number): number;
  /** Requests a second of one way to those of the other, round by round: the median, and of processor time the other way round. */
  ratio(one: Way, other: Way): string;
}

/** How they are asked. */
export interface Comparing {
  readonly folder: string;
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
}

/**
 * Asks all of them in turn, in another order each round, so that what else the machine does meets all; a short round before counts
 * for nothing.
 */
export async function compare(
  ways: readonly Way[],
  { folder, rounds: count, ...asking }: Comparing,
): Promise<Compared> {
  const rounds = new Map<Way, Round[]>(ways.map((way) => [way, []]));
  for (let round = -1; round < count; round += 1) {
    for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
      const before = way.processes().map(usedMs);
      const { url, header, hosts } = way;
      const found = await wrk(folder, { url, header, hosts, ...asking, seconds: round < 0 ? 1 : asking.seconds });
      if (found.troubles > 0) throw new Error(`${way.name}: ${found.troubles} requests failed`);
      if (round < 0) continue;
      const requests = found.perSecond * asking.seconds;
      const costUs = way.processes().map((pids, kind) => (1000 * (usedMs(pids) - (before[kind] ?? 0))) / requests);
      rounds.get(way)?.push({ perSecond: found.perSecond, p99Ms: found.p99Ms, costUs });
    }
  }
  const of = (way: Way) => rounds.get(way) ?? [];
  const cost = ({ costUs }: Round) => costUs.reduce((sum, us) => sum + us, 0);
  return {
    rounds,
    middle: (way, value) => median(of(way).map(value)),
    ratio(one, other) {
      const pairs = of(one).map((round, at) => [round, of(other)[at] ?? round] as const);
      const speed = median(pairs.map(([a, b]) => a.perSecond / b.perSecond));
      const work = median(pairs.map(([a, b]) => cost(b) / cost(a)));
      return `${speed.toFixed(2)} in requests/s, ${work.toFixed(2)} by processor time`;
    },
  };
}
