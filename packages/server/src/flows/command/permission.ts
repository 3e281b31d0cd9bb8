import { Fault } from '@openbeian/model/fault';
import type { Actor } from './call.ts';

/** The customer's own account. @throws Fault `auth.forbidden` for anybody without one. */
export function ownAccount(actor: Actor): string {
  if (actor.role !== 'customer' || actor.accountId === null) throw new Fault('auth.forbidden');
  return actor.accountId;
}

/** A customer sees its own things only; the provider's people see all. */
export const maySee = (actor: Actor, ...accountIds: readonly (string | null)[]): boolean =>
  actor.role !== 'customer' || (actor.accountId !== null && accountIds.includes(actor.accountId));

/** Gives `row` when it exists and the actor may see it. @throws Fault `object.not_found` otherwise: a stranger learns nothing. */
export function seen<Row>(row: Row | null, actor: Actor, accountsOf: (row: Row) => readonly (string | null)[]): Row {
  if (row === null || !maySee(actor, ...accountsOf(row))) throw new Fault('object.not_found');
  return row;
}
