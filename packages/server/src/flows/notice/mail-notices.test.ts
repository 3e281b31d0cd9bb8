import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notify } from '../../main/testing/notices.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { mailNotices } from './mail-notices.ts';

describe('mailNotices', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('to every address, once, under an id that a repetition keeps; a failing server is asked again later', async () => {
    const owner = await world.customer();
    const addresses = [`${world.fresh('a')}@example.cn`, `${world.fresh('b')}@example.cn`];
    await owner.client.putNoticeMail({ body: { addresses } });
    const noticeId = await notify(world, owner.accountId);
    const sent: { id: string; to: string; text: string }[] = [];
    let isFailing = true;
    const send: typeof world.deps.notifier.send = async (mail) => {
      if (!addresses.includes(mail.to)) return;
      sent.push(mail);
      if (isFailing) throw Object.assign(new Error(`no ${mail.to}`), { code: 'EENVELOPE', responseCode: 451 });
    };
    expect(await mailNotices(world.deps)).toBe(0);
    world.replace({ notifier: { enabled: true, send } });
    // It waits a little for others of its kind, which are told in the same mail.
    world.clock.nowMs += 180_000;
    await mailNotices(world.deps);
    const [failed] = sent.splice(0);
    isFailing = false;
    await mailNotices(world.deps);
    expect(sent).toEqual([]);
    world.clock.nowMs += 61_000;
    await mailNotices(world.deps);
    await mailNotices(world.deps);
    expect(sent.map(({ to }) => to)).toEqual(addresses);
    expect(sent[0]).toMatchObject({ id: failed?.id, to: failed?.to });
    for (const { id, text } of sent) {
      expect(id.startsWith(noticeId)).toBe(true);
      expect(text).toContain('暂停使用');
    }
  });
});
