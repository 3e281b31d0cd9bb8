import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { openValues, textIn } from './form-values.ts';

export interface ApprovedNumbers {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
}

/** Writes the subject, its service and our access to it as the authority approved them. */
export async function recordService(
  { deps, tx, at }: Step,
  filing: FilingRow,
  { subjectNumber, serviceNumber }: ApprovedNumbers,
): Promise<void> {
  const values = openValues(deps, filing.id, filing.form);
  const name = textIn(values, 'subject.name');
  const subject = await tx.records.putSubject({
    id: deps.ids.next('sbj'),
    number: subjectNumber,
    accountId: filing.accountId,
    subjectKind: filing.subjectKind,
    subjectHash: filing.subjectHash,
    unitName: filing.subjectKind === 'individual' ? null : name,
    sealedName: deps.vault.seal(name, `subject:${subjectNumber}`),
    provinceCode: filing.provinceCode,
    recordedAt: at,
  });
  const service = await tx.records.putService({
    id: deps.ids.next('srv'),
    number: serviceNumber,
    subjectRecordId: subject.id,
    serviceKind: filing.serviceKind,
    serviceName: textIn(values, 'service.name'),
    domainName: filing.domainName,
    state: 'filed',
    recordedAt: at,
  });
  await tx.records.putAccess({
    id: deps.ids.next('acs'),
    serviceRecordId: service.id,
    provider: filing.provider,
    resourceId: filing.resourceId ?? '',
    filingId: filing.id,
    at,
  });
}
