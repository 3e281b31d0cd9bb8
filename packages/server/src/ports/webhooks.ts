import type { CodeEventType } from '@openbeian/model/code';
import type { DeskEventType, WebhookFamily } from '@openbeian/model/filing';
import type { PageRequest } from './paging.ts';

export type PauseCause = 'request' | 'failures' | 'gone';

/** What a receiver can ask for: an event, or all of a family. */
export type WebhookEventType = CodeEventType | DeskEventType | WebhookFamily;

/** A receiver of events: an account's, or the provider's (`accountId` null). */
export interface WebhookRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly url: string;
  /** Empty: all. */
  readonly types: readonly WebhookEventType[];
  readonly description: string;
  readonly sealedSecret: string;
  readonly secretMadeAt: string;
  readonly previousSealedSecret: string | null;
  /** Until then the previous key signs as well. */
  readonly previousSecretUntil: string | null;
  /** Null: active. */
  readonly pausedAt: string | null;
  readonly pausedBecause: PauseCause | null;
  /** Since when attempts fail; null when the last one arrived. */
  readonly failingSince: string | null;
  /** Deliveries that failed for good since the last one that was delivered. */
  readonly consecutiveDeadDeliveries: number;
  readonly version: number;
  readonly createdAt: string;
}
export type WebhookChange = Partial<
  Pick<
    WebhookRow,
    | 'url'
    | 'types'
    | 'description'
    | 'sealedSecret'
    | 'secretMadeAt'
    | 'previousSealedSecret'
    | 'previousSecretUntil'
    | 'pausedAt'
    | 'pausedBecause'
    | 'failingSince'
    | 'consecutiveDeadDeliveries'
  >
>;

export interface WebhookRows {
  /** Counted while it is written, however many write at once: false, and nothing written, where the owner has `most` already. */
  insert(row: WebhookRow, most: number): Promise<boolean>;
  find(id: string): Promise<WebhookRow | null>;
  /** Oldest first. `accountId` null: the provider's; undefined: everybody's. */
  list(
    filter: { readonly accountId?: string | null; readonly state?: 'active' | 'paused' | undefined } & PageRequest,
  ): Promise<WebhookRow[]>;
  count(filter: { readonly accountId?: string | null }): Promise<number>;
  /** The receivers of these accounts, and the provider's. */
  listForAccounts(accountIds: readonly string[]): Promise<WebhookRow[]>;
  /** Guarded by version, which rises by one; false when another write was faster. */
  update(id: string, version: number, change: WebhookChange): Promise<boolean>;
  /** Attempts fail since `at`, unless they failed before. The version stays: nobody's settings change. */
  markFailing(id: string, at: string): Promise<void>;
  /** An attempt was delivered. */
  markHealthy(id: string): Promise<void>;
  /** One more delivery failed for good; how many in a row. */
  countDead(id: string): Promise<number>;
  /** False when it was paused already. */
  pause(id: string, because: PauseCause, at: string): Promise<boolean>;
  /** With its deliveries. False when it was gone already. */
  delete(id: string): Promise<boolean>;
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead';

export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  /** Stable over all attempts; receivers tell repetitions by it. */
  readonly eventId: string;
  readonly seq: number;
  readonly type: string;
  /** The code: an event is not sent before the earlier ones of the same code have ended. Null: any time. */
  readonly orderKey: string | null;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: string;
  readonly firstAttemptAt: string | null;
  readonly nextAt: string | null;
  readonly endedAt: string | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly lastExcerpt: string | null;
}

/** What came of one attempt. */
export interface AttemptResult {
  readonly status: number | null;
  readonly error: string | null;
  readonly excerpt: string | null;
}

export interface LeaseDeliveriesOptions {
  readonly owner: string;
  readonly at: string;
  readonly leaseMs: number;
  /** Most deliveries in all. */
  readonly limit: number;
  /** Most deliveries under way to one receiver, by all workers together. */
  readonly perWebhook: number;
}

export interface RenewDeliveriesOptions {
  readonly ids: readonly string[];
  readonly owner: string;
  readonly at: string;
  readonly leaseMs: number;
}

export interface DeliveryRows {
  /** Adds deliveries that are not there yet; each waits behind the earlier ones of its code. */
  insert(
    rows: readonly Pick<DeliveryRow, 'id' | 'webhookId' | 'eventId' | 'seq' | 'type' | 'orderKey' | 'body'>[],
    at: string,
  ): Promise<void>;
  find(id: string): Promise<DeliveryRow | null>;
  /** Newest first. */
  list(webhookId: string, filter: { readonly state?: DeliveryState | undefined } & PageRequest): Promise<DeliveryRow[]>;
  /** How many wait, by receiver. */
  countWaiting(webhookIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Ends it; the code's next one is due then. False when the lease was lost. */
  end(
    lease: { readonly id: string; readonly owner: string },
    ended: { readonly state: 'delivered' | 'dead'; readonly result: AttemptResult; readonly at: string },
  ): Promise<boolean>;
  /** To be tried again; the code's later ones wait as long. False when the lease was lost. */
  retry(id: string, owner: string, nextAt: string, result: AttemptResult): Promise<boolean>;
  /** Gives leased ones back untried. */
  giveBack(ids: readonly string[], owner: string): Promise<void>;
  /** Back into the queue, whatever became of it. False while somebody sends it. */
  restart(id: string, at: string): Promise<boolean>;
  /** Everything that waits for this receiver is due now. */
  rescheduleNow(webhookId: string, at: string): Promise<void>;
  /** Ends as `dead` what has waited for paused receivers since before that instant; how many. */
  expireDeliveriesOfPaused(before: string, at: string, limit: number): Promise<number>;
  /** Deletes what ended before that instant; returns how many. */
  deleteEndedBefore(before: string, limit: number): Promise<number>;
}
