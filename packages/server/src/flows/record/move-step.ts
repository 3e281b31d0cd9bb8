import { preconditionTexts, unmetBy } from '@openbeian/model/filing';
import type { MoveRow, SubjectRecordRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { subjectText } from '../filing/subject-text.ts';

/** What either side shows to be the organiser. */
export interface OrganiserProof {
  readonly certificateType: string;
  readonly certificateNumber: string;
}

/** Is it the certificate on record? @throws Fault `move.not_proven` */
export function refuseUnproven(
  { deps, fault }: Pick<Step<'move.not_proven'>, 'deps' | 'fault'>,
  subject: SubjectRecordRow | null,
  { certificateType, certificateNumber }: OrganiserProof,
): asserts subject is SubjectRecordRow {
  const number = certificateNumber.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  const hashes = deps.vault.hashes(subjectText(certificateType, number), 'subject');
  const isOwn = subject !== null && subject.cancelledAt === null && hashes.includes(subject.subjectHash);
  if (!isOwn) throw fault('move.not_proven');
}

/** Asked when it begins and again when it is confirmed. @throws Fault `filing.precondition_unmet`, `filing.already_open` */
export async function refuseNotReady(
  step: Step<'filing.precondition_unmet' | 'filing.already_open'>,
  subject: SubjectRecordRow,
  toAccountId: string,
): Promise<void> {
  const { tx } = step;
  const { accountId, subjectHash, number: subjectNumber } = subject;
  const unmet = unmetBy('move_account', {
    subject: { filed: true, here: true, changed: false },
    service: { filed: true, here: true },
    otherServices: 0,
    openFilings: await tx.filings.countOpenOfSubject({ accountId, subjectHash, subjectNumber }),
    demanded: false,
    targetReady: await isReady(step, subject, toAccountId),
  });
  if (unmet.length === 0) return;
  if (unmet.every((one) => one === 'nothing_open')) throw step.fault('filing.already_open');
  const reasons = unmet.map((code) => ({ code: `filing.${code}`, message: preconditionTexts[code] }));
  throw step.fault('filing.precondition_unmet', { reasons });
}

/** Verified for such an organiser, without a record or an open filing of its own. */
async function isReady({ tx }: Step, subject: SubjectRecordRow, toAccountId: string): Promise<boolean> {
  const account = await tx.accounts.find(toAccountId);
  const holder = await tx.accounts.find(subject.accountId);
  if (account === null || !isVerifiedAs(account.realName, subject.subjectKind, holder?.realName)) return false;
  if ((await tx.records.listServices({ accountId: toAccountId, limit: 1 })).length > 0) return false;
  return ![...(await tx.filings.countByState({ accountId: toAccountId }))].some(
    ([state, count]) => count > 0 && state !== 'filed' && state !== 'abandoned',
  );
}

/**
 * Is the account verified as the organiser's kind? Some directories know units of one kind only, so for units it may also be verified
 * as the account is that has the records now.
 */
function isVerifiedAs(realName: string, subjectKind: SubjectRecordRow['subjectKind'], ofHolder = 'none'): boolean {
  if (realName === 'none' || realName === 'individual' || subjectKind === 'individual') return realName === subjectKind;
  return realName === subjectKind || realName === ofHolder;
}

/** Locks a move that the actor's account is on a side of. @throws Fault `object.not_found`, `move.ended` */
export async function waitingMove(step: Step<'object.not_found' | 'move.ended'>, moveId: string): Promise<MoveRow> {
  const { tx, actor, at, fault } = step;
  const move = await tx.moves.findForUpdate(moveId);
  const isSide = move !== null && [move.fromAccountId, move.toAccountId].includes(actor.accountId ?? '');
  if (!isSide) throw fault('object.not_found');
  if (move.endedAt !== null || Date.parse(move.until) <= Date.parse(at)) throw fault('move.ended');
  return move;
}

/** The account that began it. */
export const beganBy = ({ begunBy, fromAccountId, toAccountId }: MoveRow): string =>
  begunBy === 'holder' ? fromAccountId : toAccountId;
