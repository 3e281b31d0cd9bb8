import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('getGateSnapshot', { may: 'gate', sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('everything on record, sealed, and the same for whoever asks next', async () => {
    const world = get();
    const owner = await world.customer();
    const { domainName } = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
    const { client } = world.people.gate;
    const snapshot = await client.getGateSnapshot({});
    expect(snapshot).toMatchObject({ provider: 'xingyun', region: 'cn-mainland', version: expect.any(Number) });
    expect(JSON.stringify(snapshot)).toContain(domainName);
    world.clock.nowMs += 60_000;
    expect(await client.getGateSnapshot({})).toEqual(snapshot);
  });
});
