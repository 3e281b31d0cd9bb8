/**
 * The life of a filing (备案订单), as one table. A test walks it: every state is reachable, and every waiting
 * state has an owner, a time limit, what happens when it is over, and what an operator can do by hand.
 */
export interface FilingStateFacts {
  /** Who has to act next. */
  readonly owner: 'customer' | 'reviewer' | 'worker' | 'authority' | 'nobody';
  /** How long it may wait; null where it waits for nobody. Source: docs/sources.md, `timers`. */
  readonly limit: { readonly amount: number; readonly unit: 'days' | 'working_days' | 'hours' } | null;
  /** The transition that the overdue sweep performs; `alert` only tells the operators. */
  readonly overdue: FilingAction | 'alert' | null;
  /** What an operator can do when it hangs. */
  readonly operatorCommand: FilingAction | null;
  readonly zh: string;
  readonly en: string;
}

export const filingStates = {
  draft: {
    owner: 'customer',
    limit: { amount: 60, unit: 'days' },
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '待完善备案信息',
    en: 'Draft',
  },
  awaiting_review: {
    owner: 'reviewer',
    limit: { amount: 2, unit: 'working_days' },
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '等待初审',
    en: 'Awaiting review',
  },
  returned: {
    owner: 'customer',
    limit: { amount: 45, unit: 'days' },
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '初审退回，待修改',
    en: 'Returned by the reviewer',
  },
  awaiting_forward: {
    owner: 'worker',
    limit: { amount: 1, unit: 'working_days' },
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '待提交管局',
    en: 'Awaiting hand-over to the authority',
  },
  awaiting_sms: {
    owner: 'authority',
    limit: { amount: 24, unit: 'hours' },
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '待短信核验',
    en: 'Awaiting SMS verification',
  },
  sms_failed: {
    owner: 'customer',
    limit: { amount: 45, unit: 'days' },
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '短信核验未通过，已退回',
    en: 'SMS verification failed, came back',
  },
  awaiting_verdict: {
    owner: 'authority',
    limit: { amount: 20, unit: 'working_days' },
    overdue: 'alert',
    operatorCommand: 'recall',
    zh: '等待管局审核',
    en: 'Awaiting the authority’s verdict',
  },
  rejected: {
    owner: 'customer',
    limit: { amount: 45, unit: 'days' },
    overdue: 'lapse',
    operatorCommand: 'lapse',
    zh: '管局驳回，待修改',
    en: 'Rejected by the authority',
  },
  filed: { owner: 'nobody', limit: null, overdue: null, operatorCommand: null, zh: '已备案', en: 'Filed' },
  abandoned: { owner: 'nobody', limit: null, overdue: null, operatorCommand: null, zh: '已放弃', en: 'Given up' },
} as const satisfies Record<string, FilingStateFacts>;

export type FilingState = keyof typeof filingStates;

export type FilingAction =
  | 'submit'
  | 'withdraw'
  | 'return'
  | 'pass'
  | 'forward'
  | 'hold'
  | 'recall'
  | 'confirm_sms'
  | 'fail_sms'
  | 'approve'
  | 'reject'
  | 'abandon'
  | 'lapse';

interface Transition {
  readonly from: readonly FilingState[];
  readonly to: FilingState;
  readonly by: 'customer' | 'reviewer' | 'worker' | 'operator';
}

/**
 * `abandon` (放弃) is the customer's and impossible once the authority has the filing; `lapse` is the same ending
 * by the clock, or by an operator. `hold` sends a passed filing back when its resource no longer passes at hand-over.
 * `recall` is the operator's way out when the authority has stopped answering (what arrives for it later is kept as
 * a stale message and told to the operators). Verdicts leave awaiting_sms too: messages may arrive out of order.
 */
export const filingTransitions = {
  submit: { from: ['draft', 'returned', 'sms_failed', 'rejected'], to: 'awaiting_review', by: 'customer' },
  withdraw: { from: ['awaiting_review'], to: 'draft', by: 'customer' },
  return: { from: ['awaiting_review'], to: 'returned', by: 'reviewer' },
  pass: { from: ['awaiting_review'], to: 'awaiting_forward', by: 'reviewer' },
  hold: { from: ['awaiting_forward'], to: 'returned', by: 'worker' },
  recall: {
    from: ['awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict'],
    to: 'returned',
    by: 'operator',
  },
  forward: { from: ['awaiting_forward'], to: 'awaiting_sms', by: 'worker' },
  confirm_sms: { from: ['awaiting_sms'], to: 'awaiting_verdict', by: 'worker' },
  fail_sms: { from: ['awaiting_sms'], to: 'sms_failed', by: 'worker' },
  approve: { from: ['awaiting_sms', 'awaiting_verdict'], to: 'filed', by: 'worker' },
  reject: { from: ['awaiting_sms', 'awaiting_verdict'], to: 'rejected', by: 'worker' },
  abandon: {
    from: ['draft', 'returned', 'awaiting_review', 'awaiting_forward', 'sms_failed', 'rejected'],
    to: 'abandoned',
    by: 'customer',
  },
  lapse: { from: ['draft', 'returned', 'sms_failed', 'rejected'], to: 'abandoned', by: 'operator' },
} as const satisfies Record<FilingAction, Transition>;

/** The state that `action` leads to, or null where the table has no such step from `state`. */
export function stateAfter(state: FilingState, action: FilingAction): FilingState | null {
  const transition: Transition = filingTransitions[action];
  return transition.from.includes(state) ? transition.to : null;
}

/** The actions that leave `state`. */
export function actionsFrom(state: FilingState): FilingAction[] {
  return (Object.keys(filingTransitions) as FilingAction[]).filter((action) => stateAfter(state, action) !== null);
}

/** States in which a filing is open: it holds its name, its subject's only place, and its code or slot. */
export const openFilingStates = (Object.keys(filingStates) as FilingState[]).filter(
  (state) => filingStates[state].owner !== 'nobody',
);

/** States in which the customer may edit the form and change what is bound. */
export const editableFilingStates = ['draft', 'returned', 'sms_failed', 'rejected'] as const satisfies FilingState[];
