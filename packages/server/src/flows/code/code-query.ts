import type { CodeFilter } from '../../ports/index.ts';

/** What lists and counts of codes narrow by. */
export interface CodeQuery {
  readonly side: 'issued' | 'granted' | 'either';
  readonly resourceId?: string | undefined;
  readonly search?: string | undefined;
  readonly accountId?: string | undefined;
}

/** `account` null: the provider's people, for whom there are no sides. */
export function codeFilterOf(account: string | null, query: CodeQuery): CodeFilter {
  const { side, resourceId, accountId, search } = query;
  return {
    ...(account !== null && sideOf(account, side)),
    ...(resourceId !== undefined && { resourceId }),
    ...(accountId !== undefined && { otherAccountId: accountId }),
    ...(search !== undefined && { search }),
  };
}

function sideOf(account: string, side: CodeQuery['side']): CodeFilter {
  if (side === 'either') return { partyAccountId: account };
  return side === 'issued' ? { issuerAccountId: account } : { granteeAccountId: account };
}
