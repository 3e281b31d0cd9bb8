import { type ResultCode, resultCodes } from './result-codes.ts';
import type { RefusalReason } from './words.ts';

/** A reason with the authority's own words for its code. */
export function refusal(code: ResultCode, field: string | null): RefusalReason {
  return { code, field, text: resultCodes[code].zh };
}
