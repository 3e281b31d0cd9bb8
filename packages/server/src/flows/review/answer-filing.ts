import { checkForm, isSubmittable, toldFinding } from '@openbeian/model/forms';
import { ownAccount } from '../command/permission.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { claimAt } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { findUncarried } from '../filing/find-uncarried.ts';
import { findUnchanged } from '../filing/find-unchanged.ts';
import { currentFormValues } from '../filing/form-values.ts';
import { findingsBeside } from '../filing/form-view.ts';
import { fullCheckContextOf } from '../filing/organiser-facts.ts';
import { countStay } from '../filing/review-counts.ts';
import { beginRound, changedInRound } from '../filing/review-round.ts';
import { wantLookUps } from '../look-up/want-look-ups.ts';

/** The customer answers what a reviewer asked: the filing goes on with the same reviewer, who sees what changed. */
export const answerFiling = filingStep(
  { id: 'answerFiling', faults: ['filing.form_incomplete'] },
  async (step, filing) => {
    const { deps, tx, actor, at } = step;
    ownAccount(actor);
    if (filing.askedAt === null) throw step.fault('filing.wrong_state');
    const ofForm = checkForm(currentFormValues(deps, filing, at), await fullCheckContextOf(step, filing));
    const ofText = findUncarried(step, filing);
    const findings = [
      ...ofForm,
      ...ofText,
      ...(await findUnchanged(step, filing)),
      ...(await findingsBeside(step, filing)),
    ];
    if (!isSubmittable(findings))
      throw step.fault('filing.form_incomplete', { findings: findings.map((finding) => toldFinding(finding)) });
    const changed = await changedInRound(step, filing);
    const reviewRound = await beginRound(step, filing);
    await tx.reviews.keepTicks(filing.id, filing.reviewRound, reviewRound);
    await countStay(step, filing);
    // Who passed it first has not seen what is new: that takes two pairs of eyes again.
    const firstPassedBy = changed.length === 0 ? filing.firstPassedBy : null;
    const begun = { stateSince: at, reviewRound, submittedBy: actor.userId, firstPassedBy };
    const change = { findings: [], askedAt: null, ...begun };
    const answered = await advanceFiling(step, filing, 'answer', { change, detail: { changed } });
    await wantLookUps(step, answered, 'missing');
    const claim = claimAt(filing, at);
    if (claim !== null && answered.dueAt !== null) {
      const { id: filingId, state } = answered;
      await tx.filings.claim({ filingId, state, holderId: claim.holderId, at, until: answered.dueAt });
    }
    return (await tx.filings.find(filing.id)) ?? answered;
  },
);
