import type { OwnedResource, Resource } from '@openbeian/model/eligibility';

/**
 * A resource as a cloud lists it, with what no list of a cloud says and was told here: how it is used elsewhere, the first order,
 * whether it is a trial. What a cloud may tell and does not stays, too, but for a term where there is none any more.
 */
export function keepUntold(listed: OwnedResource, stored: Resource | undefined): OwnedResource {
  if (stored === undefined) return listed;
  const hasTerm = (listed.billing ?? stored.billing) !== 'pay_as_you_go';
  return {
    ...listed,
    region: listed.region ?? stored.region,
    billing: listed.billing ?? stored.billing,
    boughtAt: listed.boughtAt ?? (hasTerm ? stored.boughtAt : undefined),
    expiresAt: listed.expiresAt ?? (hasTerm ? stored.expiresAt : undefined),
    firstTerm: listed.firstTerm ?? stored.firstTerm,
    orderAmountCny: listed.orderAmountCny ?? stored.orderAmountCny,
    package: listed.package ?? stored.package,
    environment: listed.environment ?? stored.environment,
    boundTo: listed.boundTo ?? stored.boundTo,
    publicIps: listed.publicIps ?? stored.publicIps,
    bandwidthMbps: listed.bandwidthMbps ?? stored.bandwidthMbps,
    trial: stored.trial,
    used: stored.used,
  };
}
