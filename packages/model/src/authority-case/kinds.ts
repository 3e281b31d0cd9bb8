/** What operators are shown of the lines to the authorities and no rule decides, by kind. */
export const authorityCaseKinds = [
  // A result of which nobody knows what it is about.
  'unmatched_result',
  // A result with codes that the interface does not have, or that says yes and no.
  'unclear_result',
  // The provider’s own data are wrong: corrected and sent again, or returned to the customer.
  'returned_to_provider',
  // Returned to the customer, and two records disagree.
  'conflict',
  // The authority wants nothing more before somebody has looked.
  'stopped_by_result',
  // Notes that decide nothing.
  'note',
  // A reviewer of the authority wrote something.
  'reviewer_opinion',
  // A record ended that nobody knows here.
  'unknown_record_ended',
  'subject_blacklisted',
  'service_blacklisted',
  'illegal_access',
  'unfiled_site',
  'subject_checked',
  'service_checked',
  'correction_demanded',
  'verification_task',
  // Too little is there to act on.
  'incomplete',
  // Parts of the interface that the product has no use for: results of IP records, of domain registration.
  'other_part',
  // A file that cannot be read.
  'unreadable_file',
  // Rows of code tables that only a person can place.
  'unplaced_rows',
  // The authority counts packages that are not known here.
  'sequence_moved',
  // An approval under numbers that cannot be its filing’s, or are on record for another.
  'numbers_unfit',
  // Here and there a record is not the same, and an operator wants it settled as a case.
  'difference',
  // What was sent to repair a difference was refused; no customer waits for it.
  'repair_refused',
] as const;
export type AuthorityCaseKind = (typeof authorityCaseKinds)[number];

/** Notices, of which one file may bring hundreds, each small. */
const noticeKinds: ReadonlySet<string> = new Set<AuthorityCaseKind>([
  'subject_blacklisted',
  'service_blacklisted',
  'illegal_access',
  'unfiled_site',
  'subject_checked',
  'service_checked',
  'correction_demanded',
]);

export const isNoticeKind = (kind: string): boolean => noticeKinds.has(kind);
