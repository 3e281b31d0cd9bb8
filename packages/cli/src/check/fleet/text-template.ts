import type { NamedValues } from '@openbeian/model/eligibility';
import type { OutputBlock } from './output-block.ts';

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

/** Bytes with places for values of known length. */
export class TextTemplate {
  readonly bytes: Buffer;
  readonly #kinds: readonly number[];
  readonly #offsets: readonly number[];

  /** `text` holds marks; `values` are of the length that every value of this template has. */
  constructor(text: string, values: SlotValues) {
    const kinds: number[] = [];
    const offsets: number[] = [];
    let made = '';
    text.split(mark).forEach((part, index) => {
      if (index % 2 === 1) {
        kinds.push(Number(part));
        offsets.push(Buffer.byteLength(made));
        made += values[Number(part)] ?? '';
      } else made += part;
    });
    this.bytes = Buffer.from(made);
    this.#kinds = kinds;
    this.#offsets = offsets;
  }

  put(out: OutputBlock, values: SlotValues): void {
    const from = out.end;
    out.put(this.bytes);
    const kinds = this.#kinds;
    for (let index = 0; index < kinds.length; index += 1) {
      out.overwrite(values[kinds[index] ?? 0] ?? '', from + (this.#offsets[index] ?? 0));
    }
  }
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
