import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { mailPeople } from './mail-people.ts';

describe('mailPeople', () => {
  let world: OperationWorld;
  let elapsedMs = 0;
  const sent: { readonly id: string; readonly to: string; readonly subject: string; readonly text: string }[] = [];
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(async () => {
    world.reset();
    elapsedMs = 0;
    sent.length = 0;
    const wall = { now: () => new Date(Date.now() + elapsedMs).toISOString() };
    const send = async (mail: (typeof sent)[number]) => void sent.push(mail);
    world.replace({ people: { wall }, notifier: { enabled: true, send } });
    // What other tests left to be mailed goes first.
    while ((await mailPeople(world.deps)) > 0);
    sent.length = 0;
  });

  const invite = async () => {
    const login = world.fresh('new').replace('_', '-');
    const body = { login, displayName: '新', role: 'reviewer' as const, mail: `${login}@people.example` };
    return { ...body, ...(await world.people.operator.client.invitePerson({ body })) };
  };
  const linkIn = (text: string | undefined) => /#([\w-]{43})/.exec(text ?? '')?.[1] ?? '';
  const opens = (token: string) =>
    world.people.visitor.client.openLink({ body: { token } }).then(
      ({ login }) => login,
      () => null,
    );

  test('mails a link in both languages, made as it is sent, and once', async () => {
    const { mail, login, person } = await invite();
    expect(await mailPeople(world.deps)).toBe(1);
    expect(sent).toMatchObject([{ to: mail, subject: expect.stringMatching(/邀请.* \/ Invitation/) }]);
    expect(sent[0]?.text).toMatch(/72 小时[\s\S]*72 hours/);
    expect(await opens(linkIn(sent[0]?.text))).toBe(login);
    expect(await mailPeople(world.deps)).toBe(0);
    const row = (await world.audit()).findLast(({ action }) => action === 'PersonLinkMade');
    expect(row).toMatchObject({
      objectId: person.id,
      actorRole: 'system',
      detail: { purpose: 'invitation', by: 'mail' },
    });
  });

  test('tries again each minute with a new link, ten times, and then gives it up', async () => {
    const { login, mail: to } = await invite();
    const texts: string[] = [];
    const send = (mail: (typeof sent)[number]) => {
      if (mail.to === to) texts.push(mail.text);
      return Promise.reject(new Error('the mail server is gone'));
    };
    world.replace({ notifier: { enabled: true, send } });
    for (let minute = 0; minute < 12; minute += 1) {
      await mailPeople(world.deps);
      expect(await mailPeople(world.deps)).toBe(0);
      elapsedMs += 61_000;
    }
    expect(texts).toHaveLength(10);
    const links = texts.map(linkIn);
    expect(new Set(links).size).toBe(10);
    expect([await opens(links[0] ?? ''), await opens(links[9] ?? '')]).toEqual([null, login]);
  });

  test('without a mail server nothing is taken', async () => {
    await invite();
    world.replace({ notifier: { enabled: false } });
    expect(await mailPeople(world.deps)).toBe(0);
    world.replace({ notifier: { enabled: true, send: async () => {} } });
    expect(await mailPeople(world.deps)).toBe(1);
  });
});
