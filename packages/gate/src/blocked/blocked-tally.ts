import type { Host } from '@openbeian/model/domain-name';
import { type GateReason, gateReasons } from '@openbeian/model/gate';
import { FrequentNames, type NameCount } from './frequent-names.ts';

/** What one thread has blocked since it was asked last. */
export interface BlockedBatch {
  /** Requests that were blocked, whatever their names. */
  readonly total: number;
  /** Of them those for what is no name. */
  readonly malformed: number;
  /** By the name that is, or would have to be, filed. */
  readonly domains: readonly NameCount[];
  readonly hosts: readonly NameCount[];
  /** None of the counts is too low by more. */
  readonly tooLowBy: number;
}

/** How often threads hand over what they have counted. */
export const handOverEveryMs = 10_000;

const everything = Number.POSITIVE_INFINITY;

/** Counts which names are blocked, in a memory that does not grow with them: twice 1,024 of them at most. */
export class BlockedTally {
  #total = 0;
  #malformed = 0;
  readonly #domains = new FrequentNames();
  readonly #hosts = new FrequentNames();

  /** A request that was refused. Only what is certain counts: not that there is no snapshot to decide by. */
  count(read: Host, reason: GateReason): void {
    if (gateReasons[reason] !== 'block') return;
    this.#total += 1;
    if (read.kind !== 'name') {
      this.#malformed += 1;
      return;
    }
    const domain = read.registrableName ?? read.host;
    this.#domains.add(domain, reason);
    this.#hosts.add(read.host, reason);
  }

  add({ total, malformed, domains, hosts, tooLowBy }: BlockedBatch): void {
    this.#total += total;
    this.#malformed += malformed;
    this.#domains.merge(domains, tooLowBy);
    this.#hosts.merge(hosts, tooLowBy);
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** All that is in here; afterwards it is empty. */
  takeAll(): BlockedBatch {
    return this.take(everything, everything);
  }

  /**
   * The totals and the most frequent names; the others stay and go on being counted.
   * @param isLast they do not
   */
  take(mostDomains: number, mostHosts: number, isLast = false): BlockedBatch {
    const [total, malformed] = [this.#total, this.#malformed];
    this.#total = 0;
    this.#malformed = 0;
    const domains = this.#domains.take(mostDomains);
    const hosts = this.#hosts.take(mostHosts);
    if (isLast) {
      this.#domains.clear();
      this.#hosts.clear();
    }
    const tooLowBy = Math.max(this.#domains.takeLowered(), this.#hosts.takeLowered());
    return { total, malformed, domains, hosts, tooLowBy };
  }
}
