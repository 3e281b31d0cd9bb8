import { editableFilingStates, type FilingState } from '@openbeian/model/filing';
import type { Filing, Session } from '../../api/shapes.ts';

/** May this person change the form and what is bound, now? The server decides; this only picks the screen. */
export function isEditable(filing: Filing, session: Session): boolean {
  const states: readonly FilingState[] = editableFilingStates;
  return (
    session.role === 'customer' &&
    session.accountId === filing.accountId &&
    (states.includes(filing.state) || isAsked(filing))
  );
}

/** Does a reviewer ask the customer for something while the review goes on? Only that is open then. */
export const isAsked = (filing: Filing): boolean => filing.review?.askedAt != null;
