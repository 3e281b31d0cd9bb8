import type { Step } from '../command/step.ts';
import type { Asked } from './asked-text.ts';
import { type Hit, lineOf, matchOf } from './hit.ts';
import { page } from './of-accounts.ts';

/** By id and name; customers do not search other accounts. */
export async function findAccounts({ tx, actor }: Step, { text }: Asked): Promise<Hit[]> {
  if (actor.role === 'customer') return [];
  return (await tx.accounts.list({ search: text, ...page })).map(({ id, displayName }) => ({
    id,
    title: displayName,
    detail: lineOf(id),
    accountId: id,
    match: matchOf([id, displayName], [text]),
  }));
}

/** By login and name, for whoever may see the list of people. */
export async function findPeople({ tx, actor, at }: Step, { text }: Asked): Promise<Hit[]> {
  if (actor.role !== 'operator' && actor.role !== 'auditor') return [];
  return (await tx.people.list({ search: text, at, ...page })).map(({ login, displayName, accountId }) => ({
    id: login,
    title: displayName,
    detail: lineOf(login, accountId),
    accountId,
    match: matchOf([login, displayName], [text]),
  }));
}
