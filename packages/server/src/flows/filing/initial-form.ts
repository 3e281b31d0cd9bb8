import { dayOf } from '@openbeian/model/calendar';
import { natureOf } from '@openbeian/model/code-tables';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import type { FilingRow, StoredForm, StoreTransaction } from '../../ports/index.ts';
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
  const { divisions } = deps;
  const tables = deps.codeTablesOf(start.provinceCode);
  const day = dayOf(at);
  const fields = fieldsOf(formFor({ ...start, kind: 'first', at: day, tables, divisions }));
  const values = {
    'subject.nature': start.nature ?? natureOf(tables, start.subjectKind, start.certificateType, day),
    'subject.certificateType': start.certificateType,
    'subject.certificateNumber': start.certificateNumber,
    'subject.submittedBy': 'self',
    ...(start.serviceKind === 'app' ? {} : { 'service.homeUrl': `https://www.${start.domainName}/` }),
    'service.languages': ['zh_hans'],
    'service.preApproval': [{ type: 'none' }],
    'service.access.methods': ['cloud'],
    ...known,
  };
  return sealValues(deps, start.filingId, values, fields);
}

/** The account's subject by its last filing, which another account may have made before the records moved. */
export async function lastFilingOf(
  tx: StoreTransaction,
  accountId: string,
  subjectHash: string,
): Promise<FilingRow | null> {
  const subject = await tx.records.findSubjectByHash(subjectHash);
  const filed =
    subject?.accountId === accountId ? await tx.filings.findLastFiledOf({ subjectNumber: subject.number }) : null;
  return filed ?? tx.filings.findLastFiled(accountId, subjectHash);
}

/** For a service that is filed here and accessed again: its subject's data and its own. Where it is accessed now is asked again. */
export async function serviceOfLastFiling(step: Step, form: StartingForm): Promise<Readonly<Record<string, unknown>>> {
  const { deps, tx } = step;
  const ofSubject = await subjectOfLastFiling(step, form);
  const subject = await tx.records.findSubjectByHash(form.subjectHash);
  const service = await tx.records.findServiceByDomainName(form.domainName, form.serviceKind);
  // What another account filed is told to nobody here.
  if (subject?.accountId !== form.accountId || service?.subjectRecordId !== subject.id) return ofSubject;
  const filed = await tx.filings.findLastFiledOf({ serviceNumber: service.number });
  if (filed === null) return ofSubject;
  const values = Object.entries(openValues(deps, filed.id, filed.form));
  const isOfService = (path: string) => path.startsWith('service.') && !path.startsWith('service.access.');
  return { ...ofSubject, ...Object.fromEntries(values.filter(([path]) => isOfService(path))) };
}

/** For a subject that is filed here: its data of the last filing. */
export async function subjectOfLastFiling(
  { deps, tx }: Step,
  { accountId, subjectHash }: StartingForm,
): Promise<Readonly<Record<string, unknown>>> {
  const filed = await lastFilingOf(tx, accountId, subjectHash);
  if (filed === null) return {};
  const values = Object.entries(openValues(deps, filed.id, filed.form));
  return Object.fromEntries(values.filter(([path]) => path.startsWith('subject.')));
}
