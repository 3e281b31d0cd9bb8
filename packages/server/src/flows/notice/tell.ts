import { type DeskEventType, isSubscribed } from '@openbeian/model/filing';
import type { WebhookRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { newNotice } from './new-notice.ts';

/** Something that happened to records, and who is told. */
export interface News {
  readonly type: DeskEventType;
  /** An account is told of the same once. */
  readonly about: string;
  readonly filingId?: string;
  /** Who reads of it, null being the provider's people, and what the text names; never personal data. Nobody: webhooks alone are sent it. */
  readonly readers: readonly { readonly accountId: string | null; readonly detail: Readonly<Record<string, string>> }[];
  /** Whose webhooks are sent it besides; those of the readers and the provider are. */
  readonly others?: readonly string[];
  /** What a webhook of `viewer` is sent; null: the provider, who sees all. */
  readonly dataFor: (viewer: string | null) => object;
}

/**
 * A notice for each reader, which is mailed like every other, and a delivery for each webhook that it concerns, in the transaction of
 * what happened.
 * @returns false when it was told before: then nothing is
 */
export async function tell(step: Step, news: News): Promise<boolean> {
  const { deps, tx, at } = step;
  const { type, about, filingId = null, readers, others = [] } = news;
  let added = false;
  for (const { accountId, detail } of readers) {
    const notice = newNotice(step, { accountId, type, about, detail, filingId });
    added = (await tx.notices.addOnce(notice)) || added;
  }
  if (!added && readers.length > 0) return false;
  const accounts = [...readers.flatMap(({ accountId }) => accountId ?? []), ...others];
  const webhooks = await tx.webhooks.listForAccounts(accounts);
  const wanting = webhooks.filter(({ types }) => isSubscribed(types, type));
  const eventId = deps.ids.next('evt');
  const delivery = ({ id: webhookId, accountId }: WebhookRow) => {
    const body = JSON.stringify({ type, timestamp: at, data: { id: eventId, ...news.dataFor(accountId) } });
    return { id: deps.ids.next('whd'), webhookId, eventId, seq: 0, type, orderKey: null, body };
  };
  if (wanting.length > 0) await tx.deliveries.insert(wanting.map(delivery), at);
  return true;
}
