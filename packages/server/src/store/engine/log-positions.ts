/**
 * A place in the primary's log of changes, as PostgreSQL writes it: two hexadecimal halves, `16/B374D848`. Whoever has replayed the
 * log up to it has all that was committed before.
 */
const form = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;

/** As a number that can be compared; null for what is no position. */
export function parsePosition(text: string): bigint | null {
  const [, high, low] = form.exec(text) ?? [];
  if (high === undefined || low === undefined) return null;
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

interface Mark {
  /** When it was asked for, before the answer: whatever was acknowledged until then is at or before the position. */
  readonly askedMs: number;
  readonly position: bigint;
}

/** More than any bound on staleness, so that the lag can be told beyond the bound. */
const keptMs = 120_000;

/**
 * Where the primary's log was at which time of this process. Time is taken from one clock only, and a primary that writes nothing
 * stays where it is: a replica that has replayed all of it lacks nothing, however long ago the last change was.
 */
export class LogPositions {
  #marks: Mark[] = [];

  /** @param askedMs of a clock that never goes back */
  note(askedMs: number, position: bigint): void {
    this.#marks.push({ askedMs, position });
    const kept = this.#marks.findIndex((mark) => askedMs - mark.askedMs <= keptMs);
    if (kept > 0) this.#marks.splice(0, kept);
  }

  /** Another primary's positions say nothing about this one's. */
  forget(): void {
    this.#marks = [];
  }

  /** What a replica must have replayed to lack nothing that was acknowledged `maxLagMs` ago; null where nobody asked since. */
  neededAt(nowMs: number, maxLagMs: number): bigint | null {
    return this.#marks.find(({ askedMs }) => nowMs - askedMs <= maxLagMs)?.position ?? null;
  }

  /** How old the newest change may be that a replica at this position lacks, at most; null where that is not known. */
  lagMsAt(nowMs: number, replayed: bigint): number | null {
    const newest = this.#marks.findLast(({ position }) => position <= replayed);
    return newest === undefined ? null : nowMs - newest.askedMs;
  }
}
