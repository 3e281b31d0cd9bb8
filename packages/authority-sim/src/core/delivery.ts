import { seededChance, seededNumber, seededShuffle } from './seeded.ts';
import type { SimState } from './sim-state.ts';
import type { Message } from './words.ts';

/** How often each trouble happens in adversarial mode. */
const oddsOf = { late: 2, twiceAtOnce: 4, again: 4, unavailable: 6 } as const;
const longestDelayFetches = 3;

/**
 * Hands out the messages that wait. Calm: the oldest unacknowledged ones in order, until acknowledged.
 * Adversarial, as seeded: some are held back for up to three fetches, so that later ones overtake them; batches come in
 * any order; some messages are in a batch twice, and some come again after their acknowledgement; a call may fail
 * with 503 before or after it took effect, never more than twice in a row.
 * What this class remembers (how often was fetched) is not in the journal: after a restart lateness starts again.
 */
export class Delivery {
  readonly #state: SimState;
  readonly #seed: number;
  readonly #calm: boolean;
  #fetches = 0;
  readonly #heldFor = new Map<string, number>();
  readonly #again = new Set<string>();
  readonly #acknowledged = new Set<string>();
  readonly #attempts = new Map<string, { count: number; failedInARow: number }>();

  constructor(state: SimState, seed: number, calm: boolean) {
    this.#state = state;
    this.#seed = seed;
    this.#calm = calm;
  }

  /** At most `limit` messages. */
  fetch(limit: number): Message[] {
    this.#fetches += 1;
    const again = [...this.#again];
    const waiting = [...this.#state.unacknowledged].filter((id) => this.#calm || !this.#isHeldBack(id));
    const ids = [...new Set([...again, ...waiting])].sort().slice(0, limit);
    for (const id of ids) this.#again.delete(id);
    return (this.#calm ? ids : this.#disturb(ids, limit)).map((id) => this.#getMessage(id));
  }

  /** To be told of every acknowledgement: some messages come once more after it. */
  noteAcknowledged(messageId: string): void {
    // Only the first time, or the acknowledgement of the repetition would bring the next one, for ever.
    if (this.#calm || this.#acknowledged.has(messageId)) return;
    this.#acknowledged.add(messageId);
    if (seededChance(oddsOf.again, this.#seed, 'again', messageId)) this.#again.add(messageId);
  }

  /** Orders a message to come once more, acknowledged or not. */
  redeliver(messageId: string): void {
    this.#again.add(messageId);
  }

  /** Should this call fail with 503, and before or after its effect? `key` names the call and what it is about. */
  drawOutage(key: string): 'before' | 'after' | null {
    if (this.#calm) return null;
    const attempts = this.#attempts.get(key) ?? { count: 0, failedInARow: 0 };
    attempts.count += 1;
    const fails =
      attempts.failedInARow < 2 && seededChance(oddsOf.unavailable, this.#seed, 'unavailable', key, attempts.count);
    attempts.failedInARow = fails ? attempts.failedInARow + 1 : 0;
    this.#attempts.set(key, attempts);
    if (!fails) return null;
    return seededChance(2, this.#seed, 'after', key, attempts.count) ? 'after' : 'before';
  }

  #isHeldBack(id: string): boolean {
    const held = this.#heldFor.get(id) ?? 0;
    this.#heldFor.set(id, held + 1);
    const late = seededChance(oddsOf.late, this.#seed, 'late', id);
    return late && held <= seededNumber(longestDelayFetches, this.#seed, 'delay', id);
  }

  #disturb(ids: readonly string[], limit: number): string[] {
    const twice = ids.filter((id) => seededChance(oddsOf.twiceAtOnce, this.#seed, 'twice', id, this.#fetches));
    const batch = [...ids, ...twice].slice(0, limit);
    return seededShuffle(batch, this.#seed, 'order', this.#fetches);
  }

  #getMessage(id: string): Message {
    const stored = this.#state.messages.get(id);
    if (!stored) throw new Error(`no message ${id}`);
    return stored.message;
  }
}
