import type { FlowDeps } from '../flows/command/deps.ts';
import { clearDeliveries } from '../flows/webhook/clear-deliveries.ts';
import { deliver } from '../flows/webhook/deliver.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import { Rounds } from './rounds.ts';

export interface WebhookSenderOptions {
  /** Names this sender in leases; unique among all that run. */
  readonly owner: string;
  readonly pollMs: number | (() => number);
  readonly onError: (error: unknown, during: 'webhooks') => void;
}

/** Short, so that a killed sender's deliveries are soon taken up; renewed while a request is under way. */
const leaseMs = 10_000;
const renewEveryMs = 3_000;
/** Requests under way at a time: sockets are cheap, and those that hang must leave room for the others. */
const inFlightLimit = 200;
/** Of these, to one receiver. */
const perWebhook = 8;
const clearEveryMs = 60_000;

/**
 * Tells receivers about events: records deliveries, sends what is due, many at once. Any number of senders may run on
 * one database; what one had under way when it was killed is sent again by another, under the same event id.
 */
export class WebhookSender {
  readonly #deps: FlowDeps;
  readonly #options: WebhookSenderOptions;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #rounds: Rounds;
  #renewing: NodeJS.Timeout | null = null;
  #clearedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: FlowDeps, options: WebhookSenderOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.tick(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** Requests under way. */
  get underWay(): number {
    return this.#inFlight.size;
  }

  /** Relays and starts what is due, without waiting for the answers. @returns how much there was to do. */
  async tick(): Promise<number> {
    const relayed = await this.#guard(() =>
      relayEvents(this.#deps, (error) => this.#options.onError(error, 'webhooks')),
    );
    const started = await this.#guard(() => this.#startDue());
    const cleared = await this.#guard(() => this.#clear());
    return relayed + started + cleared;
  }

  /** Works until nothing is due now and every answer is in. @throws Error when it does not come to rest. */
  async settle(): Promise<void> {
    for (let round = 0; round < 10_000; round += 1) {
      const done = await this.tick();
      if (done === 0 && this.#inFlight.size === 0) return;
      if (done === 0) await Promise.race(this.#inFlight.values());
    }
    throw new Error('the webhook sender does not come to rest');
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends when the requests under way are over. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await Promise.all(this.#inFlight.values());
  }

  async #startDue(): Promise<number> {
    const room = inFlightLimit - this.#inFlight.size;
    if (room <= 0 || this.#rounds.stopping) return 0;
    const { store, clock } = this.#deps;
    const { owner } = this.#options;
    const options = { owner, at: clock.now(), leaseMs, limit: room, perWebhook };
    const deliveries = await store.leaseDeliveries(options);
    for (const delivery of deliveries) {
      const sent = deliver(this.#deps, delivery, owner)
        // The lease runs out and somebody tries again.
        .catch((error: unknown) => this.#options.onError(error, 'webhooks'))
        .finally(() => {
          this.#inFlight.delete(delivery.id);
          if (this.#inFlight.size === 0) this.#stopRenewing();
          // Its code's next event may go now.
          this.#rounds.wake();
        });
      this.#inFlight.set(delivery.id, sent);
    }
    if (this.#inFlight.size > 0) this.#renewing ??= setInterval(() => void this.#renew(), renewEveryMs);
    return deliveries.length;
  }

  async #renew(): Promise<void> {
    const { store, clock } = this.#deps;
    await this.#guard(async () => {
      await store.renewDeliveries({
        ids: [...this.#inFlight.keys()],
        owner: this.#options.owner,
        at: clock.now(),
        leaseMs,
      });
      return 0;
    });
  }

  #stopRenewing(): void {
    if (this.#renewing !== null) clearInterval(this.#renewing);
    this.#renewing = null;
  }

  async #clear(): Promise<number> {
    const nowMs = Date.parse(this.#deps.clock.now());
    if (nowMs - this.#clearedAtMs < clearEveryMs) return 0;
    const cleared = await clearDeliveries(this.#deps, (error) => this.#options.onError(error, 'webhooks'));
    if (cleared === 0) this.#clearedAtMs = nowMs;
    return cleared;
  }

  async #guard(round: () => Promise<number>): Promise<number> {
    try {
      return await round();
    } catch (error) {
      this.#options.onError(error, 'webhooks');
      return 0;
    }
  }
}
