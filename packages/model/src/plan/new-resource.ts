import type { Day } from '@openbeian/model/calendar';
import {
  findPolicy,
  type InventoryContext,
  type Policy,
  type PolicySet,
  type Resource,
} from '@openbeian/model/eligibility';
import { type ChangeWeights, fixesFor } from './fixes.ts';

/** What a newly bought resource of a product could do for an account. */
export interface Offer {
  readonly policy: Policy;
  /** The least that must be bought: term, address, package. */
  readonly resource: Resource;
  readonly file: boolean;
  readonly issue: boolean;
}

/** By what it is worked out what must be bought. */
interface OfferRules {
  readonly context: InventoryContext;
  readonly policies: PolicySet;
  readonly at: Day;
  readonly weights: ChangeWeights;
}

/**
 * Works out what must be bought of a product so that the account files directly on it, or issues codes; null when a new
 * one could do neither.
 */
export function offerOf(
  productId: string,
  account: string | undefined,
  { context, policies, at, weights }: OfferRules,
): Offer | null {
  const [provider = '', product = ''] = productId.split('/');
  const policy = findPolicy(policies, provider, product, at);
  if (policy === null) return null;
  const bare: Resource = {
    id: 'new',
    provider,
    product,
    account,
    region: 'cn-mainland',
    billing: 'prepaid',
    boughtAt: at,
    expiresAt: at,
    firstTerm: 'P0D',
    orderAmountCny: 0,
    publicIps: [{ kind: 'instance' }],
    bandwidthMbps: 1,
    state: 'running',
    trial: false,
    used: { codes: 0, sites: 0 },
  };
  const filing = fixesFor('file', bare, context, { at, weights, fresh: true });
  const ready = 'resource' in filing ? filing.resource : bare;
  const issuing = fixesFor('issue', ready, context, { at, weights, fresh: true });
  const file = 'resource' in filing && filesDirectly(policy);
  const issue = 'resource' in issuing;
  if (!file && !issue) return null;
  return { policy, resource: issue ? issuing.resource : ready, file, issue };
}

/** Can the owner file on it without spending a code? Products that file by code only, or through another, cannot. */
export function filesDirectly(policy: Policy): boolean {
  const { file } = policy.version;
  return file.mode === 'fileable' && file.ways.some((way) => way !== 'code');
}
