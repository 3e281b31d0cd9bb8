/** What can be done with a filing (动作). */
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
