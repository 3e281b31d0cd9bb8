import { filingKindTable, mayHaveLapsedFrom } from '@openbeian/model/filing';
import type { CodeRow, FilingRow, LapseRow } from '../../../ports/index.ts';
import { codeReasons } from '../../code/code-reasons.ts';
import { goesToBearer } from '../../code/examine-code.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { reopenContests } from '../../contest/close-contests.ts';
import { tellOfFiling } from '../../notice/tell-of-filing.ts';
import { refuseTooManyDrafts } from '../begin-filing.ts';
import { dueOf, emptyDraftDueAt } from '../due-at.ts';
import { findOwnerHere, refuseRecordedElsewhere } from '../recorded-elsewhere.ts';
import { undoUntil } from './undo-until.ts';

/** Why a lapse is not undone, besides that there is none. */
export const undoFaults = [
  'filing.reopen_ended',
  'filing.already_open',
  'filing.held_by_other_account',
  'filing.superseded',
  'filing.subject_in_other_account',
  'filing.name_in_other_account',
  'filing.too_many_drafts',
  'quota.exhausted',
  'code.not_usable',
  'code.wrong_state',
] as const;
type UndoStep = Step<'filing.wrong_state' | (typeof undoFaults)[number]>;

/**
 * Takes a lapse back: the filing is in the state it lapsed from and holds what it held. It must be locked. Refused where
 * something that came meanwhile is against it; nothing is written then, so that the same transaction may go on with another.
 */
export async function undoLapse(step: UndoStep, filing: FilingRow): Promise<FilingRow> {
  const { tx, at } = step;
  const lapse = await requireLapse(step, filing);
  const { state } = lapse;
  if (state === 'draft') await refuseTooManyDrafts(step, filing.accountId);
  // Holds the account's starts of filings.
  else await tx.accounts.lock(filing.accountId);
  await refuseSuperseded(step, filing);
  await refuseHeld(step, filing, state);
  const spendId = await holdAgain(step, filing, lapse);
  const change = { dueAt: dueAtAgain(step, filing, lapse), ...(spendId !== null && { spendId }) };
  // Whatever the database has against it now undoes the whole transaction.
  if (!(await tx.filings.update(filing, state, change, at))) throw new Error(`filing ${filing.id} was not locked`);
  await tx.lapses.remove(filing.id);
  await recordFilingEvent(step, filing.id, 'FilingReopened', { state });
  if (filing.codeId !== null) await recordFilingEvent(step, filing.id, 'CodeBound', { codeId: filing.codeId });
  else if (spendId !== null) {
    await recordFilingEvent(step, filing.id, 'ResourceBound', { resourceId: filing.resourceId ?? '' });
  }
  await reopenContests(step, filing);
  const reopened = { ...filing, ...change, state, lapsedAt: null, version: filing.version + 1, updatedAt: at };
  await tellOfFiling(step, reopened, 'FilingReopened');
  return reopened;
}

async function requireLapse({ tx, deps, at, fault }: UndoStep, filing: FilingRow): Promise<LapseRow> {
  const lapse = filing.state === 'abandoned' ? await tx.lapses.find(filing.id) : null;
  if (lapse === null || !mayHaveLapsedFrom(lapse.state)) throw fault('filing.wrong_state');
  if (Date.parse(at) >= Date.parse(undoUntil(lapse.lapsedAt, deps.keep.undoDays))) throw fault('filing.reopen_ended');
  return lapse;
}

/** Kinds that say that the subject is not filed here. */
const ofNewSubjects: readonly FilingRow['kind'][] = ['first', 'add_site_elsewhere'];

/** What is on record now decides which filing is needed: one that is filed already is not filed again. */
async function refuseSuperseded(step: UndoStep, filing: FilingRow): Promise<void> {
  await refuseRecordedElsewhere(step, filing);
  if (!filingKindTable[filing.kind].opens) return refuseGone(step, filing);
  if ((await findOwnerHere(step.tx, filing)) !== null) throw step.fault('filing.superseded');
  if (!ofNewSubjects.includes(filing.kind)) return;
  const subject = await step.tx.records.findSubjectByHash(filing.subjectHash);
  if (subject !== null && subject.cancelledAt === null) throw step.fault('filing.superseded');
}

/** What it was to change or end must still be on record, in the account. */
async function refuseGone({ tx, fault }: UndoStep, filing: FilingRow): Promise<void> {
  const subject = await tx.records.findSubjectByNumber(filing.subjectNumber ?? '');
  const isThere = subject?.accountId === filing.accountId && subject.cancelledAt === null;
  const service = filing.serviceNumber === null ? null : await tx.records.findServiceByNumber(filing.serviceNumber);
  if (!isThere || service?.state === 'cancelled') throw fault('filing.superseded');
}

/** Held by the account's own open filing, or, where this one holds it in that state, by another account's. */
async function refuseHeld({ tx, fault }: UndoStep, filing: FilingRow, state: FilingRow['state']): Promise<void> {
  if (await tx.filings.hasOpen(filing)) throw fault('filing.already_open');
  if (filing.setAsideAt !== null) return;
  const isDraft = state === 'draft';
  const rival = await tx.filings.findRival(filing);
  const takesName = !isDraft || filing.nameProvenAt !== null;
  if (takesName && rival?.domainName === filing.domainName) throw fault('filing.held_by_other_account');
  const takesSubject = !isDraft || filing.subjectGivenAt !== null;
  if (takesSubject && (await tx.filings.findSubjectRival(filing)) !== null) throw fault('filing.held_by_other_account');
}

/** Spends in the same ledgers and binds the same code again, all or nothing. @returns the new spend of its own place */
async function holdAgain(step: UndoStep, filing: FilingRow, lapse: LapseRow): Promise<string | null> {
  const { tx, at, deps } = step;
  const code = filing.codeId === lapse.keptCodeId ? null : await requireCode(step, filing);
  const made: string[] = [];
  let placeId: string | null = null;
  const giveBack = async () => {
    for (const spendId of made) await tx.quota.returnSpend(spendId, at);
  };
  for (const { spendId: former, ledgerKey } of await tx.quota.listSpends(lapse.spendIds)) {
    const spendId = deps.ids.next('spd');
    if (!(await tx.quota.spendDirect({ spendId, ledgerKey, filingId: filing.id, at }))) {
      await giveBack();
      throw step.fault('quota.exhausted');
    }
    made.push(spendId);
    if (former === filing.spendId) placeId = spendId;
  }
  if (code !== null && !(await tx.codes.bind(code.id, filing.id, at))) {
    await giveBack();
    throw step.fault('code.wrong_state');
  }
  return placeId;
}

/** The code that the filing was bound to, where its account may still use it there. */
async function requireCode(step: UndoStep, filing: FilingRow): Promise<CodeRow | null> {
  if (filing.codeId === null) return null;
  const code = await step.tx.codes.find(filing.codeId);
  if (code === null || code.boundFilingId !== null || code.resourceId !== filing.resourceId) {
    throw step.fault('code.wrong_state');
  }
  if (code.revokedAt !== null || code.usedAt !== null) throw step.fault('code.wrong_state');
  const { issuerAccountId: issuer, granteeAccountId: grantee } = code;
  const isTheirs = issuer === filing.accountId || grantee === filing.accountId;
  if (isTheirs || (grantee === null && (await goesToBearer(step, code)))) return code;
  throw step.fault('code.not_usable', { reasons: [codeReasons.not_grantee] });
}

/** As it was, where that is still ahead: a clock may have been wrong. Otherwise the state's whole time, from now. */
function dueAtAgain({ deps, at }: UndoStep, { startedAt }: FilingRow, { state, dueAt }: LapseRow): string | null {
  if (dueAt !== null && Date.parse(dueAt) > Date.parse(at)) return dueAt;
  const { emptyDays } = deps.drafts;
  const isEmptyDraft = state === 'draft' && dueAt === emptyDraftDueAt(startedAt, emptyDays);
  return isEmptyDraft ? emptyDraftDueAt(at, emptyDays) : dueOf(state, at, deps).dueAt;
}
