import { commandInParts } from '../command/operation.ts';
import { currentFormValues } from './form-values.ts';
import { type RevealInput, revealInShift } from './reveal-in-shift.ts';

/**
 * The form unmasked, with a reason; every look leaves an audit row, so a repeated request leaves another. The provider's people
 * see it only while the filing waits for them and they have claimed it, and so many in a shift.
 */
export const revealFilingForm = commandInParts(
  {
    id: 'revealFilingForm',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.not_claimed',
      'filing.claimed_by_other',
      'reveal.quota_spent',
    ],
  },
  async (request, input: RevealInput) =>
    revealInShift(request, input, async ({ deps, at }, filing) => ({ values: currentFormValues(deps, filing, at) })),
);
