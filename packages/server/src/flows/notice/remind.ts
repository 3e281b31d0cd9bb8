import { dayOf, lastDayOf } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import { nextOf, remindersBefore, remindersOf, timeLimitOf } from '@openbeian/model/filing';
import type { Reminded } from '../../ports/index.ts';
import { attemptItem, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { tellOfDemand } from '../record/tell-of-demand.ts';
import { tell } from './tell.ts';

const batch = 50;

/**
 * Reminds customers of what waits for them and is due for it: filings, by the limit of their state, and demanded corrections. Each
 * in a transaction of its own that sets the next reminder, so that each goes out once; of several that were missed only the last.
 * @returns how many were due
 */
export async function remind(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const due = await inWorkerTransaction(deps, ({ tx, at }) => tx.reminders.listDue(at, batch));
  for (const item of due) {
    const id = `${item.kind}:${item.itemId}`;
    await attemptItem(deps, { kind: 'reminder', id }, report, (step) => remindOf(step, item));
  }
  return due.length;
}

async function remindOf(step: Step<FaultCode>, item: Reminded): Promise<void> {
  const { tx, at } = step;
  const dueSince = await tx.reminders.claim(item);
  // Another worker was faster, or what it was about has moved on.
  if (dueSince === null || Date.parse(dueSince) > Date.parse(at)) return;
  const of = { dueSince, at };
  const next =
    item.kind === 'filing' ? await remindOfFiling(step, item.itemId, of) : await remindOfDemand(step, item.itemId, of);
  await tx.reminders.put(item, next);
}

interface Due {
  readonly dueSince: string;
  readonly at: string;
}

/** @returns when next; null: not again */
async function remindOfFiling(step: Step<FaultCode>, id: string, { dueSince, at }: Due): Promise<string | null> {
  const { deps, tx } = step;
  const filing = await tx.filings.findForUpdate(id);
  if (filing === null || filing.dueAt === null || Date.parse(filing.dueAt) <= Date.parse(at)) return null;
  const { accountId, state, kind, domainName, dueAt } = filing;
  const limit = timeLimitOf(deps.desk.timeLimits, state, dayOf(at));
  if (limit === null || limit.remindAfter.length === 0) return null;
  const isSms = state === 'awaiting_sms';
  await tell(step, {
    type: isSms ? 'SmsDueSoon' : 'FilingDueSoon',
    about: `reminder of ${id}: ${dueSince}`,
    filingId: id,
    readers: [{ accountId, detail: { name: domainName, kind, state, due: isSms ? dueAt : lastDayOf(dueAt) } }],
    dataFor: () => ({ filing: { id, kind, state, domainName, dueAt } }),
  });
  return nextOf(remindersOf(limit, dueAt), at);
}

async function remindOfDemand(step: Step<FaultCode>, id: string, { dueSince, at }: Due): Promise<string | null> {
  const demand = await step.tx.demands.find(id);
  if (demand === null || demand.endedAt !== null || demand.dueOn === null || demand.dueOn < dayOf(at)) return null;
  await tellOfDemand(step, demand, { type: 'CorrectionDueSoon', which: dueSince });
  return nextOf(remindersBefore(demand.dueOn, step.deps.desk.demandReminderDays), at);
}
