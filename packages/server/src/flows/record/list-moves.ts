import { query } from '../command/operation.ts';
import { byId, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { moveViewOf } from './move-view.ts';

/** Moves on whose either side the account is, or all; the newest first. */
export const listMoves = query({ id: 'listMoves', faults: [], mayLag: true }, async (step, input: PageInput) => {
  const { tx, actor } = step;
  const accountId = actor.role === 'customer' ? ownAccount(actor) : undefined;
  const { rows, next } = await pageOf(byId('moves'), input, (page) => tx.moves.list({ accountId, ...page }));
  return { moves: rows.map((row) => moveViewOf(step, row)), next };
});
