import { commandInParts } from '../../command/operation.ts';
import { requireVisible } from '../../command/permission.ts';
import { inTransaction } from '../../command/step.ts';
import { revealInShift } from '../../filing/reveal-in-shift.ts';
import { submissionOf } from '../submission-of.ts';
import { refuseLine } from './refuse-line.ts';
import { sheetOf } from './sheet.ts';

/**
 * What an operator types into the authority's own form, in its order and with its numbers. It is all of the filing unmasked, so the
 * operator has claimed the filing, the look is counted in the shift, and the audit has it.
 */
export const revealHandEntry = commandInParts(
  {
    id: 'revealHandEntry',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.not_claimed',
      'filing.claimed_by_other',
      'reveal.quota_spent',
      'authority.by_line',
    ],
  },
  async (request, { filingId }: { readonly filingId: string }) => {
    // Before the claim is asked for, and before a look is counted.
    await inTransaction(request, async (step) => {
      const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
      refuseLine(step, filing);
    });
    const because = { filingId, because: 'hand_entry', reason: '' } as const;
    return revealInShift(request, because, async (step, filing) => {
      const { submissionId } = filing;
      if (submissionId === null) throw step.fault('filing.wrong_state');
      const { deps, at } = step;
      const tables = { codeTables: deps.codeTablesOf(filing.provinceCode), divisions: deps.divisions };
      return { sections: sheetOf(await submissionOf(step, filing, submissionId), tables, at) };
    });
  },
);
