import type { GateOutcome, GateReason } from '@openbeian/model/gate';

/** Traffic of one name that is not served. */
export interface ScannedName {
  /** The registrable name in Unicode; null for hosts without one, which are counted together by reason. */
  readonly name: string | null;
  readonly outcome: GateOutcome;
  readonly reason: GateReason;
  readonly requests: number;
  readonly bytes: number;
  /** Of all requests that were read, 0 to 1. */
  readonly share: number;
  /** Some of the hosts that were asked for, at most five, as written. */
  readonly hosts: readonly string[];
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
}

/** What is not served and by whom it was asked for. */
export interface Traffic {
  readonly size: number;
  /** The number of a name, for `count`; null beyond the most that are counted separately. */
  numberOf(name: string | null, outcome: GateOutcome, reason: GateReason): number | null;
  /** One host of this name. */
  addHost(number: number, host: string): void;
  count(number: number, bytes: number, atMs: number | null): void;
  /** The first names, most requests first; made one by one. @param requests of all names, for the share */
  names(requests: number, most?: number): Generator<ScannedName>;
}

const mostHosts = 5;

/**
 * Sums by name. Sums are kept as columns of numbers and names as texts, not as an object for each name: a first inventory
 * has hundreds of thousands of them.
 */
export function createTraffic(limit: number): Traffic {
  const numbers = new Map<string, number>();
  const firstHost: string[] = [];
  const moreHosts = new Map<number, string[]>();
  let columns = Array.from({ length: 4 }, () => new Float64Array(1024)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  // Names of one reason share what is said of them.
  const kinds = new Map<string, { readonly outcome: GateOutcome; readonly reason: GateReason }>();
  const names: (string | null)[] = [];
  const kindOf: { readonly outcome: GateOutcome; readonly reason: GateReason }[] = [];

  function grow(): void {
    columns = columns.map((column) => {
      const wider = new Float64Array(column.length * 2);
      wider.set(column);
      return wider;
    }) as typeof columns;
  }

  function nameAt(number: number, requests: number): ScannedName {
    const [asked, bytes, firstMs, lastMs] = columns.map((column) => column[number] as number) as [
      number,
      number,
      number,
      number,
    ];
    const timeOf = (ms: number) => (ms === 0 ? null : new Date(ms).toISOString());
    return {
      name: names[number] ?? null,
      ...(kindOf[number] as (typeof kindOf)[number]),
      requests: asked,
      bytes,
      share: asked / requests,
      hosts: [firstHost[number] ?? '', ...(moreHosts.get(number) ?? [])],
      firstSeenAt: timeOf(firstMs),
      lastSeenAt: timeOf(lastMs),
    };
  }

  return {
    get size() {
      return names.length;
    },
    numberOf(name, outcome, reason) {
      const key = name ?? ` ${reason}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = names.length;
      if (number >= limit) return null;
      if (number === columns[0].length) grow();
      numbers.set(key, number);
      names.push(name);
      const kind = kinds.get(reason) ?? { outcome, reason };
      kinds.set(reason, kind);
      kindOf.push(kind);
      return number;
    },
    addHost(number, host) {
      const text = host.slice(0, 300);
      const first = firstHost[number];
      if (first === undefined) firstHost[number] = text;
      const more = moreHosts.get(number) ?? [];
      if (first === undefined || first === text || more.includes(text) || more.length + 1 >= mostHosts) return;
      more.push(text);
      moreHosts.set(number, more);
    },
    count(number, bytes, atMs) {
      const [asked, sent, first, last] = columns;
      asked[number] = (asked[number] as number) + 1;
      sent[number] = (sent[number] as number) + bytes;
      if (atMs === null || atMs === 0) return;
      first[number] = first[number] === 0 ? atMs : Math.min(first[number] as number, atMs);
      last[number] = last[number] === 0 ? atMs : Math.max(last[number] as number, atMs);
    },
    *names(requests, most = names.length) {
      const [asked, bytes] = columns;
      const order = Uint32Array.from(names, (_, number) => number).sort(
        (a, b) => (asked[b] as number) - (asked[a] as number) || (bytes[b] as number) - (bytes[a] as number),
      );
      for (const number of order.subarray(0, most)) yield nameAt(number, requests);
    },
  };
}
