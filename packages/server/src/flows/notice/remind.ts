import { dayOf, lastDayOf } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import {
  demandReminders,
  editableFilingStates,
  nextOf,
  openFilingStates,
  remindersBefore,
  remindersOf,
  timeLimitOf,
} from '@openbeian/model/filing';
import type { Reminded } from '../../ports/index.ts';
import { attemptItem, type ReportFailure, retryDue } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { tellOfDemand } from '../record/tell-of-demand.ts';
import { tellOfMove } from '../record/tell-of-move.ts';
import { nextReminder, verifiedPeopleOf } from '../verification/verified-people.ts';
import { tellOfFiling } from './tell-of-filing.ts';

const batch = 50;

/**
 * Reminds customers of what waits for them and is due for it: filings, by the limit of their state or of what a reviewer asks,
 * demanded corrections, and verifications that run out; and tells of moves that nobody confirmed. Each in a transaction of its own that sets the next reminder, so that each goes out once; of several that were missed only the last.
 * @returns how many were due
 */
export async function remind(deps: FlowDeps, report: ReportFailure): Promise<number> {
  // Those that failed come first: what they were about may have moved on, and they are no failures any more.
  const retried = await retryDue(deps, 'reminder', report, (step, id) => {
    const colon = id.indexOf(':');
    // Written below.
    const kind = id.slice(0, colon) as Reminded['kind'];
    return remindOf(step, { kind, itemId: id.slice(colon + 1) });
  });
  const due = await inWorkerTransaction(deps, ({ tx, at }) => tx.reminders.listDue(at, batch));
  for (const item of due) {
    const id = `${item.kind}:${item.itemId}`;
    await attemptItem(deps, { kind: 'reminder', id }, report, (step) => remindOf(step, item));
  }
  return retried + due.length;
}

async function remindOf(step: Step<FaultCode>, item: Reminded): Promise<void> {
  const { tx, at } = step;
  const dueSince = await tx.reminders.claim(item);
  // Another worker was faster, or what it was about has moved on.
  if (dueSince === null || Date.parse(dueSince) > Date.parse(at)) return;
  const of = { dueSince, at };
  await tx.reminders.put(item, await reminding[item.kind](step, item.itemId, of));
}

/** Of each kind: tells, and gives when next; null: not again. */
const reminding: Readonly<
  Record<Reminded['kind'], (step: Step<FaultCode>, id: string, due: Due) => Promise<string | null>>
> = {
  filing: remindOfFiling,
  demand: remindOfDemand,
  move: tellOfLapsedMove,
  verification: remindOfVerification,
};

interface Due {
  readonly dueSince: string;
  readonly at: string;
}

async function remindOfFiling(step: Step<FaultCode>, id: string, { dueSince, at }: Due): Promise<string | null> {
  const { deps, tx } = step;
  const filing = await tx.filings.findForUpdate(id);
  if (filing === null || filing.dueAt === null || Date.parse(filing.dueAt) <= Date.parse(at)) return null;
  const { state, dueAt } = filing;
  const which = `reminder ${dueSince}`;
  if (filing.askedAt !== null) {
    // A reviewer waits for the customer's answer.
    await tellOfFiling(step, filing, 'AskDueSoon', { which });
    return nextOf(remindersBefore(lastDayOf(dueAt), deps.desk.askReminderDays), at);
  }
  const limit = timeLimitOf(deps.desk.timeLimits, state, dayOf(at));
  if (limit === null || limit.remindAfter.length === 0) return null;
  await tellOfFiling(step, filing, state === 'awaiting_sms' ? 'SmsDueSoon' : 'FilingDueSoon', { which });
  return nextOf(remindersOf(limit, dueAt), at);
}

/** Its time is over: both sides read that nothing moved. */
async function tellOfLapsedMove(step: Step<FaultCode>, id: string): Promise<null> {
  const move = await step.tx.moves.findForUpdate(id);
  if (move !== null && move.endedAt === null) await tellOfMove(step, move, 'MoveLapsed');
  return null;
}

/** A result runs out while its filing is with the customer: once submitted, it does not. */
async function remindOfVerification(step: Step<FaultCode>, id: string, { dueSince, at }: Due): Promise<string | null> {
  const { tx } = step;
  const row = await tx.verification.findForUpdate(id);
  if (row === null || row.state !== 'passed' || row.validUntil === null) return null;
  if (Date.parse(row.validUntil) <= Date.parse(at)) return null;
  const filing = await tx.filings.find(row.filingId);
  if (filing === null || !openFilingStates.includes(filing.state)) return null;
  const next = nextReminder(step, row.way, row.validUntil);
  const withOwner: readonly string[] = editableFilingStates;
  if (!withOwner.includes(filing.state)) return next;
  // Verified again meanwhile, or another person now: nobody misses what no longer counts.
  const counts = (await verifiedPeopleOf(step, filing)).some(
    ({ stand }) => stand.by?.id === id && stand.state === 'passed',
  );
  if (!counts) return null;
  const { role, validUntil } = row;
  await tellOfFiling(step, filing, 'VerificationDueSoon', {
    which: `of ${id} ${dueSince}`,
    detail: { role, due: validUntil },
    data: { verification: { role, validUntil } },
  });
  return next;
}

async function remindOfDemand(step: Step<FaultCode>, id: string, { dueSince, at }: Due): Promise<string | null> {
  const demand = await step.tx.demands.find(id);
  if (demand === null || demand.endedAt !== null || demand.dueOn === null) return null;
  if (demand.dueOn < dayOf(at)) {
    await tellOfDemand(step, demand, { type: 'CorrectionOverdue', alsoProvider: true });
    return null;
  }
  await tellOfDemand(step, demand, { type: 'CorrectionDueSoon', which: dueSince });
  return nextOf(demandReminders(demand.dueOn, step.deps.desk.demandReminderDays), at);
}
