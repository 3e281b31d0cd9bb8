import { type Listening, type WorkSignal, workSignals } from '../../ports/work-signals.ts';
import type { Channel } from './channel.ts';
import { SignalReceiver } from './signal-receiver.ts';

/**
 * Signals of one moment are sent together: a NOTIFY takes a lock of the whole server, so it is no part of the transaction that
 * wrote the work, and there are at most some forty of them a second.
 */
const togetherMs = 25;

/** Tells of work that was committed: this process at once, others by the channel where there is one. */
export class WorkSignals {
  readonly #channel: Channel | null;
  readonly #listeners = new Set<(signal: WorkSignal) => void>();
  readonly #unsent = new Set<WorkSignal>();
  #sending: NodeJS.Timeout | null = null;
  #receiver: SignalReceiver | null = null;

  constructor(channel: Channel | null) {
    this.#channel = channel;
  }

  tell(signals: Iterable<WorkSignal>): void {
    for (const signal of signals) {
      this.#hear(signal);
      if (this.#channel !== null) this.#unsent.add(signal);
    }
    if (this.#unsent.size > 0) this.#sending ??= setTimeout(() => this.#send(), togetherMs);
  }

  listen(onSignal: (signal: WorkSignal) => void): Listening {
    this.#listeners.add(onSignal);
    if (this.#channel !== null) this.#receiver ??= new SignalReceiver(this.#channel, (text) => this.#receive(text));
    const receiver = this.#receiver;
    return {
      // Without a channel there is no other process.
      isHeard: () => receiver === null || receiver.isHeard,
      stop: () => void this.#listeners.delete(onSignal),
    };
  }

  close(): void {
    if (this.#sending !== null) clearTimeout(this.#sending);
    this.#receiver?.close();
  }

  #send(): void {
    const text = [...this.#unsent].join(' ');
    this.#unsent.clear();
    this.#sending = null;
    // Whoever misses it asks by itself a little later.
    this.#channel?.send(text).catch(() => {});
  }

  /** Null: a new session, and nobody knows what was missed before it. */
  #receive(text: string | null): void {
    for (const signal of workSignals) if (text === null || text.split(' ').includes(signal)) this.#hear(signal);
  }

  #hear(signal: WorkSignal): void {
    for (const listener of this.#listeners) listener(signal);
  }
}
