import { Fault } from '@openbeian/model/fault';

/** The clocks that are compared, in milliseconds. */
export interface ComparedClocks {
  /** This machine's time of day. */
  readonly nowMs: () => number;
  /** The database's time of day. */
  readonly databaseNowMs: () => Promise<number>;
  /** Counts on whatever anybody sets the time to. */
  readonly monotonicMs: () => number;
}

/** A deadline of hours is not moved by less; clocks kept by NTP differ by milliseconds. */
const toleratedMs = 60_000;
/** A change of the time of day by more is a jump: summer time or NTP never make one. */
const jumpMs = 10 * 60_000;
/** How long an operator has after a jump before deadlines are acted on by the new time. */
const holdMs = 15 * 60_000;
const minuteMs = 60_000;

/**
 * Says whether this machine's clock may be acted on where nothing can be undone: a clock that is months ahead would end every
 * draft at once. Both clocks must agree, and the time must not have jumped lately, which is all that can be noticed where
 * the database runs on the same machine.
 */
export class ClockGuard {
  readonly #clocks: ComparedClocks;
  #offsetMs: number;
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  #isWrong = false;

  constructor(clocks: ComparedClocks) {
    this.#clocks = clocks;
    this.#offsetMs = clocks.nowMs() - clocks.monotonicMs();
  }

  /** What `findFault` last found; false before it was asked. */
  get isWrong(): boolean {
    return this.#isWrong;
  }

  /** Null: the clock is right; otherwise the fault `clock.wrong`, which says what differs. */
  async findFault(): Promise<Fault | null> {
    const fault = await this.#compare();
    this.#isWrong = fault !== null;
    return fault;
  }

  async #compare(): Promise<Fault | null> {
    const { databaseNowMs, nowMs, monotonicMs } = this.#clocks;
    const theirs = await databaseNowMs();
    const ours = nowMs();
    const steady = monotonicMs();
    const jumped = ours - steady - this.#offsetMs;
    if (Math.abs(jumped) > jumpMs) {
      this.#offsetMs += jumped;
      this.#heldUntilMs = steady + holdMs;
    }
    const difference = ours - theirs;
    if (Math.abs(difference) > toleratedMs) return wrong(differs(difference));
    return steady < this.#heldUntilMs ? wrong(held) : null;
  }
}

const wrong = (detail: { readonly zh: string; readonly en: string }) => new Fault('clock.wrong', { detail });

function differs(differenceMs: number) {
  const minutes = Math.max(1, Math.round(Math.abs(differenceMs) / minuteMs));
  const [zh, en] = differenceMs > 0 ? ['快', 'ahead of'] : ['慢', 'behind'];
  return {
    zh: `本机时钟比数据库${zh} ${minutes} 分钟。`,
    en: `This machine's clock is ${minutes} min ${en} the database's.`,
  };
}

const held = {
  zh: `本机时间在 ${holdMs / minuteMs} 分钟内发生过跳变。`,
  en: `This machine's time jumped less than ${holdMs / minuteMs} min ago.`,
};
