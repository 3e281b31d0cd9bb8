import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { describeOnBoth } from './testing/rule-world.ts';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (isFault(error) ? error.code : String(error)),
  );

await describeOnBoth('what several delete at once', (get) => {
  const receiver = async () => {
    const world = get();
    const account = await world.account();
    const { webhook } = await world.flows.createWebhook(world.call(account), {
      url: 'https://a.example/',
      types: [],
      description: '',
    });
    return { world, account, webhookId: webhook.id };
  };
  const rowsOf = (objectId: string, action: string) =>
    get().deps.store.transaction(async (tx) =>
      (await tx.audit.list({ objectId, limit: 50 })).filter((row) => row.action === action),
    );

  test('a receiver is deleted once, with one audit row; the others learn that it is gone', async () => {
    const { world, account, webhookId } = await receiver();
    const asked = Array.from({ length: 8 }, () =>
      codeOf(world.flows.deleteWebhook(world.call(account), { webhookId })),
    );
    expect((await Promise.all(asked)).sort()).toEqual(['done', ...Array(7).fill('object.not_found')]);
    expect(await rowsOf(webhookId, 'WebhookDeleted')).toHaveLength(1);
  });

  test('a test event for a receiver that goes at this moment is sent before, or refused', async () => {
    const { world, account, webhookId } = await receiver();
    const test = () => codeOf(world.flows.sendTestEvent(world.call(account), { webhookId }));
    const asked = [
      ...Array.from({ length: 6 }, test),
      codeOf(world.flows.deleteWebhook(world.call(account), { webhookId })),
      ...Array.from({ length: 6 }, test),
    ];
    const outcomes = new Set(await Promise.all(asked));
    expect([...outcomes].filter((code) => code !== 'done' && code !== 'object.not_found')).toEqual([]);
  });

  test('what is written for a person who goes at this moment is refused, whatever it is', async () => {
    const world = get();
    const at = world.deps.people.wall.now();
    const userId = 'usr_gone';
    const expiresAt = at;
    const writes: Parameters<typeof world.deps.store.transaction>[0][] = [
      (tx) => tx.people.putPassword(userId, 'hash', world.fresh('cred'), at),
      (tx) => tx.signIns.putToken({ digest: world.fresh('d'), purpose: 'reset', userId, expiresAt }, at),
      (tx) => tx.secondFactors.putTotp(userId, 'sealed', at),
      (tx) => tx.secondFactors.putRecoveryCodes(userId, ['digest']),
    ];
    const outcomes = await Promise.all(writes.map((write) => codeOf(world.deps.store.transaction(write))));
    expect(outcomes).toEqual(writes.map(() => 'auth.required'));
  });

  test('a link for a person who goes at this moment is made before, or refused', async () => {
    const world = get();
    const call = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
    const login = world.fresh('leaver');
    const invitation = { login, displayName: login, role: 'auditor', accountId: null, mail: null } as const;
    const personId = (await world.flows.invitePerson(call(), invitation)).person.id;
    const link = () => codeOf(world.flows.createPersonLink(call(), { personId }));
    const asked = [link(), link(), codeOf(world.flows.deletePerson(call(), { personId })), link(), link()];
    const outcomes = new Set(await Promise.all(asked));
    expect([...outcomes].filter((code) => !['done', 'object.not_found'].includes(code))).toEqual([]);
  });

  test('a person is deleted once, with one audit row', async () => {
    const world = get();
    const call = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
    const login = world.fresh('leaver');
    const invitation = { login, displayName: login, role: 'auditor', accountId: null, mail: null } as const;
    const { person } = await world.flows.invitePerson(call(), invitation);
    const asked = Array.from({ length: 8 }, () => codeOf(world.flows.deletePerson(call(), { personId: person.id })));
    expect((await Promise.all(asked)).sort()).toEqual(['done', ...Array(7).fill('object.not_found')]);
    expect(await rowsOf(person.id, 'PersonDeleted')).toHaveLength(1);
  });
});
