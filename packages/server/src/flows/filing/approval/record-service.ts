import { Fault } from '@openbeian/model/fault';
import { type FilingRow, sealingContexts } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { openValues, textIn } from '../form-values.ts';
import { subjectText } from '../subject-text.ts';

/** The numbers that the authority gave. */
export interface ApprovedNumbers {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
}

/**
 * Writes the subject, its service and our access to it as the authority approved them.
 * @throws Fault `record.number_conflict` as `refuseConflict`; nothing is written then.
 */
export async function recordService(step: Step, filing: FilingRow, numbers: ApprovedNumbers): Promise<void> {
  const { deps, tx, at } = step;
  const { subjectNumber, serviceNumber } = numbers;
  const values = openValues(deps, filing.id, filing.form);
  await refuseConflict(step, filing, numbers);
  const name = textIn(values, 'subject.name');
  const subject = await tx.records.putSubject({
    id: deps.ids.next('sbj'),
    number: subjectNumber,
    accountId: filing.accountId,
    subjectKind: filing.subjectKind,
    subjectHash: filing.subjectHash,
    unitName: filing.subjectKind === 'individual' ? null : name,
    sealedName: deps.vault.seal(name, sealingContexts.subjects(subjectNumber)),
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

/**
 * Compares with the records in force; held, so that no other approval of these numbers is between.
 * @throws Fault `record.number_conflict` when a number is on record for another account, subject or name, since the gate would close that
 *   name, and when the organiser is on record under another number
 */
export async function refuseConflict(step: Step, filing: FilingRow, numbers: ApprovedNumbers): Promise<void> {
  const { deps, tx } = step;
  const { subjectNumber, serviceNumber } = numbers;
  const values = openValues(deps, filing.id, filing.form);
  await tx.records.hold();
  const text = subjectText(textIn(values, 'subject.certificateType'), textIn(values, 'subject.certificateNumber'));
  const hashes = [...new Set([filing.subjectHash, ...deps.vault.hashes(text, 'subject')])];
  const subject = await tx.records.findSubjectByNumber(subjectNumber);
  if (subject !== null && subject.cancelledAt === null) {
    if (subject.accountId !== filing.accountId || !hashes.includes(subject.subjectHash))
      throw conflictOf(subjectNumber);
  }
  for (const hash of hashes) {
    const known = await tx.records.findSubjectByHash(hash);
    if (known !== null && known.number !== subjectNumber) throw otherNumber(subjectNumber, known.number);
  }
  const service = await tx.records.findServiceByNumber(serviceNumber);
  if (service === null || service.state === 'cancelled') return;
  const isSame = service.domainName === filing.domainName && service.subjectRecordId === subject?.id;
  if (!isSame) throw conflictOf(serviceNumber);
}

export const conflictOf = (number: string) =>
  new Fault('record.number_conflict', {
    detail: {
      zh: `${number} 已登记给其他主体或其他域名。`,
      en: `${number} is on record for another organiser or domain.`,
    },
  });

const otherNumber = (given: string, known: string) =>
  new Fault('record.number_conflict', {
    detail: {
      zh: `该主体已登记的备案号是 ${known}，不能登记为 ${given}。`,
      en: `This organiser is on record under ${known}; it cannot be recorded under ${given}.`,
    },
  });
