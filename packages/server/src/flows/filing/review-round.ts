import { canonicalJson } from '@openbeian/model/canonical-json';
import { filingKindTable } from '@openbeian/model/filing';
import { fieldsOf, formFor, isPersonal } from '@openbeian/model/forms';
import type { FilingRow, SeenField, SeenForm } from '../../ports/index.ts';
import { readableOf } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues, formContextOf, maskedValues } from './form-values.ts';
import { type PictureChange, pictureChanges, seenPictures } from './seen-pictures.ts';

/** Notes what the reviewers get to see now. @returns the number of this round */
export async function beginRound(step: Step, filing: FilingRow): Promise<number> {
  const { deps, tx, actor, at } = step;
  const no = filing.reviewRound + 1;
  const seen = { ...seenOf(deps, filing, { of: filing.id, at }), ...(await seenPictures(step, filing)) };
  await tx.reviews.beginRound({ filingId: filing.id, no, begunAt: at, begunBy: actor.userId, seen });
  return no;
}

/** @param of the filing under review, which hashes are bound to */
function seenOf(deps: FlowDeps, filing: FilingRow, { of, at }: { readonly of: string; readonly at: string }): SeenForm {
  const open = currentFormValues(deps, filing, at);
  const masked = maskedValues(deps, filing, at);
  const personal = personalOf(deps, filing, at);
  return Object.fromEntries(
    Object.entries(masked).map(([path, shown]): [string, SeenField] => [
      path,
      { shown, hash: personal.has(path) ? deps.vault.hash(hashedText(of, path, open[path]), 'form_value') : null },
    ]),
  );
}

const hashedText = (filingId: string, path: string, value: unknown): string => `${filingId} ${path} ${textOf(value)}`;
/** Nothing and an empty text are the same to whoever looks at a form. */
const textOf = (value: unknown): string => canonicalJson(value === '' || value === undefined ? null : value);

/** Which fields the masked form hides something of: as of the whole form, of which some types ask only a part. */
function personalOf(deps: FlowDeps, filing: FilingRow, at: string): ReadonlySet<string> {
  const context = formContextOf(deps, filing, at);
  const fields = [...fieldsOf(formFor(context)), ...fieldsOf(formFor({ ...context, kind: 'first' as const }))];
  return new Set(fields.filter(isPersonal).map(({ path }) => path));
}

export interface ReviewChange {
  readonly field: string;
  /** Masked where it is personal; of pictures how many there were. */
  readonly before: unknown;
  readonly after: unknown;
  /** False: whether it changed is not known, since the key is gone that would tell. */
  readonly certain: boolean;
}

/** With what the form under review is compared, and how it differs from that; `since` null: there is nothing before it. */
export async function changesOf(
  step: Step,
  filing: FilingRow,
): Promise<{
  readonly since: { readonly from: 'submission' | 'record'; readonly at: string } | null;
  readonly changes: ReviewChange[];
}> {
  const { deps, tx, at } = step;
  const round = filing.reviewRound > 1 ? await tx.reviews.findRound(filing.id, filing.reviewRound - 1) : null;
  if (round !== null) {
    const changes = await differenceFrom(step, filing, readableOf(round.seen));
    return { since: { from: 'submission', at: round.begunAt }, changes };
  }
  const last = await lastFiledOf({ tx }, filing);
  if (last === null) return { since: null, changes: [] };
  const ofForm = differenceOf(deps, filing, seenOf(deps, last, { of: filing.id, at }), at);
  // A change takes fewer pictures than what it changes.
  const ofPictures = pictureChanges(await seenPictures(step, last), await seenPictures(step, filing), true);
  const changes = [...ofForm, ...ofPictures.map(certainly)];
  return { since: { from: 'record', at: last.updatedAt }, changes };
}

const certainly = (change: PictureChange): ReviewChange => ({ ...change, certain: true });

async function differenceFrom(step: Step, filing: FilingRow, before: SeenForm): Promise<ReviewChange[]> {
  const pictures = pictureChanges(before, await seenPictures(step, filing));
  return [...differenceOf(step.deps, filing, before, step.at), ...pictures.map(certainly)];
}

/** The fields and pictures that the customer changed since this round began, which the reviewer's question is part of. */
export async function changedInRound(step: Step, filing: FilingRow): Promise<string[]> {
  const round = await step.tx.reviews.findRound(filing.id, filing.reviewRound);
  if (round === null) return [];
  return (await differenceFrom(step, filing, readableOf(round.seen))).map(({ field }) => field);
}

/** What is on record of something that is changed, as far as it was filed here. */
async function lastFiledOf({ tx }: Pick<Step, 'tx'>, filing: FilingRow): Promise<FilingRow | null> {
  const { kind, serviceNumber, subjectNumber } = filing;
  if (filingKindTable[kind].opens) return null;
  if (serviceNumber !== null) return tx.filings.findLastFiledOf({ serviceNumber });
  return subjectNumber === null ? null : tx.filings.findLastFiledOf({ subjectNumber });
}

function differenceOf(deps: FlowDeps, filing: FilingRow, before: SeenForm, at: string): ReviewChange[] {
  const now = seenOf(deps, filing, { of: filing.id, at });
  const open = currentFormValues(deps, filing, at);
  const asked = fieldsOf(formFor(formContextOf(deps, filing, at)));
  return asked.flatMap(({ path }) => {
    const was = before[path] ?? { shown: null, hash: null };
    const is = now[path] ?? { shown: null, hash: null };
    const isSameShown = textOf(was.shown) === textOf(is.shown);
    if (was.hash === null || is.hash === null) {
      return isSameShown ? [] : [{ field: path, before: was.shown, after: is.shown, certain: true }];
    }
    const hashes = deps.vault.hashes(hashedText(filing.id, path, open[path]), 'form_value');
    if (hashes.includes(was.hash)) return [];
    const known = hashes.some((hash) => keyOf(hash) === keyOf(was.hash ?? ''));
    return [{ field: path, before: was.shown, after: is.shown, certain: known || !isSameShown }];
  });
}

/** The key that a hash names. */
const keyOf = (hash: string): string => hash.split('.').at(-2) ?? '';
