import { isFault } from '@openbeian/model/fault';
import { keepUnreadable, keepWithoutId } from '../flows/authority/keep-unreadable.ts';
import { recordMessage, retryMessages } from '../flows/authority/record-message.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Most messages of one round. */
const batch = 20;
const mostLeft = 500;
/** After so many in a row that could not be taken, the database or the authority is away. */
const mostInARow = 3;

/** How long one that failed waits at least. */
const firstRetryMs = 5_000;

type Taken = Awaited<ReturnType<FlowDeps['authority']['fetchMessages']>>[number];
type TakerOptions = Pick<WorkerOptions, 'pollMs' | 'askEveryMs' | 'onError'>;

/** Takes the authority's messages, apart from the other work: neither hand-overs that hang nor a sweep hold them up. */
export class MessageTaker {
  readonly #deps: FlowDeps;
  readonly #options: TakerOptions;
  readonly #rounds: Rounds;
  /**
   * Messages that could not be taken, or whose acknowledgement the authority refuses or leaves unanswered. They come first in every
   * batch, so as many more are asked for, and have their turn behind all others.
   */
  readonly #left = new Set<string>();

  /** Acknowledged in the last round. One that comes again all the same is no reason to ask again at once. */
  #acknowledged: ReadonlySet<string> = new Set();

  /** When it is looked for messages to try again: not in every round, since the authority is asked far more often. */
  #retryDueMs = Number.NEGATIVE_INFINITY;

  constructor(deps: FlowDeps, options: TakerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(
      () => this.#round(performance.now() >= this.#retryDueMs),
      options.askEveryMs ?? options.pollMs,
    );
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** @returns how many were taken, or tried again */
  tick(): Promise<number> {
    return this.#round(true);
  }

  /** An operator has messages tried again. */
  retryNow(): void {
    this.#retryDueMs = Number.NEGATIVE_INFINITY;
    this.#rounds.wake();
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the message that it is at. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #round(retries: boolean): Promise<number> {
    const taken = await guarded(this.#options, 'messages', () => this.#take());
    return retries ? taken + (await guarded(this.#options, 'messages', () => this.#retry())) : taken;
  }

  async #retry(): Promise<number> {
    const { pollMs } = this.#options;
    const again = await retryMessages(this.#deps, this.#report);
    if (again === 0) this.#retryDueMs = performance.now() + (typeof pollMs === 'number' ? pollMs : pollMs());
    return again;
  }

  readonly #report = (error: unknown): void => {
    this.#retryDueMs = Math.min(this.#retryDueMs, performance.now() + firstRetryMs);
    reporterOf(this.#options, 'messages')(error);
  };

  async #take(): Promise<number> {
    const report = this.#report;
    const messages = await this.#deps.authority.fetchMessages(batch + this.#left.size);
    const wasLeft = new Set(this.#left);
    const isLast = ({ messageId }: Taken) => Number(wasLeft.has(messageId));
    const before = this.#acknowledged;
    const acknowledged = new Set<string>();
    this.#acknowledged = acknowledged;
    let [taken, inARow] = [0, 0];
    for (const message of messages.toSorted((one, other) => isLast(one) - isLast(other))) {
      // The rest comes again, to whoever goes on.
      if (this.#rounds.stopping) break;
      try {
        const what = await this.#takeOne(message, report);
        this.#left.delete(message.messageId);
        inARow = 0;
        if (what === 'acknowledged') acknowledged.add(message.messageId);
        if (what === 'kept' || (what === 'acknowledged' && !before.has(message.messageId))) taken += 1;
      } catch (error) {
        if (this.#left.size < mostLeft) this.#left.add(message.messageId);
        // One that is refused says that the authority is there.
        inARow = isFault(error, 'authority.refused') ? 0 : inARow + 1;
        if (inARow === mostInARow) throw error;
        report(error);
      }
    }
    return taken;
  }

  /** @throws what keeps it from being kept, or acknowledged: it is known when it comes again, and no other message waits for it */
  async #takeOne(message: Taken, report: (error: unknown) => void): Promise<'acknowledged' | 'kept' | 'passed over'> {
    if (message.kind === 'unreadable' && message.withoutId === true) {
      // Parked for an operator, who has the authority take it back; until then it comes again and is passed over.
      return (await keepWithoutId(this.#deps, message, report)) ? 'kept' : 'passed over';
    }
    if (message.kind === 'unreadable') await keepUnreadable(this.#deps, message, report);
    else await recordMessage(this.#deps, message, report);
    // Acknowledged only after the commit: a crash in between means that it comes again and is known.
    await this.#deps.authority.acknowledge(message.messageId);
    return 'acknowledged';
  }
}
