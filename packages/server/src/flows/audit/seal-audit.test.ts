import { expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { sealAudit, sealMarginMs } from './seal-audit.ts';

describeEmbedded('sealAudit', (get) => {
  test('seals rows that are old enough, once, a day at a time', async () => {
    const world = get();
    while ((await sealAudit(world.deps)) > 0);
    await world.account();
    await world.account();
    world.clock.nowMs += 86_400_000;
    await world.account();
    expect(await sealAudit(world.deps)).toBe(2);
    expect(await sealAudit(world.deps)).toBe(0);
    world.clock.nowMs += 2 * sealMarginMs;
    expect(await sealAudit(world.deps)).toBe(1);
    const seals = await world.deps.store.transaction((tx) => tx.auditSeals.listAfter(0, 10));
    expect(seals.map(({ sequence, rowCount }) => [sequence, rowCount])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });
});
