import { dayOf, isDay } from '@openbeian/model/calendar';
import type { InventoryBody } from '../../ports/index.ts';
import { queryInParts } from '../command/operation.ts';
import { turnOf } from './inventory-turn.ts';

interface CheckInventoryInput {
  readonly body: InventoryBody;
  readonly at?: string | undefined;
}

/** Larger inventories are for the command line, on a machine of one's own. */
const mostResources = 300;

/**
 * Evaluates an inventory without storing it, exactly as `openbeian check`, in a thread of its own.
 * @throws Fault `input.invalid` naming the wrong places, `server.busy`.
 */
export const checkInventory = queryInParts(
  { id: 'checkInventory', faults: ['server.busy'] },
  async ({ deps, actor, at: now, fault }, { body, at: day }: CheckInventoryInput) => {
    const at = day ?? dayOf(now);
    if (!isDay(at)) {
      throw fault('input.invalid', {
        places: [
          { path: 'at', expected: 'a day that exists, YYYY-MM-DD', expectedZh: '应为确实存在的日期 YYYY-MM-DD' },
        ],
      });
    }
    return { json: await deps.inventories.check({ body, at, mostResources }, turnOf(actor)) };
  },
);
