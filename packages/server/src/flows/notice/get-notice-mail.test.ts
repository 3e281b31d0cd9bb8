import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('getNoticeMail', { may: ['customer'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('the account’s own addresses, none at first', async () => {
    const world = get();
    const [owner, other] = [await world.customer(), await world.customer()];
    await owner.client.putNoticeMail({ body: { addresses: ['beian@example.cn'] } });
    expect(await owner.client.getNoticeMail({})).toEqual({ enabled: false, addresses: ['beian@example.cn'] });
    expect(await other.client.getNoticeMail({})).toEqual({ enabled: false, addresses: [] });
    world.replace({ notifier: { enabled: true } });
    expect((await other.client.getNoticeMail({})).enabled).toBe(true);
  });
});
