import { queryInParts } from '../command/operation.ts';

/** The catalogue that reviewers return filings with. */
export const listReturnReasons = queryInParts({ id: 'listReturnReasons', faults: [] }, async ({ deps }) => ({
  reasons: deps.returnReasons,
}));
