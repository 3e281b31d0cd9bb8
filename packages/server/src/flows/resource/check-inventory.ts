import { dayOf, isDay } from '@openbeian/model/calendar';
import { check, parseInventory } from '@openbeian/model/eligibility';
import { queryInParts } from '../command/operation.ts';
import { makeFault } from '../command/step.ts';

interface CheckInventoryInput {
  readonly body: Record<string, unknown>;
  readonly at?: string | undefined;
}

/** Every reason is told in words, in two languages: larger inventories are for the command line, on a machine of one's own. */
const mostResources = 300;

function refuseMany({ resources }: CheckInventoryInput['body']): void {
  if (!Array.isArray(resources) || resources.length <= mostResources) return;
  throw makeFault('input.invalid', {
    places: [
      {
        path: 'body.resources',
        expected: `at most ${mostResources} resources; check a larger inventory with \`openbeian check\``,
        expectedZh: `一次至多 ${mostResources} 台云资源；更大的清单请用 openbeian check 检查`,
      },
    ],
  });
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
    refuseMany(input.body);
    return check(parseInventory(input.body), deps.policies, at);
  },
);
