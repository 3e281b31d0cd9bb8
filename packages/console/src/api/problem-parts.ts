import { findingShape, reasonShape } from '@openbeian/contract';
import { ProblemError, UnreachableError } from '@openbeian/contract/client';
import type { BothTexts } from '../language/words.ts';
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
      reasons: (problem.reasons ?? []).flatMap(readReason),
      findings: (problem.findings ?? []).flatMap((finding) => {
        const read = findingShape.safeParse(finding);
        return read.success ? [read.data] : [];
      }),
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

/** Decisions carry whole reasons; a routed filing's have a code and a message only. */
function readReason(reason: unknown): ProblemParts['reasons'] {
  const whole = reasonShape.safeParse(reason);
  if (whole.success) return [whole.data];
  const brief = reasonShape.pick({ code: true, message: true }).safeParse(reason);
  return brief.success ? [brief.data] : [];
}
