import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';

/** The route hands the file out as it is, which a client of JSON cannot read; its permission is in the matrix of roles. */
describe('getGateFile', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
    world.reset();
  });
  // Its folder would outlive the process.
  afterAll(() => world.deps.gateFiles.close());

  test('is built once, and again when a gate has seen a later change', async () => {
    const get = (atLeast: number) => world.flows.getGateFile(world.people.gate, { atLeast });
    const owner = await world.customer();
    await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
    const first = await get(0);
    expect(readFileSync(first.path).byteLength).toBe(first.bytes);
    expect(await get(0)).toEqual(first);
    const { domainName } = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
    const version = await world.flows.getGateVersion(world.people.visitor);
    expect((await get(0)).sequence).toBe(first.sequence);
    const second = await get(version);
    expect(second.sequence).toBe(version);
    expect(readFileSync(second.path).includes(domainName.split('.')[0] ?? '')).toBe(true);
    expect(await get(version + 1_000_000)).toEqual(second);
  });
});
