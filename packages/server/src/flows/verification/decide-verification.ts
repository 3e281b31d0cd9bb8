import type { VerificationReason, VerifiedRole } from '@openbeian/model/verification';
import type { VerificationRow } from '../../ports/index.ts';
import { command } from '../command/operation.ts';
import { sayIn } from '../command/said.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { type FilingStepInput, lockFilingAtVersion } from '../filing/filing-step.ts';
import { refuseOwnWork } from '../review/own-work.ts';
import { recordResult } from './record-result.ts';
import { verificationViewOf } from './verification-view.ts';
import { verifiedPeopleOf } from './verified-people.ts';

interface DecideInput extends FilingStepInput {
  readonly role: VerifiedRole;
  /** What the reviewer goes by. */
  readonly way: 'sheet' | 'in_person';
  readonly outcome: 'passed' | 'failed';
  /** Of what failed. */
  readonly reason?: VerificationReason | undefined;
  readonly comment: string;
}

/**
 * A reviewer decides about somebody's identity, having looked at their pictures and data or seen them: of a filing that is under
 * review, for the form as it is now. The filing's version stays.
 */
export const decideVerification = command(
  {
    id: 'decideVerification',
    faults: [
      'object.not_found',
      'object.changed',
      'filing.wrong_state',
      'filing.claimed_by_other',
      'review.own_work',
      'review.second_person',
      'verification.not_asked',
    ],
  },
  async (step, input: DecideInput) => {
    const { deps, tx, actor, at } = step;
    const filing = await lockFilingAtVersion(step, input);
    if (filing.state !== 'awaiting_review') throw step.fault('filing.wrong_state');
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    const { role, way, outcome, reason, comment } = input;
    const one = (await verifiedPeopleOf(step, filing)).find(({ person }) => person.role === role);
    if (one === undefined) throw step.fault('verification.not_asked');
    if (outcome === 'failed' && reason === undefined) {
      const places = [{ path: 'reason', expected: 'why it failed', expectedZh: '核验未通过时须选择原因' }];
      throw step.fault('input.invalid', { places });
    }
    const id = deps.ids.next('ver');
    const row: VerificationRow = {
      id,
      filingId: filing.id,
      role,
      personHash: one.personHash,
      way,
      state: 'waiting',
      startedBy: actor.userId,
      startedAt: at,
      outsideId: null,
      link: null,
      linkUntil: null,
      pollAt: null,
      polls: 0,
      resultAt: null,
      validUntil: null,
      reason: null,
      comment: await sayIn(step, 'elsewhere', comment),
      decidedBy: actor.userId,
    };
    await tx.verification.insert(row);
    await recordResult(step, row, {
      resultId: id,
      outcome,
      at,
      reason: outcome === 'failed' ? (reason ?? null) : null,
    });
    return verificationViewOf(step, filing);
  },
);
