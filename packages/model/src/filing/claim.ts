import { type FilingState, type FilingStateFacts, filingStates } from './lifecycle/states.ts';

/**
 * Who of the provider may claim (认领) a filing in that state: a reviewer while it waits for review, an operator while the
 * provider or the authority works on it. Drafts and ended filings wait for neither.
 */
export function mayClaim(role: string, state: FilingState): boolean {
  const { owner, operatorCommand }: FilingStateFacts = filingStates[state];
  if (role === 'reviewer') return owner === 'reviewer';
  return role === 'operator' && operatorCommand === 'recall';
}

/** Whose claims a list of filings is narrowed to; `all`: whether claimed or not. */
export const claimFilters = ['mine', 'unclaimed', 'all'] as const;
export type ClaimFilter = (typeof claimFilters)[number];
