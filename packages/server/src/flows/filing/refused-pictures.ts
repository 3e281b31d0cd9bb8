import { isMaterialPlace } from '@openbeian/model/filing';
import { toldFinding } from '@openbeian/model/forms';
import type { NeededMaterial } from '@openbeian/model/materials';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { neededOf } from '../materials/material-places.ts';
import { changedInRound } from './review-round.ts';

/** Since when the customer is to bring what a reviewer has against the filing; null: nobody waits for that. */
function refusedAt({ state, stateSince, askedAt }: FilingRow): string | null {
  return state === 'returned' ? stateSince : askedAt;
}

/**
 * The pictures that a reviewer refused, by a return or by a question during the review, and that are still the same. Whoever
 * means the same picture uploads it once more; what the form no longer needs is no longer refused.
 *
 * @param known fields and pictures that changed in this round, where the caller has them already
 */
export async function refusedPictures(
  step: Step,
  filing: FilingRow,
  known?: readonly string[],
): Promise<NeededMaterial[]> {
  const since = refusedAt(filing);
  const refused = filing.findings.filter(({ field, from }) => from === 'reviewer' && isMaterialPlace(field));
  if (since === null || refused.length === 0) return [];
  const changed = known ?? (await changedInRound(step, filing));
  const given = await step.tx.materials.list(filing.id);
  const isNew = ({ addedAt }: { readonly addedAt: string }) => Date.parse(addedAt) > Date.parse(since);
  return neededOf(step.deps, filing, step.at).filter(
    ({ key, part, field }) =>
      refused.some((one) => one.field === field) &&
      !changed.includes(field) &&
      !given.some((one) => one.key === key && one.part === part && isNew(one)),
  );
}

/**
 * A picture that was refused is answered with another one: without, the reviewer would only refuse it again.
 *
 * @throws Fault `filing.form_incomplete` with each place at which the refused picture is still there
 */
export async function refuseSamePictures(
  step: Step<'filing.form_incomplete'>,
  filing: FilingRow,
  known?: readonly string[],
): Promise<void> {
  const left = await refusedPictures(step, filing, known);
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
