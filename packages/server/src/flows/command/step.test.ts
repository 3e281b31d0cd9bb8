import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Actor } from './call.ts';
import type { FlowDeps } from './deps.ts';
import { inTransaction, makeFault } from './step.ts';

test('however many visitors wait for the database, somebody who is signed in does not wait behind them', async () => {
  const begun: string[] = [];
  const at = '2026-11-21T01:30:00.000Z';
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const deps = {
    clock: { now: () => at },
    store: { transaction: async (work: (tx: object) => Promise<unknown>) => work({}) },
    // All that this function uses.
  } as unknown as FlowDeps;
  const run = (actor: Actor) =>
    inTransaction({ deps, actor, at, fault: makeFault }, async () => {
      begun.push(actor.userId);
      await opened;
    });
  const visitor = { userId: 'visitor', role: 'visitor', accountId: null } as const;
  const visitors = Array.from({ length: 50 }, () => run(visitor));
  const others = [
    run({ userId: 'usr_1', role: 'operator', accountId: null }),
    // Machines with a token are no visitors.
    run({ ...visitor, userId: 'gate' }),
  ];
  await soon();
  expect(begun.filter((one) => one === 'visitor')).toHaveLength(4);
  expect(begun.slice(4)).toEqual(['usr_1', 'gate']);
  open();
  await Promise.all([...visitors, ...others]);
  expect(begun).toHaveLength(52);
});
