import { dayOf } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import type { CancellationScope } from '@openbeian/model/filing';
import { parseFilingNumbers } from '@openbeian/model/number';
import { subjectLedgerOf } from '@openbeian/model/quota';
import type { FilingRow, ServiceRecordRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { runCommand } from '../command/run-command.ts';
import { deskOfResource } from '../resource/account-desk.ts';

/** A record that was struck (注销主体, 注销网站, 取消接入). */
export interface Cancellation {
  readonly scope: CancellationScope;
  /** The subject's number for a subject, otherwise the service's. */
  readonly number: string;
  /** Whose access ended; with the other scopes null. */
  readonly provider: string | null;
}

/** A filing that had led to what was struck, and what became of its place in the ledger. */
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
 * An operator enters that the authority struck a record. Entering it again changes nothing.
 * @throws Fault `input.invalid` when the number is none of its scope; `object.not_found` when it is not on record here.
 */
export async function cancelRecord(
  deps: FlowDeps,
  call: CommandCall,
  input: {
    readonly scope: CancellationScope;
    readonly number: string;
    readonly provider?: string | undefined;
    readonly reason: string;
  },
): Promise<{ changed: boolean; services: CancelledService[] }> {
  const number = canonicalNumber(input.number, input.scope, dayOf(deps.clock.now()));
  const { scope, reason } = input;
  if (scope !== 'access' && input.provider !== undefined) {
    throw new Fault('input.invalid', {
      places: [
        { path: 'provider', expected: 'nothing, unless scope is access', expectedZh: '仅 scope 为 access 时可填' },
      ],
    });
  }
  const provider = scope === 'access' ? (input.provider ?? deps.provider) : null;
  return runCommand(deps, call, 'cancelRecord', { scope, number, provider, reason }, async (tx, at) => {
    await tx.records.hold();
    const done = await applyCancellation(deps, tx, call.actor, { scope, number, provider }, at, { reason });
    if (done === null) throw new Fault('object.not_found');
    return done;
  });
}

function canonicalNumber(text: string, scope: CancellationScope, at: string): string {
  const { numbers } = parseFilingNumbers(text, at);
  const [found] = numbers.length === 1 ? numbers : [];
  const ofSubject = scope === 'subject';
  if (found !== undefined && found.kind !== 'public_security' && (found.service === null) === ofSubject) {
    return found.canonical;
  }
  const [expected, expectedZh] = ofSubject
    ? ['the number of a subject, e.g. 粤ICP备2026000123号', '应为主体备案号，例如 粤ICP备2026000123号']
    : [
        'the number of a service, e.g. 粤ICP备2026000123号-1',
        '应为网站、APP 或小程序的备案号，例如 粤ICP备2026000123号-1',
      ];
  throw new Fault('input.invalid', { places: [{ path: 'number', expected, expectedZh }] });
}

/**
 * Strikes what a cancellation names: the services are cancelled (their names are blocked from then on), the ties are
 * cut, and the places of the filings behind them come back where the policy of their resource says so; a used code stays
 * used either way. The caller holds the records.
 * @param detail what the audit fact tells besides
 * @returns null when the number is not on record here; nothing is written then.
 */
export async function applyCancellation(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  cancellation: Cancellation,
  at: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<{ changed: boolean; services: CancelledService[] } | null> {
  const { scope, number, provider } = cancellation;
  const subject = scope === 'subject' ? await tx.records.findSubjectByNumber(number) : null;
  const services = await servicesOf(tx, scope, number, subject?.id ?? null);
  if (services === null) return null;
  let changed = subject !== null && (await tx.records.cancelSubject(subject.id, at));
  const struck: CancelledService[] = [];
  for (const service of services) {
    const cancelled = scope !== 'access' && (await tx.records.cancelService(service.id, at));
    const ended = await tx.records.endAccesses(service.id, scope === 'access' ? provider : null, at);
    if (!cancelled && ended.length === 0) continue;
    changed = true;
    if (cancelled) await tx.records.endGraceOf(service.number, at);
    const filings: CancelledFiling[] = [];
    for (const access of ended) {
      const filing = access.filingId === null ? null : await tx.filings.findForUpdate(access.filingId);
      if (filing !== null) filings.push(await settleFiling(deps, tx, actor, filing, cancellation, service, at));
    }
    struck.push({ serviceNumber: service.number, domainName: service.domainName, filings });
  }
  if (changed) {
    const told = { scope, provider, ...detail, services: struck };
    await tx.audit.append(auditFact(deps, actor, at, 'RecordCancelled', { kind: 'record', id: number }, told));
  }
  return { changed, services: struck };
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
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  { scope }: Cancellation,
  { number }: ServiceRecordRow,
  at: string,
): Promise<CancelledFiling> {
  const code = filing.codeId === null ? null : await tx.codes.find(filing.codeId);
  const use = code === null ? 'file' : 'issue';
  const { own, ofSubject } = await returnsOnCancel(deps, tx, code?.resourceId ?? filing.resourceId, use, at);
  const spendId = code?.spendId ?? filing.spendId;
  const quotaReturned = own && spendId !== null && (await tx.quota.returnSpend(spendId, at));
  for (const spend of await tx.quota.listLiveOfFiling(filing.id)) {
    if (ofSubject && spend.spendId !== spendId) await tx.quota.returnSpend(spend.spendId, at);
  }
  const detail = { scope, number, quotaReturned };
  await tx.filings.appendEvent(filing.id, {
    at,
    actorId: actor.userId,
    actorRole: actor.role,
    type: 'RecordCancelled',
    detail,
  });
  if (code !== null) {
    const { issuerAccountId, granteeAccountId } = code;
    await tx.codeEvents.appendNotice({
      ...{ codeId: code.id, type: 'CodeFilingCancelled', at, issuerAccountId, granteeAccountId },
      ...{ resourceId: code.resourceId, detail: { filingId: filing.id, scope, quotaReturned } },
    });
  }
  return { filingId: filing.id, codeId: code?.id ?? null, quotaReturned };
}

/** Where no source says whether a place comes back, it does not: nobody gave it. */
async function returnsOnCancel(
  deps: FlowDeps,
  tx: StoreTransaction,
  resourceId: string | null,
  use: 'file' | 'issue',
  at: string,
): Promise<{ readonly own: boolean; readonly ofSubject: boolean }> {
  if (resourceId === null) return { own: false, ofSubject: false };
  const { desk, row } = await deskOfResource(deps, tx, resourceId, at);
  const { quotaOf, quotas = [] } = desk.policyOf(row)?.version ?? {};
  const ofSubject = subjectLedgerOf(use, '', '', quotas)?.rule.returnedOnCancel === true;
  return { own: quotaOf?.[use]?.returnedOnCancel === true, ofSubject };
}
