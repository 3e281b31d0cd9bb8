import type { LookUpAnswer, LookUpName } from '../../ports/look-ups.ts';

type Said = LookUpAnswer['said'];

/** Whom was asked, and when. */
export interface Asked {
  readonly name: LookUpName;
  readonly askedAt: string;
  readonly source: string;
}

export const failedAnswer = (asked: Asked, said: Said): LookUpAnswer => ({
  ...asked,
  state: 'failed',
  facts: {},
  said,
});
