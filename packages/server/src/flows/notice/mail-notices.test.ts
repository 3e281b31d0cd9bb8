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

  test('an address that is refused holds up no other, and what was taken is not sent again', async () => {
    const owner = await world.customer();
    const [good, bad] = [`${world.fresh('a')}@example.cn`, `${world.fresh('b')}@example.cn`];
    await owner.client.putNoticeMail({ body: { addresses: [bad, good] } });
    await notify(world, owner.accountId);
    const sent: string[] = [];
    let refuses = true;
    const send: typeof world.deps.notifier.send = async ({ to }) => {
      if (to !== good && to !== bad) return;
      if (to === bad && refuses) throw Object.assign(new Error('no'), { code: 'EENVELOPE', responseCode: 550 });
      sent.push(to);
    };
    world.replace({ notifier: { enabled: true, send } });
    world.clock.nowMs += 180_000;
    await Promise.all([mailNotices(world.deps), mailNotices(world.deps)]);
    expect(sent).toEqual([good]);
    refuses = false;
    world.clock.nowMs += 61_000;
    await mailNotices(world.deps);
    await mailNotices(world.deps);
    expect(sent).toEqual([good, bad]);
  });

  test('a server that hangs keeps the lease of the one that it hangs at; another worker goes on with the others', async () => {
    const owner = await world.customer();
    const address = `${world.fresh('a')}@example.cn`;
    await owner.client.putNoticeMail({ body: { addresses: [address] } });
    const [first, second] = [await notify(world, owner.accountId), await notify(world, owner.accountId)];
    const sent: string[] = [];
    let answer = () => {};
    const send: typeof world.deps.notifier.send = async ({ id, to }) => {
      if (to !== address) return;
      sent.push(id.split('.')[0] ?? '');
      if (sent.length === 1) await new Promise<void>((resolve) => (answer = resolve));
    };
    world.replace({ notifier: { enabled: true, send } });
    world.clock.nowMs += 180_000;
    const slow = mailNotices(world.deps);
    await expect.poll(() => sent.length).toBe(1);
    await mailNotices(world.deps);
    expect(sent.toSorted()).toEqual([first, second].toSorted());
    answer();
    await slow;
    await mailNotices(world.deps);
    expect(sent).toHaveLength(2);
  });
});
