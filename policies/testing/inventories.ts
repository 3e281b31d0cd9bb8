import type { Decision, PolicySet, Resource, UseDecision } from '@openbeian/model/eligibility';
import { check, parseInventory } from '@openbeian/model/eligibility';

/** Builds and decides one-resource inventories for tests; `change` overrides a server that passes everywhere. */
export function deciderOf(policies: PolicySet) {
  return (
    change: object,
    { at = '2026-11-21', realName = 'enterprise', viewer, others = [] }: Around = {},
  ): Decision => {
    const inventory = parseInventory({
      accounts: [{ id: 'acct-a', ...(realName === null ? {} : { realName }) }],
      resources: [{ ...passing, ...change }, ...others],
      ...(viewer === undefined ? {} : { viewer }),
    });
    const [decision] = check(inventory, policies, at).results;
    if (decision === undefined) throw new Error('one resource, one decision');
    return decision;
  };
}

interface Around {
  readonly at?: string;
  /** Null: the inventory does not tell. */
  readonly realName?: string | null;
  readonly viewer?: string;
  readonly others?: readonly object[];
}

/** A prepaid mainland server with half a year bought and three months left on 2026-11-21. */
export const passing = {
  id: 'res-1',
  provider: 'tencent',
  product: 'cvm',
  account: 'acct-a',
  region: 'cn-mainland',
  billing: 'prepaid',
  boughtAt: '2026-08-21',
  expiresAt: '2027-02-21',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
} as const satisfies Partial<Record<keyof Resource, unknown>>;

/** The reason codes of a decided use, in their order. */
export function codesOf({ reasons }: UseDecision): string[] {
  return reasons.map(({ code }) => code);
}
