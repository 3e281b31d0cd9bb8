import { query } from '../command/operation.ts';
import { readForm } from './form-view.ts';

/** The pre-check of the form as it is saved; nothing is written. */
export const checkFiling = query(
  { id: 'checkFiling', faults: ['object.not_found'] },
  async (step, input: { readonly filingId: string }) => ({ findings: (await readForm(step, input.filingId)).findings }),
);
