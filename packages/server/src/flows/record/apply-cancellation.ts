import type { CancellationScope } from '@openbeian/model/filing';
import { isAccessLedger, subjectLedgerOf } from '@openbeian/model/quota';
import type { CodeRow, FilingRow, ServiceRecordRow, StoreTransaction } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import type { Step } from '../command/step.ts';
import { codeEvaluatorOf } from '../resource/account-evaluator.ts';
import { tellOfCancellation } from './tell-of-cancellation.ts';
import { tellOfDemand } from './tell-of-demand.ts';

/** A cancelled record (注销主体, 注销网站, 取消接入). */
export interface Cancellation {
  readonly scope: CancellationScope;
  /** The subject's number for a subject, otherwise the service's. */
  readonly number: string;
  /** Whose access ended; with the other scopes null. */
  readonly provider: string | null;
}

/** A filing that had led to what was cancelled, and what became of its place in the ledger. */
interface CancelledFiling {
  readonly filingId: string;
  readonly codeId: string | null;
  readonly quotaReturned: boolean;
}

export interface CancelledService {
  readonly serviceNumber: string;
  readonly domainName: string;
  readonly filings: readonly CancelledFiling[];
}

/**
 * Cancels what a cancellation names: the services are cancelled (their names are blocked from then on), the accesses
 * end, and the places of the filings behind them come back where the policy of their resource says so; a used code stays
 * used either way. The caller holds the records.
 * @param detail what else the audit row holds
 * @returns null when the number is not on record here; nothing is written then.
 */
export async function applyCancellation(
  step: Step,
  cancellation: Cancellation,
  detail: Readonly<Record<string, unknown>>,
): Promise<{ changed: boolean; services: CancelledService[] } | null> {
  const { tx, at } = step;
  const { scope, number, provider } = cancellation;
  const subject = scope === 'subject' ? await tx.records.findSubjectByNumber(number) : null;
  const services = await servicesOf(tx, scope, number, subject?.id ?? null);
  if (services === null) return null;
  let changed = subject !== null && (await tx.records.cancelSubject(subject.id, at));
  const cancelledServices: CancelledService[] = [];
  for (const service of services) {
    const cancelled = scope !== 'access' && (await tx.records.cancelService(service.id, at));
    const ended = await tx.records.endAccesses(service.id, scope === 'access' ? provider : null, at);
    if (!cancelled && ended.length === 0) continue;
    changed = true;
    if (cancelled) await tx.records.endGraceOf(service.number, at);
    if (cancelled || provider === step.deps.provider) await endDemandOf(step, service);
    const filings: CancelledFiling[] = [];
    for (const access of ended) {
      const filing = access.filingId === null ? null : await tx.filings.findForUpdate(access.filingId);
      if (filing !== null) filings.push(await settleFiling(step, filing, cancellation, service));
    }
    cancelledServices.push({ serviceNumber: service.number, domainName: service.domainName, filings });
  }
  if (changed) {
    const told = { scope, provider, ...detail, services: cancelledServices };
    await recordAudit(step, 'RecordCancelled', { kind: 'record', id: number }, told);
    // What had ended before is no news.
    const ended = services.filter(({ number: one }) => cancelledServices.some((each) => each.serviceNumber === one));
    const of = { subject: subject ?? (await subjectOf(tx, services)), services: ended };
    await tellOfCancellation(step, cancellation, of);
  }
  return { changed, services: cancelledServices };
}

const subjectOf = (tx: StoreTransaction, [service]: readonly ServiceRecordRow[]) =>
  service === undefined ? null : tx.records.findSubject(service.subjectRecordId);

/** Nothing is left here to correct: what was demanded would be shown to its owner, who could not do it. */
async function endDemandOf(step: Step, { number }: ServiceRecordRow): Promise<void> {
  const { demands } = step.tx;
  const open = await demands.findOpen(number);
  const demand = open === null ? null : await demands.find(open.id);
  if (demand === null) return;
  await demands.end(demand.id, 'withdrawn', step.at);
  await tellOfDemand(step, demand, { type: 'CorrectionEnded', more: { ending: 'record_ended' } });
}

async function servicesOf(
  tx: StoreTransaction,
  scope: CancellationScope,
  number: string,
  subjectId: string | null,
): Promise<ServiceRecordRow[] | null> {
  if (scope === 'subject') return subjectId === null ? null : tx.records.listServicesOfSubject(subjectId);
  const service = await tx.records.findServiceByNumber(number);
  return service === null ? null : [service];
}

/** Gives a filing's place back, or not, by the policy that is in force for its resource today. */
async function settleFiling(
  step: Step,
  filing: FilingRow,
  { scope }: Cancellation,
  { number }: ServiceRecordRow,
): Promise<CancelledFiling> {
  const { tx, at } = step;
  const { code, quotaReturned } = await returnPlaceOf(step, filing);
  const detail = { scope, number, quotaReturned };
  await recordFilingEvent(step, filing.id, 'RecordCancelled', detail);
  if (code !== null) {
    const { issuerAccountId, granteeAccountId } = code;
    await tx.codeEvents.appendNotice({
      codeId: code.id,
      type: 'CodeFilingCancelled',
      at,
      issuerAccountId,
      granteeAccountId,
      resourceId: code.resourceId,
      detail: { filingId: filing.id, scope, quotaReturned },
    });
  }
  return { filingId: filing.id, codeId: code?.id ?? null, quotaReturned };
}

/**
 * Gives back what a filing that led to an access had spent, as the policy says that is in force for its resource today. An access
 * of the subject's is counted as long as there is one; a used code stays used.
 */
export async function returnPlaceOf(
  step: Step,
  filing: FilingRow,
): Promise<{ readonly code: CodeRow | null; readonly quotaReturned: boolean }> {
  const { tx, at } = step;
  const code = filing.codeId === null ? null : await tx.codes.find(filing.codeId);
  const use = code === null ? 'file' : 'issue';
  const { own, ofSubject } = await returnsOnCancel(step, code?.resourceId ?? filing.resourceId, use);
  const spendId = code?.spendId ?? filing.spendId;
  const quotaReturned = own && spendId !== null && (await tx.quota.returnSpend(spendId, at));
  for (const spend of await tx.quota.listLiveOfFiling(filing.id)) {
    if (spend.spendId === spendId) continue;
    if (ofSubject || isAccessLedger(spend.ledgerKey)) await tx.quota.returnSpend(spend.spendId, at);
  }
  return { code, quotaReturned };
}

/** Where no source states whether a place is returned, it is not returned. */
async function returnsOnCancel(
  step: Step,
  resourceId: string | null,
  use: 'file' | 'issue',
): Promise<{ readonly own: boolean; readonly ofSubject: boolean }> {
  if (resourceId === null) return { own: false, ofSubject: false };
  const row = await step.tx.resources.find(resourceId);
  if (row === null) throw new Error(`resource ${resourceId} is referred to and missing`);
  const { quotaOf, quotas = [] } = codeEvaluatorOf(step, [row]).policyOf(row)?.version ?? {};
  const ofSubject = subjectLedgerOf(use, '', '', quotas)?.rule.returnedOnCancel === true;
  return { own: quotaOf?.[use]?.returnedOnCancel === true, ofSubject };
}
