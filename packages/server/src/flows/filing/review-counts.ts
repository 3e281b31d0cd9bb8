import { dayOf } from '@openbeian/model/calendar';
import { countedMinutes, type ReviewOutcome } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

interface CountedReason {
  readonly field: string | null;
  readonly rule: string;
}

/** Counts what was done with a filing, and what for. @param by empty for the authority */
export async function countReview(
  { tx, at }: Step,
  filing: FilingRow,
  by: string,
  counted: {
    readonly outcome: ReviewOutcome | null;
    readonly reasons?: { readonly as: ReviewOutcome; readonly list: readonly CountedReason[] };
  },
): Promise<void> {
  const { provinceCode, kind } = filing;
  const shared = { day: dayOf(at), reviewerId: by, provinceCode, kind };
  const { outcome, reasons } = counted;
  const one = outcome === null ? [] : [{ ...shared, outcome, rule: '', field: '' }];
  const others = (reasons?.list ?? []).map(({ field, rule }) => ({
    ...shared,
    outcome: reasons?.as ?? 'reason',
    rule,
    field: field ?? '',
  }));
  await tx.reviews.tally([...one, ...others]);
}

/** Counts what the authority said of a filing, for the reviewer who passed it last. */
export async function countVerdict(step: Step, filing: FilingRow, outcome: 'approved' | 'rejected'): Promise<void> {
  const passedBy = await step.tx.filings.findLastActor(filing.id, 'FilingPassed');
  await countReview(step, filing, passedBy ?? '', { outcome });
}

/** Counts for how long the filing was in the state that it leaves; not where nobody noted since when. */
export async function countStay(
  { tx, at }: Step,
  { state, stateSince, askedAt, provinceCode, kind }: FilingRow,
): Promise<void> {
  const since = askedAt ?? stateSince;
  if (since === null) return;
  const minutes = countedMinutes(Date.parse(at) - Date.parse(since));
  const left = askedAt === null ? state : 'asked';
  await tx.reviews.tallyStay({ day: dayOf(at), state: left, provinceCode, kind, minutes });
}
