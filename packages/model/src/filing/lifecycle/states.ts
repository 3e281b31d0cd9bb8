import type { FilingAction } from './actions.ts';

/**
 * The life of a filing (备案订单), as one table. A test walks it: every state is reachable, and every waiting
 * state has an owner, what happens when its time is over, and what an operator can do by hand. How long it may wait is data (`time-limits.ts`).
 */
export interface FilingStateFacts {
  /** Who has to act next. */
  readonly owner: 'customer' | 'reviewer' | 'worker' | 'authority' | 'nobody';
  /** The transition that the overdue sweep performs; `alert` only tells the operators. */
  readonly overdue: FilingAction | 'alert' | null;
  /** What an operator can do when it is stuck. */
  readonly operatorCommand: FilingAction | null;
  readonly zh: string;
  readonly en: string;
}

export const filingStates = {
  draft: {
    owner: 'customer',
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '待完善信息',
    en: 'Draft',
  },
  awaiting_review: {
    owner: 'reviewer',
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '初审中',
    en: 'Awaiting review',
  },
  returned: {
    owner: 'customer',
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '初审驳回，待修改',
    en: 'Rejected by the reviewer',
  },
  awaiting_forward: {
    owner: 'worker',
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '待提交管局',
    en: 'Awaiting submission to the authority',
  },
  awaiting_sms: {
    owner: 'authority',
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '待短信核验',
    en: 'Awaiting SMS verification',
  },
  sms_failed: {
    owner: 'customer',
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '短信核验未通过，已退回',
    en: 'SMS verification failed; returned to the customer',
  },
  awaiting_verdict: {
    owner: 'authority',
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '管局审核中',
    en: 'Awaiting the authority’s review',
  },
  rejected: {
    owner: 'customer',
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '管局驳回，待修改',
    en: 'Rejected by the authority',
  },
  filed: { owner: 'nobody', overdue: null, operatorCommand: null, zh: '已备案', en: 'Filed' },
  abandoned: { owner: 'nobody', overdue: null, operatorCommand: null, zh: '已放弃', en: 'Discarded' },
} as const satisfies Record<string, FilingStateFacts>;

export type FilingState = keyof typeof filingStates;

/** States in which a filing is open: it holds its name, its subject's only place, and its code or slot. */
export const openFilingStates = (Object.keys(filingStates) as FilingState[]).filter(
  (state) => filingStates[state].owner !== 'nobody',
);

/** Is the customer the next to act? The code of the SMS is theirs to enter, though the authority owns the state. */
export const isWithCustomer = (state: FilingState): boolean =>
  filingStates[state].owner === 'customer' || state === 'awaiting_sms';

/** States in which the customer may edit the form and change what is bound. */
export const editableFilingStates = ['draft', 'returned', 'sms_failed', 'rejected'] as const satisfies FilingState[];
