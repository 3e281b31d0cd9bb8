import type { NoticeReader, NoticeType } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';

/** What waits too long for somebody of the provider: reviewers are told of that alone. */
const ofReviewers: readonly NoticeType[] = ['FilingOverdue', 'CorrectionOverdue'];

/** Whose notices: a customer reads its account's, the provider's people the provider's. */
export function readerOf({ role, accountId }: Actor): NoticeReader {
  if (role === 'customer') return { accountId };
  return role === 'reviewer' ? { accountId: null, types: ofReviewers } : { accountId: null };
}
