import { recordAudit } from '../command/audit.ts';
import { commandInParts } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { inTransaction } from '../command/step.ts';
import { openValues } from './form-values.ts';

/** The form unmasked, with a reason; every look leaves an audit row, so a repeated request leaves another. */
export const revealFilingForm = commandInParts(
  { id: 'revealFilingForm', faults: ['object.not_found'] },
  (request, input: { readonly filingId: string; readonly reason: string }) =>
    inTransaction(request, async (step) => {
      const filing = requireVisible(step, await step.tx.filings.find(input.filingId), (one) => [one.accountId]);
      await recordAudit(step, 'FormRevealed', { kind: 'filing', id: filing.id }, { reason: input.reason });
      return { values: openValues(step.deps, filing.id, filing.form) };
    }),
);
