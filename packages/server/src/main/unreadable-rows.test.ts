import { expect, test } from 'vitest';
import { retryMessages } from '../flows/authority/record-message.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import { Worker } from '../work/worker.ts';
import { describeEmbedded, type RuleWorld } from './testing/rule-world.ts';

const dayMs = 86_400_000;
const ignore = (): void => {};
const failureOf = async (world: RuleWorld, itemId: string) =>
  (await world.flows.listWorkFailures({ actor: world.operator }, { limit: 500 })).failures.find(
    (one) => one.itemId === itemId,
  );

/** The store itself, on both drivers: the conformance suite. */
describeEmbedded('a row that cannot be read', (get) => {
  const bound = async (world: RuleWorld, account: string) =>
    world.bind(await world.draft(account), { resourceId: await world.server(account, 'tencent', 'cvm') });

  test('of a job is parked at once, naming itself; the other filings are handed over', async () => {
    const world = get();
    const account = await world.account();
    const { filingId } = await world.submit(await bound(world, account));
    const version = (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.version;
    await world.flows.passFiling({ actor: world.reviewer, idempotencyKey: world.fresh('key') }, { filingId, version });
    await world.run(
      `INSERT INTO job (id, topic, payload, run_at) VALUES ('out_poisoned', 'authority.submit', '{}', '2026-01-01')`,
    );
    const handedOver: string[] = [];
    const authority: RuleWorld['deps']['authority'] = {
      ...world.deps.authority,
      fetchMessages: async () => [],
      submit: async (submission) => {
        handedOver.push(submission.filingId);
        return { submissionId: submission.id, receipt: 'r', receivedAt: world.deps.clock.now() };
      },
    };
    const deps = Object.defineProperty({ ...world.deps, authority }, 'policies', { get: () => world.deps.policies });
    await new Worker(deps, { owner: 'w', pollMs: 1, onError: ignore }).tick();
    expect(handedOver).toEqual([filingId]);
    expect(await failureOf(world, 'out_poisoned')).toMatchObject({
      kind: 'forward',
      failures: 1,
      retryAt: null,
      lastError:
        'store.unreadable: payload.submissionId, payload.filingId of row out_poisoned in table job cannot be read',
    });
  });

  test('of a filing is parked by the sweep and shown in lists; asking for it alone says what is wrong', async () => {
    const world = get();
    const account = await world.account();
    const [bad, good] = [await world.draft(account), await world.draft(account)];
    await world.run(`UPDATE filing SET findings = '{}' WHERE id = '${bad.filingId}'`);
    world.clock.nowMs += 61 * dayMs;
    await sweepOverdue(world.deps, ignore);
    const { filings } = await world.flows.listFilings(world.call(account), {});
    const stateOf = (id: string) => filings.find((one) => one.id === id)?.state;
    expect([stateOf(bad.filingId), stateOf(good.filingId)]).toEqual(['draft', 'abandoned']);
    expect(await failureOf(world, bad.filingId)).toMatchObject({ kind: 'overdue', failures: 1, retryAt: null });
    const alone = world.flows.getFiling(world.call(account), { filingId: bad.filingId });
    await expect(alone).rejects.toMatchObject({ code: 'store.unreadable' });
    // Restored, an operator's retry is all it takes.
    await world.run(`UPDATE filing SET findings = '[]' WHERE id = '${bad.filingId}'`);
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'overdue', itemId: bad.filingId });
    await sweepOverdue(world.deps, ignore);
    expect((await world.flows.getFiling(world.call(account), { filingId: bad.filingId })).filing.state).toBe(
      'abandoned',
    );
  });

  test('of a message that was kept is parked; the others are tried again', async () => {
    const world = get();
    const at = world.deps.clock.now();
    const good = { kind: 'sms_confirmed', messageId: 'msg_good', submissionId: 'sub_none', sentAt: at } as const;
    const row = { kind: 'message', sealedPayload: null, failedAt: at, retryAt: at, lastError: 'TypeError' } as const;
    await world.deps.store.transaction(async ({ workFailures }) => {
      await workFailures.put({ ...row, itemId: 'msg_a_poisoned', payload: '{' });
      await workFailures.put({ ...row, itemId: good.messageId, payload: JSON.stringify(good) });
    });
    await retryMessages(world.deps, ignore);
    expect(await failureOf(world, 'msg_a_poisoned')).toMatchObject({ retryAt: null });
    expect(await failureOf(world, good.messageId)).toBeUndefined();
  });

  test('of a message that was kept sealed and does not open is parked; the others are tried again', async () => {
    const world = get();
    const at = world.deps.clock.now();
    const good = { kind: 'sms_confirmed', messageId: 'msg_z_good', submissionId: 'sub_none', sentAt: at } as const;
    const row = { kind: 'message', failedAt: at, retryAt: at, lastError: 'TypeError' } as const;
    await world.deps.store.transaction(async ({ workFailures }) => {
      await workFailures.put({ ...row, itemId: 'msg_a_sealed', payload: null, sealedPayload: 'v1.test.AAAA' });
      await workFailures.put({ ...row, itemId: good.messageId, payload: JSON.stringify(good), sealedPayload: null });
    });
    await retryMessages(world.deps, ignore);
    expect(await failureOf(world, 'msg_a_sealed')).toMatchObject({
      retryAt: null,
      lastError: expect.stringContaining('store.unreadable: what should be sealed for message:msg_a_sealed'),
    });
    expect(await failureOf(world, good.messageId)).toBeUndefined();
  });

  test('of a person with an address that does not open is listed with the others', async () => {
    const world = get();
    const invite = async (mail: string) => {
      const login = world.fresh('person');
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      const input = { login, displayName: login, role: 'auditor', accountId: null, mail } as const;
      return (await world.flows.invitePerson(call, input)).person.id;
    };
    const [bad, good] = [await invite('a@people.example'), await invite('b@people.example')];
    await world.run(`UPDATE auth_user SET sealed_mail = 'v1.test.AAAA' WHERE id = '${bad}'`);
    const { people } = await world.flows.listPeople({ actor: world.operator }, {});
    const mailOf = (id: string) => people.find((one) => one.id === id)?.mail;
    expect([mailOf(bad), mailOf(good)]).toEqual(['***', 'b***@people.example']);
  });

  test('of a filing whose form does not open is named when its customer asks for it', async () => {
    const world = get();
    const { filingId } = await world.draft(await world.account());
    await world.run(
      `UPDATE filing SET form = form || '{"subject.certificateNumber": {"sealed": "v1.test.AAAA"}}' WHERE id = '${filingId}'`,
    );
    const form = world.flows.getFilingForm({ actor: world.operator }, { filingId });
    await expect(form).rejects.toMatchObject({ code: 'store.unreadable' });
    await expect(form).rejects.toThrow(`filing:${filingId}:subject.certificateNumber`);
  });

  test('of an event is parked with the events of its code; those of other codes reach their receivers', async () => {
    const world = get();
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const { webhook } = await world.flows.createWebhook(world.call(account), {
      url: 'https://example.com/hook',
      types: [],
      description: '',
    });
    await world.run(
      `INSERT INTO code_event (code_id, type, at, issuer_account_id, resource_id, detail)
       VALUES ('code_poisoned', 'CodeBound', '2026-01-01', '${account}', '${resourceId}', '"x"')`,
    );
    const { id } = await world.issue(account, resourceId);
    while ((await relayEvents(world.deps, ignore)) > 0);
    expect(await failureOf(world, 'code_poisoned')).toMatchObject({ kind: 'event', failures: 1, retryAt: null });
    const sent = await world.deps.store.transaction((tx) => tx.deliveries.list(webhook.id, { limit: 50 }));
    expect(sent.map(({ orderKey }) => orderKey)).toEqual([id]);
  });

  test('of the stored answers refuses the repetition, naming its place', async () => {
    const world = get();
    const account = await world.account();
    const draft = await world.draft(account);
    const call = world.call(account);
    const abandon = () => world.flows.abandonFiling(call, draft);
    await abandon();
    await world.run(
      `UPDATE idempotency SET response = '{"id": 7}' WHERE key = '${call.idempotencyKey}' AND operation = 'abandonFiling'`,
    );
    await expect(abandon()).rejects.toMatchObject({ code: 'store.unreadable' });
    await expect(abandon()).rejects.toThrow(/response\.id.* of row .* abandonFiling .* in table idempotency/);
  });
});
