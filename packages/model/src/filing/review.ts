import type { FilingAction } from './lifecycle/actions.ts';
import type { FilingStateFacts } from './lifecycle/states.ts';

/**
 * Of a filing under review whose customer is asked for something: as `filingStates`, for as long as it is asked. The limit is the
 * deployment's (`review.askWorkingDays`).
 */
export const openAsk = {
  owner: 'customer',
  overdue: 'expire_ask',
  operatorCommand: 'recall',
  zh: '初审中，待客户补充',
  en: 'Under review; the customer is asked',
} as const satisfies Omit<FilingStateFacts, 'limit'> & { readonly overdue: FilingAction };

/** Whom a reviewer calls. */
export const calledPersons = {
  subject_principal: { zh: '主体负责人', en: 'Principal of the organiser' },
  service_principal: { zh: '服务负责人', en: 'Principal of the service' },
  emergency_contact: { zh: '应急联系电话', en: 'Emergency number' },
} as const;
export type CalledPerson = keyof typeof calledPersons;

/** What came of a call. */
export const callOutcomes = {
  reached: { zh: '已接通', en: 'Reached' },
  not_reached: { zh: '未接通', en: 'Not reached' },
  wrong_number: { zh: '号码有误', en: 'Wrong number' },
} as const;
export type CallOutcome = keyof typeof callOutcomes;

/** What is counted of reviews. Those with rule and field: a reason of a return, of a question, and of the authority's rejection. */
export const reviewOutcomes = [
  'passed',
  'passed_first',
  'returned',
  'asked',
  'called',
  'reason',
  'asked_reason',
  'rejected_reason',
  'approved',
  'rejected',
] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** Which filings a second reviewer looks at. */
export interface SecondLookPolicy {
  /** Of all filings, from 0 to 1. */
  readonly share: number;
  /** All filings of these kinds, and of these provinces. */
  readonly kinds: readonly string[];
  readonly provinces: readonly string[];
}

/**
 * Does a second reviewer look at the filing?
 * @param lot from 0 to 1, drawn so that no reviewer knows it before the first pass
 */
export function needsSecondLook(
  { share, kinds, provinces }: SecondLookPolicy,
  { kind, provinceCode }: { readonly kind: string; readonly provinceCode: string },
  lot: number,
): boolean {
  return kinds.includes(kind) || provinces.includes(provinceCode) || lot < share;
}

/** A stay as it is counted: whole minutes, to two significant digits. */
export function countedMinutes(milliseconds: number): number {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, minutes))) - 1);
  return Math.round(minutes / unit) * unit;
}

/** The middle of what was counted: of an even number the lower of the two; null of nothing. */
export function medianOf(counted: readonly { readonly minutes: number; readonly count: number }[]): number | null {
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { minutes, count } of counted.toSorted((a, b) => a.minutes - b.minutes)) {
    seen += count;
    if (seen * 2 >= all && count > 0) return minutes;
  }
  return null;
}
