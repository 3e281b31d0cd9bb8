import type { LookUpAnswer, LookUpName } from '../../ports/look-ups.ts';

type Said = LookUpAnswer['said'];

export const failedAnswer = (name: LookUpName, askedAt: string, said: Said): LookUpAnswer => ({
  name,
  state: 'failed',
  askedAt,
  facts: {},
  said,
});
