import { dayOf } from '@openbeian/model/calendar';
import { parseFilingNumbers } from '@openbeian/model/number';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { spendAccess } from '../filing/holding/spend-of-subject.ts';
import { reasonsAgainstFiling, requireResource } from '../resource/account-evaluator.ts';

interface UseRecordInput {
  readonly serviceNumber: string;
  readonly resourceId: string;
}

/**
 * Serves what the account has filed on a further resource of its own, of whatever product that may carry filings: a filing belongs to the provider, so
 * none is made (docs/sources.md `tencent-serverless-filing`); only what the organiser has accessed here is counted. Done again it
 * changes nothing.
 */
export const useRecord = command(
  { id: 'useRecord', faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted'] },
  async (step, { serviceNumber, resourceId }: UseRecordInput) => {
    const { deps, tx, actor, at } = step;
    const accountId = ownAccount(actor);
    const resource = await requireResource(step, resourceId, true);
    if (resource.row.accountId !== accountId) throw step.fault('object.not_found');
    await tx.records.hold();
    const { service, subject } = await ownService(step, serviceNumber, accountId);
    const ties = (await tx.records.listAccesses(service.id)).filter(({ provider }) => provider === deps.provider);
    const resources = ties.flatMap((tie) => (tie.resourceId === null ? [] : [tie.resourceId]));
    if (resources.includes(resourceId)) return { changed: false, resources };
    const reasons = reasonsAgainstFiling(resource, false);
    if (reasons.length > 0) throw step.fault('resource.not_eligible', { reasons });
    // Counted for the filing that made the access, with which it comes back.
    const id = ties.find(({ filingId }) => filingId !== null)?.filingId ?? null;
    if (id !== null) await spendAccess(step, { id, provider: deps.provider, subjectHash: subject.subjectHash });
    const tie = { serviceRecordId: service.id, provider: deps.provider, resourceId, filingId: null, at };
    await tx.records.putAccess({ id: deps.ids.next('acs'), ...tie });
    await recordAudit(step, 'RecordUsed', { kind: 'record', id: service.number }, { resourceId });
    return { changed: true, resources: [...resources, resourceId] };
  },
);

/** In force, accessed here, and the account's. @throws Fault `object.not_found` */
async function ownService({ deps, tx, at, fault }: Step<'object.not_found'>, text: string, accountId: string) {
  const [number] = parseFilingNumbers(text, dayOf(at)).numbers;
  const service = number === undefined ? null : await tx.records.findServiceByNumber(number.canonical);
  const subject = service === null ? null : await tx.records.findSubject(service.subjectRecordId);
  const isHere = service?.state === 'filed' && service.accesses.includes(deps.provider);
  if (!isHere || subject === null || subject.accountId !== accountId) throw fault('object.not_found');
  return { service, subject };
}
