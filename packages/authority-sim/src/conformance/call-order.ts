import type { LoggedCall } from '../v3/call-log.ts';

/** Calls that belong together by a key, in their order, so that what came after one is found without looking at all others. */
export class CallOrder {
  readonly #keyOf: (call: LoggedCall) => string;
  readonly #together = new Map<string, LoggedCall[]>();
  readonly #places = new Map<number, number>();

  constructor(calls: readonly LoggedCall[], keyOf: (call: LoggedCall) => string) {
    this.#keyOf = keyOf;
    for (const call of calls) {
      const key = keyOf(call);
      const same = this.#together.get(key) ?? [];
      this.#places.set(call.n, same.length);
      same.push(call);
      this.#together.set(key, same);
    }
  }

  /** The first that came after a call and is as wanted. */
  findAfter(call: LoggedCall, isWanted: (other: LoggedCall) => boolean = () => true): LoggedCall | undefined {
    const same = this.#together.get(this.#keyOf(call)) ?? [];
    for (let place = this.#placeAfter(call); place < same.length; place += 1) {
      const other = same[place];
      if (other !== undefined && isWanted(other)) return other;
    }
    return undefined;
  }

  /** The next so many. */
  next(call: LoggedCall, count: number): readonly LoggedCall[] {
    const place = this.#placeAfter(call);
    return (this.#together.get(this.#keyOf(call)) ?? []).slice(place, place + count);
  }

  #placeAfter({ n }: LoggedCall): number {
    return (this.#places.get(n) ?? -1) + 1;
  }
}
