import { workKindNames } from '@openbeian/model/work';
import type { FailedKind, QueueAge, TroubledWebhook } from '../../ports/index.ts';
import { spanOf, upTo } from './amounts.ts';
import { type Finding, item, itemOf, named, type OperationsItem, ok, partOf, wants } from './item.ts';
import { workWords as words } from './work-words.ts';

/** Failed work of a kind is counted up to so many. */
export const mostFailed = 100;
/** Receivers in trouble are named up to so many. */
export const mostWebhooks = 50;

/** From when on a queue is late, in seconds; the alerts in docs/monitoring.md have the same. */
const lateAfter = { job: 1800, code_event: 300, message: 900, webhook: 1800, mail: 1800 } as const;

const jobsPage = '/jobs';

export interface Counts {
  readonly total: number;
  readonly parked: number;
}

/** Work that waits for an operator, by kind: each kind can be tried again at once. */
export function parkedItem(parked: readonly FailedKind[], { total, parked: all }: Counts): OperationsItem {
  const text = words.parked(all, Math.max(0, total - all));
  if (parked.length === 0) return item('parked', ok(text, jobsPage));
  const parts = parked.map(({ kind, count, ...cause }) =>
    partOf(
      { id: kind, name: workKindNames[kind] },
      wants('failing', words.parkedOfKind(upTo(count, mostFailed), causeOf(cause)), words.parkedTodo, jobsPage),
      { act: 'retry_parked', kind },
    ),
  );
  return itemOf('parked', { text, link: jobsPage }, parts);
}

/** The words of a fault; what is none has a name only. */
const causeOf = ({ lastError, lastFault }: Pick<FailedKind, 'lastError' | 'lastFault'>): Finding['text'] =>
  lastFault === null ? named(lastError) : { zh: lastFault.zh, en: lastFault.en };

const ageOf = (ages: readonly QueueAge[], ...queues: string[]): number =>
  Math.max(0, ...ages.filter(({ queue }) => queues.includes(queue)).map(({ seconds }) => seconds));

export function queueItems(
  ages: readonly QueueAge[],
  jobs: { readonly total: number; readonly failing: number },
): OperationsItem[] {
  const handOvers = ageOf(ages, 'job');
  const events = ageOf(ages, 'code_event');
  const messages = ageOf(ages, 'message');
  return [
    item('hand_overs', queue(words.handOvers(jobs, oldest(handOvers)), handOvers > lateAfter.job)),
    item('messages', queue(words.messages(oldest(messages)), messages > lateAfter.message)),
    item('events', queue(words.events(oldest(events)), events > lateAfter.code_event)),
  ];
}

const oldest = (seconds: number) => (seconds === 0 ? null : spanOf(seconds));

const queue = (text: Finding['text'], isLate: boolean): Finding =>
  isLate ? wants('attention', text, words.lateTodo, jobsPage) : ok(text, jobsPage);

export function webhooksItem(troubled: readonly TroubledWebhook[], ages: readonly QueueAge[]): OperationsItem {
  const age = ageOf(ages, 'webhook');
  const isLate = age > lateAfter.webhook;
  const queued = isLate ? [partOf({ id: 'queue', name: words.queue }, queue(words.deliveries(oldest(age)), true))] : [];
  const parts = troubled.map(({ id, accountId, url, pausedBecause, secondsAgo }) => {
    const text = words.webhook({ accountId, pausedBecause, span: spanOf(secondsAgo) });
    const todo = accountId === null ? words.ownWebhookTodo : words.webhookTodo;
    // Path or query of an address may be a secret of the receiver's.
    const name = named(URL.parse(url)?.origin ?? id);
    return partOf({ id, name }, wants(pausedBecause === null ? 'attention' : 'failing', text, todo, `/webhooks/${id}`));
  });
  const text = words.webhooks(upTo(troubled.length, mostWebhooks), troubled.length, oldest(age));
  return itemOf('webhooks', { text, link: '/webhooks' }, [...queued, ...parts]);
}

/** Mail of notices and of links to sign in by. */
export function mailItem(
  isConfigured: boolean,
  failing: readonly FailedKind[],
  ages: readonly QueueAge[],
): OperationsItem {
  if (!isConfigured) return item('mail', ok(words.noMail));
  const age = ageOf(ages, 'notice_mail', 'link_mail');
  const [failed] = failing;
  if (failed !== undefined) {
    const count = upTo(
      failing.reduce((sum, one) => sum + one.count, 0),
      mostFailed,
    );
    return item('mail', wants('attention', words.mailFails(count, causeOf(failed)), words.mailTodo, jobsPage));
  }
  return item('mail', queue(words.mail(oldest(age)), age > lateAfter.mail));
}
