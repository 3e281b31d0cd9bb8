import { courseOf } from '../course.ts';
import type { FilingKind } from '../kinds.ts';
import type { FilingAction } from './actions.ts';
import type { FilingState } from './states.ts';

interface Transition {
  readonly from: readonly FilingState[];
  readonly to: FilingState;
  readonly by: 'customer' | 'reviewer' | 'worker' | 'operator';
}

/**
 * What ends a record is read by no reviewer (`submit_unreviewed`), and what ends an access is confirmed by no SMS
 * (`forward_without_sms`); `submitActionOf` and `forwardActionOf` say which a kind takes.
 * `abandon` (放弃) is the customer's and impossible once the authority has the filing; `lapse` is the same ending
 * by the clock, or by an operator. `hold` sends a passed filing back when its resource no longer passes at hand-over.
 * `pass_first` is the pass of the first of two who look at a filing; the second one's is `pass`. `ask` leaves the filing with its
 * reviewer while the customer is asked for something (`openAsk` has whose turn it is then, and for how long), `answer` is the
 * customer's, and `expire_ask` returns what was asked and not answered in time.
 * `void` ends what has nothing left to change, because the record was cancelled after the review had passed.
 * `recall` is the operator's way out when the authority has stopped answering (what arrives for it later is kept as
 * a stale message and told to the operators). Verdicts leave awaiting_sms too: messages may arrive out of order.
 */
export const filingTransitions = {
  submit: { from: ['draft', 'returned', 'sms_failed', 'rejected'], to: 'awaiting_review', by: 'customer' },
  submit_unreviewed: {
    from: ['draft', 'returned', 'sms_failed', 'rejected'],
    to: 'awaiting_forward',
    by: 'customer',
  },
  withdraw: { from: ['awaiting_review'], to: 'draft', by: 'customer' },
  return: { from: ['awaiting_review'], to: 'returned', by: 'reviewer' },
  pass: { from: ['awaiting_review'], to: 'awaiting_forward', by: 'reviewer' },
  pass_first: { from: ['awaiting_review'], to: 'awaiting_review', by: 'reviewer' },
  ask: { from: ['awaiting_review'], to: 'awaiting_review', by: 'reviewer' },
  answer: { from: ['awaiting_review'], to: 'awaiting_review', by: 'customer' },
  expire_ask: { from: ['awaiting_review'], to: 'returned', by: 'worker' },
  hold: { from: ['awaiting_forward'], to: 'returned', by: 'worker' },
  recall: {
    from: ['awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict'],
    to: 'returned',
    by: 'operator',
  },
  forward: { from: ['awaiting_forward'], to: 'awaiting_sms', by: 'worker' },
  forward_without_sms: { from: ['awaiting_forward'], to: 'awaiting_verdict', by: 'worker' },
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
  void: { from: ['awaiting_forward', 'awaiting_sms', 'awaiting_verdict'], to: 'abandoned', by: 'worker' },
} as const satisfies Record<FilingAction, Transition>;

/** How filings of that kind are submitted. */
export const submitActionOf = (kind: FilingKind): 'submit' | 'submit_unreviewed' =>
  courseOf(kind).reviewedBy.includes('provider') ? 'submit' : 'submit_unreviewed';

/** How they go to the authority. */
export const forwardActionOf = (kind: FilingKind): 'forward' | 'forward_without_sms' =>
  courseOf(kind).smsBy.length > 0 ? 'forward' : 'forward_without_sms';

/** The state that `action` leads to, or null where the table has no such step from `state`. */
export function stateAfter(state: FilingState, action: FilingAction): FilingState | null {
  const transition: Transition = filingTransitions[action];
  return transition.from.includes(state) ? transition.to : null;
}

/** The actions that leave `state`. */
export function actionsFrom(state: FilingState): FilingAction[] {
  // Object.keys forgets which keys there are.
  return (Object.keys(filingTransitions) as FilingAction[]).filter((action) => stateAfter(state, action) !== null);
}
