import { query } from '../command/operation.ts';
import { readForm } from './form-view.ts';

/** Fields, values and present findings of a filing's form. */
export const getFilingForm = query(
  { id: 'getFilingForm', faults: ['object.not_found'] },
  (step, input: { readonly filingId: string }) => readForm(step, input.filingId),
);
