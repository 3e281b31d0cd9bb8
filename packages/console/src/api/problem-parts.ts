import { ProblemError, UnreachableError } from '@openbeian/contract/calling';
import type { BothTexts } from '../language/words.ts';
import { isFinding, isReason } from './is-problem.ts';
import type { Finding, Reason } from './shapes.ts';

export interface ProblemParts {
  /** `unreachable`: no answer at all; `internal`: not from the server. Otherwise the fault's code. */
  readonly code: string;
  readonly text: BothTexts;
  readonly places: readonly { readonly path: string; readonly text: BothTexts }[];
  /** How many places are wrong besides those. */
  readonly morePlaces: number;
  readonly reasons: readonly (Reason | { readonly code: string; readonly message: BothTexts })[];
  readonly findings: readonly Finding[];
  readonly retryAfterSeconds: number | null;
  readonly errorId: string | null;
}

/** Takes any error apart for people: what happened, where, and what to do. Unknown parts are left out, never shown raw. */
export function problemParts(error: unknown): ProblemParts {
  const nothing = { places: [], morePlaces: 0, reasons: [], findings: [], retryAfterSeconds: null, errorId: null };
  if (error instanceof ProblemError) {
    const { problem } = error;
    return {
      code: error.code,
      text: { zh: problem.zh, en: problem.en },
      places: (problem.places ?? []).map((place) => ({ path: place.path, text: { zh: place.zh, en: place.en } })),
      morePlaces: problem.morePlaces ?? 0,
      reasons: (problem.reasons ?? []).filter(isReason),
      findings: (problem.findings ?? []).filter(isFinding),
      retryAfterSeconds: problem.retryAfterSeconds ?? null,
      errorId: problem.errorId ?? null,
    };
  }
  if (error instanceof UnreachableError) {
    return { code: 'unreachable', text: { zh: error.zh, en: error.en }, ...nothing };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'internal', text: { zh: text, en: text }, ...nothing };
}
