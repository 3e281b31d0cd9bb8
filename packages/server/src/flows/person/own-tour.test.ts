import { roles } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import { customerPerson, person } from '../../main/testing/persons.ts';

describeOperation('getOwnTour', { may: roles, byPeople: true, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('has not ended for somebody who is new', async () => {
    const { client } = await person(get(), 'reviewer');
    expect(await client.getOwnTour({})).toEqual({ endedAt: null });
  });
});

describeOperation('endOwnTour', { may: roles, byPeople: true, sample: () => ({}), leaves: [] }, (get) => {
  test('is one’s own, and ends once', async () => {
    const world = get();
    const [first, other] = [await customerPerson(world), await customerPerson(world)];
    const { endedAt } = await first.client.endOwnTour({});
    expect(endedAt).not.toBeNull();
    expect(await first.client.getOwnTour({})).toEqual({ endedAt });
    expect(await other.client.getOwnTour({})).toEqual({ endedAt: null });
    world.clock.nowMs += 60_000;
    expect(await first.client.endOwnTour({})).toEqual({ endedAt });
  });
});
