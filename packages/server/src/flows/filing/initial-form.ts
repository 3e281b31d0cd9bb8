import { dayOf } from '@openbeian/model/calendar';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import type { StoredForm } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { openValues, sealValues } from './form-values.ts';
import type { StartFilingInput } from './start-filing-input.ts';

export interface StartingForm extends StartFilingInput {
  readonly filingId: string;
  readonly accountId: string;
  readonly subjectHash: string;
}

/** The form of a new filing, sealed: what was entered to start it, and what follows from its kind. */
export function initialFormOf(
  { deps, at }: Step,
  start: StartingForm,
  known: Readonly<Record<string, unknown>>,
): StoredForm {
  // Sealed with the full form's definition: a subject's data is carried even where the form does not ask for it.
  const fields = fieldsOf(formFor({ ...start, kind: 'first', at: dayOf(at) }));
  const values = {
    'subject.certificateType': start.certificateType,
    'subject.certificateNumber': start.certificateNumber,
    'service.homeUrl': `https://www.${start.domainName}/`,
    'service.languages': ['zh_hans'],
    'service.preApproval': 'none',
    ...known,
  };
  return sealValues(deps, start.filingId, values, fields);
}

/** For a subject that is filed here: its data of the last filing. */
export async function subjectOfLastFiling(
  { deps, tx }: Step,
  { accountId, subjectHash }: StartingForm,
): Promise<Readonly<Record<string, unknown>>> {
  const filed = await tx.filings.findLastFiled(accountId, subjectHash);
  if (filed === null) return {};
  const values = Object.entries(openValues(deps, filed.id, filed.form));
  return Object.fromEntries(values.filter(([path]) => path.startsWith('subject.')));
}
