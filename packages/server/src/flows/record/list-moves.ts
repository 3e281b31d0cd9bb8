import type { MoveState } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { moveViewOf } from './move-view.ts';

interface Asked {
  readonly state?: MoveState | undefined;
}

/** Moves on whose either side the account is, or all; the newest first. */
export const listMoves = query(
  { id: 'listMoves', faults: [], mayLag: true },
  async (step, { state, ...input }: Asked & PageInput) => {
    const { tx, actor, at } = step;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : undefined;
    const { rows, next } = await pageOf(byId('moves'), input, (page) =>
      tx.moves.list({ accountId, ...(state && { state: { is: state, at } }), ...page }),
    );
    return { moves: rows.map((row) => moveViewOf(step, row)), next };
  },
);
