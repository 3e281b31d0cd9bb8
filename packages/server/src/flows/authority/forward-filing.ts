import type { Resource } from '@openbeian/model/eligibility';
import { Fault, isFault } from '@openbeian/model/fault';
import type { AuthorityPrincipal, AuthoritySubmission, FilingRow, Job, StoreTransaction } from '../../ports/index.ts';
import { worker } from '../command/actors.ts';
import type { FlowDeps } from '../command/deps.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { endGrace } from '../filing/filing-steps.ts';
import { openValues, textIn } from '../filing/form-values.ts';
import { findingOfReason, judgeHolding } from '../filing/holding.ts';

const firstRetryMs = 5_000;
const longestRetryMs = 15 * 60_000;

/**
 * Hands one passed filing to the authority: judges its resource once more, submits (idempotent per submission id, so
 * doing it twice does no harm), records the receipt. A failure that may pass is tried again, later and later.
 */
export async function forwardFiling(deps: FlowDeps, job: Job, owner: string): Promise<void> {
  const { submissionId, filingId } = job.payload as { submissionId: string; filingId: string };
  const submission = await deps.store.transaction(async (tx) => {
    const filing = await tx.filings.findForUpdate(filingId);
    // Recalled, or overtaken by the authority's own messages: nothing is left to hand over.
    if (filing === null || filing.state !== 'awaiting_forward' || filing.submissionId !== submissionId) {
      await complete(deps, tx, job, owner);
      return null;
    }
    const at = deps.clock.now();
    const reasons = await judgeHolding(deps, tx, filing, at);
    if (reasons.length > 0) {
      await advanceFiling(deps, tx, worker, filing, 'hold', at, { change: { findings: reasons.map(findingOfReason) } });
      await endGrace(tx, filing, at);
      await complete(deps, tx, job, owner);
      return null;
    }
    return submissionOf(deps, tx, filing, submissionId);
  });
  if (submission === null) return;
  try {
    const receipt = await deps.authority.submit(submission);
    await deps.store.transaction(async (tx) => {
      const at = deps.clock.now();
      await tx.exchange.recordReceipt(submissionId, receipt.receipt, receipt.receivedAt);
      const filing = await tx.filings.findForUpdate(filingId);
      if (filing?.state === 'awaiting_forward' && filing.submissionId === submissionId) {
        await advanceFiling(deps, tx, worker, filing, 'forward', at, { detail: { receipt: receipt.receipt } });
      }
      await complete(deps, tx, job, owner);
    });
  } catch (error) {
    if (!isFault(error, 'authority.unreachable') && !isFault(error, 'authority.refused')) throw error;
    await retryLater(deps, job, owner, error);
  }
}

async function complete(deps: FlowDeps, tx: StoreTransaction, job: Job, owner: string): Promise<void> {
  // A lost lease means that another worker has the job: its effects count, not ours.
  if (!(await tx.jobs.complete(job.id, owner, deps.clock.now()))) throw new Fault('object.changed');
}

/** Puts the job back, doubling the wait each time. A refused one waits longest: an operator has to look first. */
async function retryLater(deps: FlowDeps, job: Job, owner: string, error: Fault): Promise<void> {
  const waitMs =
    error.code === 'authority.refused' ? longestRetryMs : Math.min(longestRetryMs, firstRetryMs * 2 ** job.attempts);
  const runAt = new Date(Date.parse(deps.clock.now()) + waitMs).toISOString();
  await deps.store.transaction((tx) => tx.jobs.retry(job.id, owner, runAt, error.message));
}

async function submissionOf(
  deps: FlowDeps,
  tx: StoreTransaction,
  filing: FilingRow,
  id: string,
): Promise<AuthoritySubmission> {
  const values = openValues(deps, filing.id, filing.form);
  const text = (path: string): string => textIn(values, path);
  const principal = (at: string): AuthorityPrincipal => ({
    name: text(`${at}.name`),
    certificateType: text(`${at}.certificateType`),
    certificateNumber: text(`${at}.certificateNumber`).toUpperCase(),
    mobile: text(`${at}.mobile`),
    emergencyMobile: text(`${at}.emergencyMobile`),
    email: text(`${at}.email`),
  });
  // An individual is the principal of both; the form asks for it once.
  const individual: AuthorityPrincipal = {
    ...principal('subject.principal'),
    name: text('subject.name'),
    certificateType: text('subject.certificateType'),
    certificateNumber: text('subject.certificateNumber').toUpperCase(),
  };
  const person = filing.subjectKind === 'individual';
  const resource = filing.resourceId === null ? null : await tx.resources.find(filing.resourceId);
  const facts = resource?.facts as Resource | undefined;
  return {
    id,
    filingId: filing.id,
    kind: filing.kind,
    provinceCode: filing.provinceCode,
    provider: filing.provider,
    subject: {
      kind: filing.subjectKind,
      number: filing.subjectNumber,
      name: text('subject.name'),
      certificateType: text('subject.certificateType'),
      certificateNumber: text('subject.certificateNumber').toUpperCase(),
      certificateAddress: text('subject.certificateAddress'),
      contactAddress: text('subject.contactAddress'),
      principal: person ? individual : principal('subject.principal'),
    },
    service: {
      kind: filing.serviceKind,
      number: filing.serviceNumber,
      name: text('service.name'),
      domainName: filing.domainName,
      homeUrl: text('service.homeUrl'),
      content: text('service.content'),
      languages: Array.isArray(values['service.languages']) ? (values['service.languages'] as string[]) : [],
      preApproval: text('service.preApproval'),
      remark: text('service.remark'),
      principal: person ? individual : principal('service.principal'),
    },
    access: {
      resourceId: filing.resourceId ?? '',
      ipAddresses: (facts?.publicIps ?? []).flatMap((ip) => (ip.address === undefined ? [] : [ip.address])),
    },
  };
}
