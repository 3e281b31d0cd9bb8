import { toldFinding } from '@openbeian/model/forms';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { findUncarried } from './find-uncarried.ts';
import { findUnchanged } from './find-unchanged.ts';
import { findingsBeside, findingsOf, isEditable } from './form-view.ts';

/** The pre-check of the form as it is saved; nothing is written. */
export const checkFiling = query(
  { id: 'checkFiling', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
    const findings = await findingsOf(step, filing, await findingsBeside(step, filing));
    const more = isEditable(filing) ? [...findUncarried(step, filing), ...(await findUnchanged(step, filing))] : [];
    return { findings: [...findings, ...more.map((finding) => toldFinding(finding))] };
  },
);
