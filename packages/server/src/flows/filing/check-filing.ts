import { toldFinding } from '@openbeian/model/forms';
import { query } from '../command/operation.ts';
import { findUncarried } from './find-uncarried.ts';
import { findUnchanged } from './find-unchanged.ts';
import { isEditable, readForm } from './form-view.ts';

/** The pre-check of the form as it is saved; nothing is written. */
export const checkFiling = query(
  { id: 'checkFiling', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const { findings } = await readForm(step, filingId);
    const filing = await step.tx.filings.find(filingId);
    const isOpen = filing !== null && isEditable(filing);
    const more = isOpen ? [...findUncarried(step, filing), ...(await findUnchanged(step, filing))] : [];
    return { findings: [...findings, ...more.map((finding) => toldFinding(finding))] };
  },
);
