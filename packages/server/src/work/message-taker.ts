import { isFault } from '@openbeian/model/fault';
import { keepUnreadable, keepWithoutId } from '../flows/authority/keep-unreadable.ts';
import { recordMessage, retryMessages } from '../flows/authority/record-message.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Most messages of one round. */
const batch = 20;
const mostRefused = 500;

/** How long one that failed waits at least. */
const firstRetryMs = 5_000;

type TakerOptions = Pick<WorkerOptions, 'pollMs' | 'askEveryMs' | 'onError'>;

/** Takes the authority's messages, apart from the other work: neither hand-overs that hang nor a sweep hold them up. */
export class MessageTaker {
  readonly #deps: FlowDeps;
  readonly #options: TakerOptions;
  readonly #rounds: Rounds;
  /** Messages whose acknowledgement the authority refuses; they come first in every batch, so as many more are asked for. */
  readonly #refused = new Set<string>();

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
    const messages = await this.#deps.authority.fetchMessages(batch + this.#refused.size);
    const before = this.#acknowledged;
    const acknowledged = new Set<string>();
    this.#acknowledged = acknowledged;
    let taken = 0;
    for (const message of messages) {
      // The rest comes again, to whoever goes on.
      if (this.#rounds.stopping) break;
      if (message.kind === 'unreadable' && message.withoutId === true) {
        // Parked for an operator, who has the authority take it back; until then it comes again and is passed over.
        if (await keepWithoutId(this.#deps, message, report)) taken += 1;
        continue;
      }
      if (message.kind === 'unreadable') await keepUnreadable(this.#deps, message, report);
      else await recordMessage(this.#deps, message, report);
      // Acknowledged only after the commit: a crash in between means that it comes again and is known.
      if (!(await this.#acknowledge(message.messageId, report))) continue;
      acknowledged.add(message.messageId);
      if (!before.has(message.messageId)) taken += 1;
    }
    return taken;
  }

  /** False for one whose acknowledgement is refused: it is known when it comes again, and no other message waits for it. */
  async #acknowledge(messageId: string, report: (error: unknown) => void): Promise<boolean> {
    try {
      await this.#deps.authority.acknowledge(messageId);
      this.#refused.delete(messageId);
      return true;
    } catch (error) {
      if (!isFault(error, 'authority.refused')) throw error;
      if (this.#refused.size < mostRefused) this.#refused.add(messageId);
      report(error);
      return false;
    }
  }
}
