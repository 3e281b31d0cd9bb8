import type { Day } from '@openbeian/model/calendar';
import { earliestEnd } from '../policy/term.ts';
import type { Bilingual, Deadline, Finding, ReasonCode, RemedyAction } from '../reason.ts';
import { reasonTexts, type Words } from './reason-texts.ts';

/** A reason as people and programs read it (contract §2). */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: Bilingual;
  readonly remedy: Bilingual & {
    readonly action: RemedyAction;
    /**
     * For `renew` and `convert_to_prepaid`: the day that the new expiry must not be before. Null for other remedies.
     */
    readonly before: string | null;
  };
  readonly source: string;
  /** With `resource.fact_missing`: the key of the inventory that is needed. */
  readonly key?: string;
}

/** Puts a finding into words. Kept apart from `evaluate`, which must not build strings. */
export function explain(found: Finding): Reason {
  return explainAs(found, {});
}

/** Values that the words of several findings of one kind differ by, put into the text as they are. */
export interface NamedValues {
  readonly boughtAt?: string;
  readonly expiresAt?: string;
  readonly days?: string;
  readonly account?: string;
  readonly given?: string;
  readonly amount?: string;
  /** The day that the remedy reaches. */
  readonly until?: string;
}

/** `explain` with other values named in the words: with marks for them, it gives a template of many findings. */
export function explainAs(found: Finding, values: NamedValues): Reason {
  const until = found.until === null ? null : (values.until ?? dayReached(found.until));
  const words = wordsOf(found, until, values);
  const reason: Reason = {
    code: found.code,
    message: words.message,
    remedy: { action: found.remedy, ...words.remedy, before: until },
    source: found.source,
  };
  return found.code === 'resource.fact_missing' ? { ...reason, key: found.detail.key } : reason;
}

function wordsOf({ code, detail, remedy }: Finding, until: string | null, values: NamedValues): Words {
  // The table is keyed by code, so each function gets the detail of its own code.
  const words = reasonTexts[code] as (detail: unknown, given: { remedy: RemedyAction; until: Day | null }) => Words;
  return words(detail === null ? null : { ...detail, ...values }, { remedy, until });
}

/** The day that a remedy must reach. */
export function dayReached({ from, terms, notBefore }: Deadline): Day {
  return terms.map((term) => earliestEnd(from, term)).reduce((latest, end) => (end > latest ? end : latest), notBefore);
}
