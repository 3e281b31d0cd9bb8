import type { Code } from '../../api/shapes.ts';
import type { Tone } from '../../parts/state.tsx';

export const codeTone: Readonly<Record<Code['state'], Tone>> = {
  unused: 'good',
  suspended: 'warn',
  bound: 'info',
  used: 'quiet',
  revoked: 'quiet',
};
/** Object.keys forgets which keys there are. */
export const codeStates = Object.keys(codeTone) as Code['state'][];

export interface CodeActions {
  readonly grant: boolean;
  readonly repoint: boolean;
  readonly reveal: boolean;
  readonly revoke: boolean;
  /** It was granted to the account, which can file with it now. */
  readonly file: boolean;
}

/**
 * What an account may do with a code. The issuer grants, re-points and revokes while it is neither bound nor used nor revoked;
 * issuer and grantee may see it again as long as it is of use. The server decides; this only spares useless buttons.
 */
export function codeActions(code: Code, accountId: string | null): CodeActions {
  const issuer = accountId !== null && code.issuerAccountId === accountId;
  const grantee = accountId !== null && code.granteeAccountId === accountId;
  const idle = code.state === 'unused' || code.state === 'suspended';
  const free = issuer && idle;
  return {
    grant: free,
    repoint: free,
    revoke: free,
    reveal: (issuer || grantee) && (idle || code.state === 'bound'),
    file: grantee && code.state === 'unused',
  };
}
