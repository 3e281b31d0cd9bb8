import { isAccessLedger } from '@openbeian/model/quota';
import { type FilingRow, type ServiceRecordRow, type SubjectRecordRow, sealingContexts } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { returnPlaceOf } from '../../record/apply-cancellation.ts';
import { openValues, textIn } from '../form-values.ts';
import { isServiceCancelled } from '../nothing-left.ts';
import { subjectText } from '../subject-text.ts';
import { conflictOf } from './record-service.ts';

/** As `changeSubject` and `changeService`; where the service was cancelled meanwhile, the organiser's part is all there is to write. */
export async function changeBoth(step: Step, filing: FilingRow): Promise<void> {
  const isGone = await isServiceCancelled(step.tx, filing);
  // Whatever refuses it refuses it before anything is written.
  if (!isGone) await serviceOf(step, filing);
  await changeSubject(step, filing);
  if (!isGone) await changeService(step, filing);
}

/**
 * Writes what the authority approved over the subject's record; its number stays. What was counted for the subject goes along with
 * a new certificate.
 * @throws Fault `record.number_conflict` when the record is the account's no more, or its new certificate is on record already
 */
export async function changeSubject(step: Step, filing: FilingRow): Promise<void> {
  const { deps, tx } = step;
  await tx.records.hold();
  const subject = await recordOf(step, filing);
  const values = openValues(deps, filing.id, filing.form);
  const text = subjectText(textIn(values, 'subject.certificateType'), textIn(values, 'subject.certificateNumber'));
  const [hash = subject.subjectHash] = deps.vault.hashes(text, 'subject');
  if (hash !== subject.subjectHash) {
    const other = await tx.records.findSubjectByHash(hash);
    if (other !== null && other.id !== subject.id) throw conflictOf(subject.number);
    await tx.records.moveHolder(subject.subjectHash, hash);
  }
  const name = textIn(values, 'subject.name');
  await tx.records.putSubject({
    id: subject.id,
    number: subject.number,
    accountId: subject.accountId,
    subjectKind: filing.subjectKind,
    subjectHash: hash,
    unitName: filing.subjectKind === 'individual' ? null : name,
    sealedName: deps.vault.seal(name, sealingContexts.subjects(subject.number)),
    provinceCode: subject.provinceCode,
    recordedAt: subject.recordedAt,
  });
}

/** As `changeSubject`, of a service: what it is called, and where it runs if the filing has taken another place. */
export async function changeService(step: Step, filing: FilingRow): Promise<void> {
  const { deps, tx } = step;
  await tx.records.hold();
  const service = await serviceOf(step, filing);
  const name = textIn(openValues(deps, filing.id, filing.form), 'service.name');
  await tx.records.putService({
    id: service.id,
    number: service.number,
    subjectRecordId: service.subjectRecordId,
    serviceKind: service.serviceKind,
    serviceName: name,
    domainName: service.domainName,
    state: service.state,
    recordedAt: service.recordedAt,
  });
  if (filing.resourceId !== null) await moveAccess(step, filing, service);
}

/**
 * The ties that filings made end, and their places come back as their rules say; the service is served without a break. What it is
 * used on besides stays.
 */
async function moveAccess(step: Step, filing: FilingRow, service: ServiceRecordRow): Promise<void> {
  const { deps, tx, at } = step;
  const { provider } = filing;
  const made = (await tx.records.listAccesses(service.id)).filter((tie) => tie.provider === provider && tie.filingId);
  for (const tie of made) await tx.records.endAccess(tie.id, at);
  const tie = { serviceRecordId: service.id, provider, resourceId: filing.resourceId ?? '', filingId: filing.id, at };
  await tx.records.putAccess({ id: deps.ids.next('acs'), ...tie });
  for (const { filingId } of made) {
    const former = filingId === null || filingId === filing.id ? null : await tx.filings.findForUpdate(filingId);
    if (former === null) continue;
    const counted = (await tx.quota.listLiveOfFiling(former.id)).filter(({ ledgerKey }) => isAccessLedger(ledgerKey));
    await returnPlaceOf(step, former);
    // The subject has as many accesses as before; they are this filing's now.
    for (const { ledgerKey } of counted) {
      const spend = { spendId: deps.ids.next('spd'), ledgerKey, filingId: filing.id, at };
      if (!(await tx.quota.spendDirect(spend)))
        throw new Error(`${ledgerKey} has no room for what was just given back`);
    }
  }
}

async function serviceOf(step: Step, filing: FilingRow): Promise<ServiceRecordRow> {
  const subject = await recordOf(step, filing);
  const service = await step.tx.records.findServiceByNumber(filing.serviceNumber ?? '');
  if (service === null || service.state !== 'filed' || service.subjectRecordId !== subject.id)
    throw conflictOf(filing.serviceNumber ?? subject.number);
  return service;
}

async function recordOf({ tx }: Step, filing: FilingRow): Promise<SubjectRecordRow> {
  const number = filing.subjectNumber ?? '';
  const subject = await tx.records.findSubjectByNumber(number);
  if (subject === null || subject.cancelledAt !== null || subject.accountId !== filing.accountId)
    throw conflictOf(number);
  return subject;
}
