import { expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { sealAudit, sealMarginMs } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

describeEmbedded('verifyAudit', (get) => {
  test('finds sealed rows as they were, says what is not sealed yet, and names a row added later', async () => {
    const world = get();
    await world.account();
    const sealedMs = world.clock.nowMs;
    world.clock.nowMs += 2 * sealMarginMs;
    while ((await sealAudit(world.deps)) > 0);
    await world.account();
    const verify = () => verifyAudit(world.deps, { from: null, to: null });
    expect(await verify()).toMatchObject({ seals: 1, rows: 1, difference: null, unsealed: { rows: 1, late: false } });
    world.clock.nowMs += 3_600_001;
    expect((await verify()).unsealed.late).toBe(true);
    // Somebody writes a row behind the seal.
    world.clock.nowMs = sealedMs - 1000;
    await world.account();
    expect((await verify()).difference).toMatchObject({ what: 'added', seal: 1 });
  });
});
