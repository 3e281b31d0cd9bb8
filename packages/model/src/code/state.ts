/** The dated facts of a code that decide its state; instants, null where it has not happened. */
export interface CodeFacts {
  readonly boundFilingId: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
}

export const codeStates = ['unused', 'suspended', 'bound', 'used', 'revoked'] as const;
export type CodeState = (typeof codeStates)[number];

/**
 * The state of a code, derived and never stored: used and revoked are final; a bound one is tied to an open filing;
 * an unused one is suspended for as long as its resource fails the policy.
 */
export function deriveCodeState(code: CodeFacts, isResourceValid: boolean): CodeState {
  if (code.revokedAt !== null) return 'revoked';
  if (code.usedAt !== null) return 'used';
  if (code.boundFilingId !== null) return 'bound';
  return isResourceValid ? 'unused' : 'suspended';
}
