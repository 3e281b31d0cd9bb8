import { isFault } from '@openbeian/model/fault';
import { keepUnreadable, keepWithoutId } from '../flows/authority/keep-unreadable.ts';
import { recordMessage, retryMessages } from '../flows/authority/record-message.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Most messages of one round. */
const batch = 20;
const mostRefused = 500;

type TakerOptions = Pick<WorkerOptions, 'pollMs' | 'onError'>;

/** Takes the authority's messages, apart from the other work: neither hand-overs that hang nor a sweep hold them up. */
export class MessageTaker {
  readonly #deps: FlowDeps;
  readonly #options: TakerOptions;
  readonly #rounds: Rounds;
  /** Messages whose acknowledgement the authority refuses; they come first in every batch, so as many more are asked for. */
  readonly #refused = new Set<string>();

  constructor(deps: FlowDeps, options: TakerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.tick(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** @returns how many were taken, or tried again */
  async tick(): Promise<number> {
    const taken = await guarded(this.#options, 'messages', () => this.#take());
    const again = await guarded(this.#options, 'messages', () =>
      retryMessages(this.#deps, reporterOf(this.#options, 'messages')),
    );
    return taken + again;
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the present round. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #take(): Promise<number> {
    const report = reporterOf(this.#options, 'messages');
    const messages = await this.#deps.authority.fetchMessages(batch + this.#refused.size);
    let taken = 0;
    for (const message of messages) {
      if (message.kind === 'unreadable' && message.withoutId === true) {
        // Parked for an operator, who has the authority take it back; until then it comes again and is passed over.
        if (await keepWithoutId(this.#deps, message, report)) taken += 1;
        continue;
      }
      if (message.kind === 'unreadable') await keepUnreadable(this.#deps, message, report);
      else await recordMessage(this.#deps, message, report);
      // Acknowledged only after the commit: a crash in between means that it comes again and is known.
      if (await this.#acknowledge(message.messageId, report)) taken += 1;
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
