import { standingOf } from '@openbeian/model/filing';
import type { FilingRow, FilingTerms } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import type { Step } from '../command/step.ts';
import { dueWithDemand } from './demand-of.ts';
import { emptyDraftDueAt } from './due-at.ts';
import { filingKindFlows } from './kinds.ts';

/** What is particular to a new filing. */
type Beginning = Pick<
  FilingRow,
  | 'id'
  | 'accountId'
  | 'kind'
  | 'domainName'
  | 'serviceKind'
  | 'subjectKind'
  | 'provinceCode'
  | 'subjectHash'
  | 'subjectNumber'
  | 'serviceNumber'
  | 'form'
  | 'findings'
  | 'nameProvenAt'
  | 'toldKind'
>;

/**
 * Opens a draft, where what is open of the subject leaves room for it.
 * @throws Fault `filing.already_open`, `filing.too_many_drafts`
 */
export async function beginFiling(
  step: Step<'filing.already_open' | 'filing.too_many_drafts'>,
  beginning: Beginning,
): Promise<FilingRow> {
  const { deps, tx, at } = step;
  const { id, kind, accountId, domainName } = beginning;
  // Asked again: another start may have taken the last place while the authority was asked.
  await refuseTooManyDrafts(step, accountId);
  const emptyDueAt = emptyDraftDueAt(at, deps.drafts.emptyDays);
  const dueAt = await dueWithDemand(step, { ...beginning, startedAt: at }, { state: 'draft', dueAt: emptyDueAt });
  const filing: FilingRow = {
    ...pick(beginning),
    provider: deps.provider,
    state: 'draft',
    version: 1,
    resourceId: null,
    codeId: null,
    spendId: null,
    submissionId: null,
    byHand: false,
    submittedBy: null,
    startedAt: at,
    updatedAt: at,
    dueAt,
    lapsedAt: null,
    subjectGivenAt: null,
    setAsideAt: null,
    stateSince: at,
    reviewRound: 0,
    firstPassedBy: null,
    askedAt: null,
    callsMissed: 0,
    lastCall: null,
    callAgainAt: null,
    claim: null,
  };
  if (!(await tx.filings.insert(filing, termsOf(deps, kind)))) throw step.fault('filing.already_open');
  const detail = { kind, domainName };
  await recordFilingEvent(step, id, 'FilingStarted', detail);
  await recordAudit(step, 'FilingStarted', { kind: 'filing', id }, detail);
  return filing;
}

/** Nothing but what a row has: a beginning may carry more. */
const pick = (of: Beginning): Beginning => ({
  id: of.id,
  accountId: of.accountId,
  kind: of.kind,
  domainName: of.domainName,
  serviceKind: of.serviceKind,
  subjectKind: of.subjectKind,
  provinceCode: of.provinceCode,
  subjectHash: of.subjectHash,
  subjectNumber: of.subjectNumber,
  serviceNumber: of.serviceNumber,
  form: of.form,
  findings: of.findings,
  nameProvenAt: of.nameProvenAt,
  toldKind: of.toldKind,
});

/** What a filing of that kind asks of the account's others. */
export const termsOf = ({ desk }: FlowDeps, kind: FilingRow['kind']): FilingTerms => ({
  ...standingOf(desk.sideBySide, kind),
  holdsPlace: filingKindFlows[kind].holds === 'place',
});

/** Before somebody outside is asked: nothing is held, and `beginFiling` looks again. */
export async function refuseWithoutHope(
  step: Step<'account.not_verified' | 'filing.too_many_drafts'>,
  accountId: string,
): Promise<void> {
  await refuseUnverified(step, accountId);
  await refuseFull(step, accountId);
}

export async function refuseWithoutPlace(
  step: Step<'account.not_verified' | 'filing.too_many_drafts'>,
  accountId: string,
): Promise<void> {
  await refuseUnverified(step, accountId);
  await refuseTooManyDrafts(step, accountId);
}

/** A filing of somebody unknown would keep the name's or the certificate's owner out. @throws Fault `account.not_verified` */
async function refuseUnverified({ tx, fault }: Step<'account.not_verified'>, accountId: string): Promise<void> {
  const account = await tx.accounts.find(accountId);
  if (account === null || account.realName === 'none') throw fault('account.not_verified');
}

/** Holds the account's other starts until this one has its row, so that no two take the last place. */
export async function refuseTooManyDrafts(step: Step<'filing.too_many_drafts'>, accountId: string): Promise<void> {
  await step.tx.accounts.lock(accountId);
  await refuseFull(step, accountId);
}

async function refuseFull({ deps, tx, fault }: Step<'filing.too_many_drafts'>, accountId: string): Promise<void> {
  const counts = await tx.filings.countByState({ accountId, states: ['draft'] });
  if ((counts.get('draft') ?? 0) >= deps.drafts.perAccount) throw fault('filing.too_many_drafts');
}
