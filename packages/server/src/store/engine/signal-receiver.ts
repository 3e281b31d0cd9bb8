import { randomUUID } from 'node:crypto';
import type { Channel } from './channel.ts';

/** How often it is tried out whether anything arrives. */
const probeEveryMs = 20_000;
const arrivesWithinMs = 5_000;
const firstRetryMs = 1_000;
const longestRetryMs = 300_000;
const probePrefix = 'probe:';

/**
 * Holds a session that hears signals. It counts as heard only while what other sessions send does arrive: a pooler that hands
 * out sessions per transaction takes LISTEN and delivers nothing, and a dead connection says nothing either.
 */
export class SignalReceiver {
  readonly #channel: Channel;
  readonly #onText: (text: string | null) => void;
  #session: { close(): void } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #retryMs = firstRetryMs;
  /** What was sent to see whether it arrives. */
  #probe: string | null = null;
  isHeard = false;

  constructor(channel: Channel, onText: (text: string | null) => void) {
    this.#channel = channel;
    this.#onText = onText;
    void this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  async #open(): Promise<void> {
    try {
      const session = await this.#channel.open(
        (text) => this.#hear(text),
        () => this.#lose(),
      );
      if (this.#isClosed) return session.close();
      this.#session = session;
      this.#sendProbe();
    } catch {
      this.#lose();
    }
  }

  #hear(text: string): void {
    if (!text.startsWith(probePrefix)) return this.#onText(text);
    if (text !== this.#probe) return;
    this.#probe = null;
    this.#retryMs = firstRetryMs;
    const wasDeaf = !this.isHeard;
    this.isHeard = true;
    if (wasDeaf) this.#onText(null);
    this.#later(probeEveryMs, () => this.#sendProbe());
  }

  #sendProbe(): void {
    this.#probe = `${probePrefix}${randomUUID()}`;
    this.#later(arrivesWithinMs, () => this.#lose());
    this.#channel.send(this.#probe).catch(() => this.#lose());
  }

  #lose(): void {
    if (this.#isClosed) return;
    this.#end();
    this.#later(this.#retryMs, () => void this.#open());
    this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
  }

  #end(): void {
    const session = this.#session;
    this.#session = null;
    this.#probe = null;
    this.isHeard = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    session?.close();
  }

  #later(waitMs: number, work: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(work, waitMs);
    this.#timer.unref();
  }
}
