import { addDays, dayOf } from '@openbeian/model/calendar';
import { timeLimitOf } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/**
 * Serves the name of a filing that passed our review although the authority has not decided yet: it has a number
 * already. For as long as a returned filing would be kept.
 */
export function openInAdvance(step: Step, filing: FilingRow): Promise<void> {
  const today = dayOf(step.at);
  const days = timeLimitOf(step.deps.desk.timeLimits, 'returned', today)?.amount ?? 0;
  return putGrace(step, filing, addDays(today, days));
}

/** Ends what `openInAdvance` began. */
export function endAdvanceOpening(step: Step, filing: FilingRow): Promise<void> {
  return putGrace(step, filing, null);
}

async function putGrace({ tx, at }: Step, filing: FilingRow, until: string | null): Promise<void> {
  const { id: filingId, domainName, serviceNumber: number } = filing;
  if (number !== null) await tx.records.putGrace({ domainName, number, filingId, until, at });
}
