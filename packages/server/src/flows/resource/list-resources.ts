import { dayOf } from '@openbeian/model/calendar';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { resourceViewsOf } from './resource-view.ts';

/** A customer's own resources, or one account's, or all; each with everything `check` says of it today. */
export const listResources = query(
  { id: 'listResources', faults: [] },
  async (step, input: { readonly accountId?: string | undefined }) => {
    const { tx, actor, at } = step;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : (input.accountId ?? null);
    return { at: dayOf(at), resources: await resourceViewsOf(step, await tx.resources.list({ accountId })) };
  },
);
