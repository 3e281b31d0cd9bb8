import { expect, test } from 'vitest';
import { createFlows } from '../flows/index.ts';
import { resealNext, retryReseal } from '../flows/keys/reseal.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { mailPeople } from '../flows/person/mail-people.ts';
import { clearOld } from '../flows/upkeep/clear-old.ts';
import { sealingContexts } from '../ports/index.ts';
import { brokenStore, depsWith, failed, failuresOf, ignore, settle, vaultWithout } from './testing/poison.ts';
import { describeOnBoth, failTest } from './testing/rule-world.ts';

await describeOnBoth('one item that always fails, of mail and of what is looked after:', (get) => {
  test('a notice whose addresses cannot be read fails alone; the others are mailed', async () => {
    const world = get();
    const [bad, good] = [await world.account(), await world.account()];
    const at = new Date(world.clock.nowMs).toISOString();
    const addressOf = new Map([
      [bad, `${bad}@people.example`],
      [good, `${good}@people.example`],
    ]);
    for (const [accountId, address] of addressOf) {
      await world.flows.putNoticeMail(world.call(accountId), { addresses: [address] });
      const notice = {
        id: world.deps.ids.next('ntc'),
        accountId,
        type: 'CodeSuspended',
        about: world.fresh('about'),
      } as const;
      await world.deps.store.transaction((tx) =>
        tx.notices.add({ ...notice, at, resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null }),
      );
    }
    // Notices of the same matter are collected for some minutes.
    world.clock.nowMs += 3_600_000;
    const sent: string[] = [];
    const notifier = { enabled: true, send: async ({ to }: { to: string }) => void sent.push(to) };
    const vault = vaultWithout(world, `account:${bad}:mail`);
    await mailNotices(depsWith(world, { notifier, vault }));
    expect(sent).toContain(addressOf.get(good));
    expect(sent).not.toContain(addressOf.get(bad));
    const failure = async () => (await failuresOf(world, 'notice'))[0];
    expect(await failure()).toMatchObject({ failures: 1, retryAt: expect.any(String), lastError: 'failed' });
    // Tried later and later, then parked; once it can be read, an operator's retry is all it takes.
    for (let round = 0; round < 8; round += 1) {
      world.clock.nowMs += 13 * 3_600_000;
      await mailNotices(depsWith(world, { notifier, vault }));
    }
    expect(await failure()).toMatchObject({ failures: 7, retryAt: null });
    const retry = { kind: 'notice', itemId: (await failure())?.itemId ?? '' } as const;
    const call = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
    expect(await mailNotices(depsWith(world, { notifier }))).toBe(0);
    await world.flows.retryWork(call(), retry);
    await mailNotices(depsWith(world, { notifier }));
    expect(sent).toContain(addressOf.get(bad));
    expect(await failure()).toBeUndefined();
    // Whoever takes the address away leaves nothing to retry.
    await world.flows.putNoticeMail(world.call(bad), { addresses: [`${bad}@people.example`] });
    const row = { ...retry, payload: null, sealedPayload: null, failedAt: at, lastError: 'failed' };
    await world.deps.store.transaction((tx) => tx.workFailures.put({ ...row, retryAt: null }));
    await world.flows.putNoticeMail(world.call(bad), { addresses: [] });
    expect(await failure()).toBeUndefined();
  });

  test('links for people whose address is gone or cannot be read keep nobody else’s from being mailed', async () => {
    const world = get();
    const sent: string[] = [];
    const notifier = { enabled: true, send: async ({ to }: { to: string }) => void sent.push(to) };
    const deps = depsWith(world, { notifier });
    const flows = createFlows(deps);
    const invite = async () => {
      const login = world.fresh('invited');
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      const mail = `${login}@people.example`;
      const input = { login, displayName: login, role: 'auditor', accountId: null, mail } as const;
      return { mail, id: (await flows.invitePerson(call, input)).person.id };
    };
    // A whole batch of them, asked for first.
    for (let turn = 0; turn < 20; turn += 1) {
      const { id } = await invite();
      await world.run(`UPDATE auth_user SET sealed_mail = NULL WHERE id = '${id}'`);
    }
    const [bad, good] = [await invite(), await invite()];
    await world.run(`UPDATE auth_user SET sealed_mail = 'v1.test.AAAA' WHERE id = '${bad.id}'`);
    await mailPeople(deps);
    expect(sent).toEqual([good.mail]);
    // After its last attempt it is parked, naming the cause, until an operator has put it right.
    await world.run(`UPDATE person_mail SET due_at = '1970-01-01', attempts = 9 WHERE user_id = '${bad.id}'`);
    await mailPeople(deps);
    expect(await failuresOf(world, 'link')).toMatchObject([
      { itemId: bad.id, retryAt: null, lastError: expect.stringMatching(/^(store.unreadable|secret.unknown_key): /) },
    ]);
    const retry = async (itemId: string) => {
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await flows.retryWork(call, { kind: 'link', itemId });
      await mailPeople(deps);
    };
    const sealed = world.deps.vault.seal(bad.mail, sealingContexts.people(bad.id));
    await world.run(`UPDATE auth_user SET sealed_mail = '${sealed}' WHERE id = '${bad.id}'`);
    expect(await mailPeople(deps)).toBe(0);
    await retry(bad.id);
    expect(sent).toEqual([good.mail, bad.mail]);
    expect(await failuresOf(world, 'link')).toEqual([]);
    // Nothing is left to mail once the address is gone: the retry says so by ending the failure.
    await world.run(
      `INSERT INTO work_failure (kind, item_id, failures, failed_at, last_error) VALUES ('link', '${bad.id}', 1, now(), 'x')`,
    );
    await world.run(`UPDATE auth_user SET sealed_mail = NULL WHERE id = '${bad.id}'`);
    await retry(bad.id);
    expect(await failuresOf(world, 'link')).toEqual([]);
  });

  test('what no key opens is named, and everything else is sealed again', async () => {
    const world = get();
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const { id: bad } = await world.issue(account, resourceId);
    const { id: good } = await world.issue(account, resourceId);
    const old = vaultWithout(world, `code:${bad}`);
    // A newer key, by name; what it seals need not be read here.
    const seals = new Map<string, string>();
    const vault = {
      ...old,
      newest: { sealing: 'newer', hashing: old.newest.hashing },
      seal: (clear: string, context: Parameters<typeof old.seal>[1]) => {
        const sealed = old.seal(clear, context);
        seals.set(context, sealed);
        return sealed;
      },
    };
    const unreadable: { id: string; cause: string }[] = [];
    for (;;) {
      const step = await resealNext(depsWith(world, { vault }));
      if (step === null) break;
      unreadable.push(...step.unreadable);
    }
    const named = `filing_code.sealed of row ${bad}: `;
    expect(unreadable).toEqual([{ id: bad, cause: `${named}TypeError` }]);
    expect([...seals.keys()]).toContain(`code:${good}`);
    // Parked for an operator: retried with nothing put right it is parked again, and sealed once it opens.
    const item = { kind: 'reseal', itemId: `codes:${bad}` } as const;
    const parked = { ...item, retryAt: null, lastError: expect.stringContaining(named) };
    expect(await failuresOf(world, 'reseal')).toMatchObject([parked]);
    const retry = async (opening: typeof vault) => {
      await world.flows.retryWork({ actor: world.operator, idempotencyKey: world.fresh('key') }, item);
      await retryReseal(depsWith(world, { vault: opening }), ignore);
      return failuresOf(world, 'reseal');
    };
    expect(await retry(vault)).toMatchObject([parked]);
    const { vault: whole } = world.deps;
    expect(await retry({ ...vault, open: (sealed, context) => whole.open(sealed, context) })).toEqual([]);
    expect([...seals.keys()]).toContain(`code:${bad}`);
  });

  test('old rows of one kind that cannot be cleared keep no other kind', async () => {
    const world = get();
    const account = await world.account();
    const at = new Date(world.clock.nowMs).toISOString();
    const about = world.fresh('about');
    const notice = { id: world.deps.ids.next('ntc'), accountId: account, type: 'CodeSuspended', about, at } as const;
    await world.deps.store.transaction((tx) =>
      tx.notices.add({ ...notice, resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null }),
    );
    world.clock.nowMs += 400 * 86_400_000;
    const store = brokenStore(world, ({ idempotency }) => ({
      idempotency: { ...idempotency, deleteClaimedBefore: async () => failed() },
    }));
    const told: unknown[] = [];
    const round = () => clearOld(depsWith(world, { store }), (error) => told.push(error));
    await settle(round);
    expect(told).toHaveLength(1);
    const { notices } = await world.flows.listNotices(world.call(account), { unread: 'false', limit: 50 });
    expect(notices).toEqual([]);
    // Tried later and later, then parked; an operator who has removed the cause has it tried again.
    const item = async () => (await failuresOf(world, 'purge')).find(({ itemId }) => itemId === 'idempotency');
    expect(await item()).toMatchObject({ failures: 1, lastError: 'TypeError' });
    for (let hour = 0; hour < 20; hour += 1) {
      world.clock.nowMs += 3_600_000;
      await settle(round);
    }
    expect(told).toHaveLength(8);
    expect(await item()).toMatchObject({ retryAt: null });
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'purge', itemId: 'idempotency' });
    await settle(() => clearOld(world.deps, failTest));
    expect(await item()).toBeUndefined();
  });
});
