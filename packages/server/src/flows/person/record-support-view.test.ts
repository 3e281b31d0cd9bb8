import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { person } from '../../main/testing/persons.ts';

describe('recordSupportView', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('tells so many objects apart, then counts by operation: an access never has more rows', async () => {
    const { accountId, client } = await world.customer();
    const operator = await person(world, 'operator');
    const { id: accessId } = await operator.client.beginSupportAccess({ body: { accountId, reason: '协助核对材料' } });
    const open = (objectId: string) =>
      world.flows.recordSupportView({ actor: operator.actor }, { accessId, operation: 'getFiling', objectId });
    for (let one = 0; one < 500; one += 1) await open(`fil_${one}`);
    for (const objectId of ['fil_beyond', 'fil_beyond', 'fil_more']) await open(objectId);
    const all = [];
    let after: string | undefined;
    do {
      const page = await client.listSupportViews({
        params: { accessId },
        query: { limit: 100, ...(after && { after }) },
      });
      all.push(...page.views);
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(all).toHaveLength(501);
    expect(all.at(-1)).toMatchObject({ operation: 'getFiling', objectId: null, count: 3 });
  });
});
