import { ownAccount } from '../command/permission.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { claimAt } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { refuseIncomplete } from '../filing/refuse-incomplete.ts';
import { refuseSamePictures } from '../filing/refused-pictures.ts';
import { countStay } from '../filing/review-counts.ts';
import { beginRound, changedInRound } from '../filing/review-round.ts';
import { wantLookUps } from '../look-up/want-look-ups.ts';

/** The customer answers what a reviewer asked: the filing goes on with the same reviewer, who sees what changed. */
export const answerFiling = filingStep(
  { id: 'answerFiling', faults: ['filing.form_incomplete'] },
  async (step, filing) => {
    const { tx, actor, at } = step;
    ownAccount(actor);
    if (filing.askedAt === null) throw step.fault('filing.wrong_state');
    await refuseIncomplete(step, filing);
    const changed = await changedInRound(step, filing);
    await refuseSamePictures(step, filing, changed);
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
