/** What can happen to a code: facts that somebody's act made. */
export const codeChangeTypes = [
  'CodeIssued',
  'CodeGranted',
  'CodeRepointed',
  'CodeBound',
  'CodeReleased',
  'CodeUsed',
  'CodeRevoked',
] as const;
export type CodeChangeType = (typeof codeChangeTypes)[number];

/**
 * What time, its resource or the authority does around a code. These only notify: the state of a code is derived when it is asked for, and
 * is right whether or not anybody was told.
 */
export const codeNoticeTypes = ['CodeStopping', 'CodeSuspended', 'CodeRevived', 'CodeFilingCancelled'] as const;
export type CodeNoticeType = (typeof codeNoticeTypes)[number];

/** Everything that is told about codes. */
export const codeEventTypes = [...codeChangeTypes, ...codeNoticeTypes] as const;
export type CodeEventType = (typeof codeEventTypes)[number];
