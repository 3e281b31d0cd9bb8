import type { NamedValues } from '@openbeian/model/eligibility';

/** Values that are put into a template for each resource; every other value has a template of its own. */
export const slotKinds = [
  'boughtAt',
  'expiresAt',
  'until',
  'boughtDays',
  'leftDays',
  'account',
  'boundTo',
  'amount',
] as const;
export type SlotKind = (typeof slotKinds)[number];

/** The values of one resource by the number of their kind; only those that a template asks for are looked at. */
export type SlotValues = string[];

/**
 * A mark that holds the place of a value until the template is made. No text has this letter: it is not ASCII that
 * the quick reader takes, and in texts of ours it would be a mistake.
 */
export function markOf(kind: SlotKind): string {
  return `\u007f${slotKinds.indexOf(kind)}\u007f`;
}

const mark = /\u007f(\d)\u007f/;

/** A text without its marks, and where which kind of value is written into it. */
interface SplitText {
  readonly made: Buffer;
  readonly slots: readonly { readonly kind: number; readonly offset: number }[];
}

/** `values` are of the length that every value has which will be written into the text. */
export function splitMarks(text: string, values: SlotValues): SplitText {
  const slots: { kind: number; offset: number }[] = [];
  let length = 0;
  const pieces = text.split(mark).map((part, index) => {
    if (index % 2 === 1) slots.push({ kind: Number(part), offset: length });
    const piece = Buffer.from(index % 2 === 1 ? (values[Number(part)] ?? '') : part);
    length += piece.length;
    return piece;
  });
  return { made: Buffer.concat(pieces), slots };
}

/** Marks for the values that the words of a reason name. */
export function marksFor(code: string): NamedValues {
  switch (code) {
    case 'resource.purchased_term_too_short': {
      const days = markOf('boughtDays');
      return { boughtAt: markOf('boughtAt'), expiresAt: markOf('expiresAt'), days, until: markOf('until') };
    }
    case 'resource.remaining_term_too_short':
      return { expiresAt: markOf('expiresAt'), days: markOf('leftDays') };
    case 'resource.expired':
      return { expiresAt: markOf('expiresAt') };
    case 'resource.order_amount_too_low':
      return { amount: markOf('amount') };
    case 'resource.not_owner':
      return { account: markOf('account') };
    default:
      return {};
  }
}
