import { dayOf } from '@openbeian/model/calendar';
import type { Decision } from '@openbeian/model/eligibility';
import type { ResourceRow } from '../../ports/index.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { maySee, seen } from '../command/permission.ts';
import { type AccountDesk, deskOfResource, openDesk } from './account-desk.ts';

export interface ResourceView {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly product: string;
  readonly productName: { readonly zh: string; readonly en: string };
  readonly facts: Record<string, unknown>;
  readonly version: number;
  readonly check: Decision;
}

const viewOf = (desk: AccountDesk, row: ResourceRow): ResourceView => ({
  id: row.id,
  accountId: row.accountId,
  provider: row.provider,
  product: row.product,
  productName: desk.policyOf(row)?.name ?? { zh: row.product, en: row.product },
  facts: row.facts as Record<string, unknown>,
  version: row.version,
  // The provider's people look at it on the owner's behalf: being another account is no reason then.
  check: desk.check(row, row.accountId),
});

/** A customer's own resources, or one account's, or all; each with everything `check` says of it today. */
export async function listResources(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly accountId?: string | undefined },
): Promise<{ at: string; resources: ResourceView[] }> {
  const at = deps.clock.now();
  const wanted = call.actor.role === 'customer' ? call.actor.accountId : (input.accountId ?? null);
  return deps.store.transaction(async (tx) => {
    const accounts = wanted === null ? (await tx.accounts.list()).map((account) => account.id) : [wanted];
    const resources: ResourceView[] = [];
    for (const accountId of accounts.filter((id) => maySee(call.actor, id))) {
      const desk = await openDesk(deps, tx, accountId, at);
      resources.push(...desk.rows.map((row) => viewOf(desk, row)));
    }
    return { at: dayOf(at), resources };
  });
}

/** One resource. @throws Fault `object.not_found`, also for another account's. */
export async function getResource(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly resourceId: string },
): Promise<ResourceView> {
  return deps.store.transaction(async (tx) => {
    const { desk, row } = await deskOfResource(deps, tx, input.resourceId, deps.clock.now());
    return viewOf(
      desk,
      seen(row, call.actor, (one) => [one.accountId]),
    );
  });
}
