import type { SubjectKind } from '@openbeian/model/filing';
import type { AnswerOf } from '../../api/client.ts';

export type ReturnReason = AnswerOf<'listReturnReasons'>['reasons'][number];

/** One reason for returning, addressed to a field or to the filing as a whole (null). */
export interface Objection {
  readonly field: string | null;
  readonly reasonId: string;
  readonly comment: string;
}

/**
 * The reasons that may be given for a field, those made for it first. A reason without fields, or for a whole group
 * (`subject.principal`), fits what is below; for the filing as a whole all of them may be given, except those for other kinds of organisers.
 */
export function reasonsFor(
  catalogue: readonly ReturnReason[],
  { field, subjectKind }: { readonly field: string | null; readonly subjectKind: SubjectKind },
): ReturnReason[] {
  const own = catalogue.filter(({ subjectKinds: kinds }) => kinds.length === 0 || kinds.includes(subjectKind));
  if (field === null) return own.toSorted((a, b) => a.fields.length - b.fields.length);
  const rank = (reason: ReturnReason): number => {
    if (reason.fields.includes(field)) return 0;
    if (reason.fields.some((one) => field.startsWith(`${one}.`))) return 1;
    return reason.fields.length === 0 ? 2 : 3;
  };
  return own.filter((reason) => rank(reason) < 3).toSorted((a, b) => rank(a) - rank(b));
}

/** Adds an objection; the same reason for the same field replaces the one before. */
export function withObjection(objections: readonly Objection[], one: Objection): Objection[] {
  return [...objections.filter((other) => !same(other, one)), one];
}

export function withoutObjection(objections: readonly Objection[], one: Objection): Objection[] {
  return objections.filter((other) => !same(other, one));
}

const same = (a: Objection, b: Objection) => a.field === b.field && a.reasonId === b.reasonId;
