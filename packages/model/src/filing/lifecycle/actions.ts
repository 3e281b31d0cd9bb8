/** What can be done with a filing (动作). */
export type FilingAction =
  | 'submit'
  | 'submit_unreviewed'
  | 'withdraw'
  | 'return'
  | 'pass'
  | 'forward'
  | 'forward_without_sms'
  | 'hold'
  | 'recall'
  | 'confirm_sms'
  | 'fail_sms'
  | 'approve'
  | 'reject'
  | 'abandon'
  | 'lapse'
  | 'void';
