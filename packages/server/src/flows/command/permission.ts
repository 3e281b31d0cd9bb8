import { Fault } from '@openbeian/model/fault';
import type { Actor } from './call.ts';
import type { FlowRequest } from './step.ts';

/** Whose account is asking? @throws Fault `auth.forbidden` for anybody who has none. */
export function ownAccount(actor: Actor): string {
  if (actor.role !== 'customer' || actor.accountId === null) throw new Fault('auth.forbidden');
  return actor.accountId;
}

/** May the actor see what belongs to these accounts? A customer sees its own things only; the provider's people see all. */
export const maySee = (actor: Actor, ...accountIds: readonly (string | null)[]): boolean =>
  actor.role !== 'customer' || (actor.accountId !== null && accountIds.includes(actor.accountId));

/**
 * Does the row exist, and may the actor see it? Gives the row.
 * @throws Fault `object.not_found` otherwise: a stranger learns nothing.
 */
export function requireVisible<Row>(
  { actor, fault }: Pick<FlowRequest<'object.not_found'>, 'actor' | 'fault'>,
  row: Row | null,
  accountsOf: (row: Row) => readonly (string | null)[],
): Row {
  if (row === null || !maySee(actor, ...accountsOf(row))) throw fault('object.not_found');
  return row;
}
