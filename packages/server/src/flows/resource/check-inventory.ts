import { dayOf, isDay } from '@openbeian/model/calendar';
import { check, parseInventory } from '@openbeian/model/eligibility';
import { queryInParts } from '../command/operation.ts';

interface CheckInventoryInput {
  readonly body: Record<string, unknown>;
  readonly at?: string | undefined;
}

/**
 * Judges an inventory without storing it, exactly as `openbeian check`.
 * @throws Fault `input.invalid` naming every wrong place.
 */
export const checkInventory = queryInParts(
  { id: 'checkInventory', faults: [] },
  async ({ deps, at: now, fault }, input: CheckInventoryInput) => {
    const at = input.at ?? dayOf(now);
    if (!isDay(at)) {
      throw fault('input.invalid', {
        places: [
          { path: 'at', expected: 'a day that exists, YYYY-MM-DD', expectedZh: '应为确实存在的日期 YYYY-MM-DD' },
        ],
      });
    }
    return check(parseInventory(input.body), deps.policies, at);
  },
);
