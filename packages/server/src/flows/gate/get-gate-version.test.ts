import { beforeAll, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';

describe('getGateVersion', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
    world.reset();
  });

  test('rises with what gates must know, and with nothing else', async () => {
    const version = () => world.flows.getGateVersion(world.people.visitor);
    const before = await version();
    const owner = await world.customer();
    const resourceId = await world.eligible(owner);
    await world.draft(owner.accountId);
    expect(await version()).toBe(before);
    const { serviceNumber } = await world.filed(owner.accountId, { resourceId });
    const filed = await version();
    expect(filed).toBeGreaterThan(before);
    const body = { scope: 'service' as const, number: serviceNumber, reason: '注销' };
    await world.people.operator.client.cancelRecord({ body });
    expect(await version()).toBeGreaterThan(filed);
  });
});
