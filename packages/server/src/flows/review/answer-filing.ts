import { isMaterialPlace } from '@openbeian/model/filing';
import { toldFinding } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { claimAt } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { refuseIncomplete } from '../filing/refuse-incomplete.ts';
import { countStay } from '../filing/review-counts.ts';
import { beginRound, changedInRound } from '../filing/review-round.ts';
import { wantLookUps } from '../look-up/want-look-ups.ts';
import { neededOf } from '../materials/material-places.ts';

interface Answer {
  readonly askedAt: string;
  /** Fields and pictures that are others than before. */
  readonly changed: readonly string[];
}

/**
 * A picture that was asked for is answered with another one: without, the reviewer would only ask again. Whoever means the same
 * picture uploads it once more; what the form no longer needs is no longer asked for.
 */
async function refuseSamePictures(
  step: Step<'filing.form_incomplete'>,
  filing: FilingRow,
  { askedAt, changed }: Answer,
) {
  const asked = filing.findings.filter(({ field }) => isMaterialPlace(field) && !changed.includes(field ?? ''));
  if (asked.length === 0) return;
  const needed = neededOf(step.deps, filing, step.at);
  const given = await step.tx.materials.list(filing.id);
  const isNew = ({ addedAt }: { readonly addedAt: string }) => Date.parse(addedAt) > Date.parse(askedAt);
  const left = needed.filter(
    ({ key, part, field }) =>
      asked.some((one) => one.field === field) &&
      !given.some((one) => one.key === key && one.part === part && isNew(one)),
  );
  if (left.length === 0) return;
  const findings = left.map(({ field, name }) =>
    toldFinding({
      field,
      rule: 'answer.picture_unchanged',
      message: { zh: `审核员请您更换${name.zh}，尚未更换。`, en: `The reviewer asks for another picture: ${name.en}.` },
      remedy: {
        zh: '请按审核员的要求重新上传；确认原图无误的，请再上传一次原图。',
        en: 'Upload it again as the reviewer asks; if the picture is right as it is, upload the same one once more.',
      },
      source: 'openbeian',
      from: 'pre_check',
    }),
  );
  throw step.fault('filing.form_incomplete', { findings });
}

/** The customer answers what a reviewer asked: the filing goes on with the same reviewer, who sees what changed. */
export const answerFiling = filingStep(
  { id: 'answerFiling', faults: ['filing.form_incomplete'] },
  async (step, filing) => {
    const { tx, actor, at } = step;
    ownAccount(actor);
    if (filing.askedAt === null) throw step.fault('filing.wrong_state');
    await refuseIncomplete(step, filing);
    const changed = await changedInRound(step, filing);
    await refuseSamePictures(step, filing, { askedAt: filing.askedAt, changed });
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
