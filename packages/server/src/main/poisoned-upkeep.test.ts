import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decideByTable, decodePreamble, headerLength, openNameTable, preambleLength } from '@openbeian/model/gate';
import { expect, test } from 'vitest';
import { retryGate } from '../flows/gate/closed-names.ts';
import { createFlows } from '../flows/index.ts';
import { resealNext, retryReseal } from '../flows/keys/reseal.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { remind } from '../flows/notice/remind.ts';
import { mailPeople } from '../flows/person/mail-people.ts';
import { clearOld } from '../flows/upkeep/clear-old.ts';
import { sealingContexts, type WorkKind, workKinds } from '../ports/index.ts';
import { brokenStore, depsWith, failed, failuresOf, ignore, settle, vaultWithout } from './testing/poison.ts';
import { describeOnBoth, failTest } from './testing/rule-world.ts';
import { settleTime } from './testing/settled-time.ts';

/** The table of a binary snapshot, as gates open it. */
function tableOf(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  const { header, facts } = decodePreamble(
    bytes.subarray(0, preambleLength(bytes.subarray(0, headerLength)) ?? 0),
    crc32,
  );
  const hot = new SharedArrayBuffer(header.coldIndexOffset - header.indexOffset);
  new Uint8Array(hot).set(bytes.subarray(header.indexOffset, header.coldIndexOffset));
  return openNameTable(header, facts, hot);
}

await describeOnBoth('one item that always fails, of mail and of what is looked after:', (get) => {
  test('a reminder whose filing cannot be read waits alone; the others go out', async () => {
    const world = get();
    const ids: string[] = [];
    for (let one = 0; one < 2; one += 1) {
      const account = await world.account();
      const resourceId = await world.server(account, 'xingyun', 'server');
      const { filingId, version } = await world.submit(await world.bind(await world.draft(account), { resourceId }));
      const reasons = [{ field: null, reasonId: 'service.name_too_general', comment: '' }];
      const call = { actor: world.reviewer, idempotencyKey: world.fresh('key') };
      await world.flows.returnFiling(call, { filingId, version, reasons });
      ids.push(filingId);
    }
    const [bad, good] = ids;
    world.clock.nowMs += 8 * 86_400_000;
    const store = brokenStore(world, ({ filings }) => ({
      filings: { ...filings, findForUpdate: (id) => (id === bad ? failed() : filings.findForUpdate(id)) },
    }));
    await remind(depsWith(world, { store }), ignore);
    const failure = async () => (await failuresOf(world, 'reminder'))[0];
    expect(await failure()).toMatchObject({ itemId: `filing:${bad}`, failures: 1, retryAt: expect.any(String) });
    const told = async () => (await world.run(`SELECT filing_id FROM notice WHERE type = 'FilingDueSoon'`)).length;
    expect(await told()).toBe(1);
    expect(await remind(world.deps, failTest)).toBe(0);
    world.clock.nowMs += 3_600_000;
    expect(await remind(world.deps, failTest)).toBe(1);
    expect([await told(), await failure()]).toEqual([2, undefined]);
    expect(good).not.toBe(bad);
  });

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
    await settleTime(world.deps);
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

  test('a record that gates cannot read closes its name alone, and is made again when an operator retries it', async () => {
    const world = get();
    const account = await world.account();
    const filed = async () => {
      const resourceId = await world.server(account, 'tencent', 'cvm');
      return (await world.filed(account, { resourceId })).domainName;
    };
    const [bad, good] = [await filed(), await filed()];
    await world.run(`UPDATE gate_entry SET record = record || '{"state": "sleeping"}' WHERE name = '${bad}'`);
    const caller = { actor: world.operator };
    const file = await world.flows.getGateFile(caller, { atLeast: await world.flows.getGateVersion(caller) });
    expect(file.unreadable).toEqual([bad]);
    const context = { outsideMainland: false, blockPage: '/' };
    const table = tableOf(file.path);
    const byFile = (name: string) => decideByTable(name, table, '2026-11-21', context).reason;
    expect([byFile(bad), byFile(good)]).toEqual(['suspended', 'filed_here']);
    const stateOf = async (name: string) => {
      const { records } = await world.flows.getGateSnapshot(caller);
      return records.find((record) => record.name === name)?.state;
    };
    expect([await stateOf(bad), await stateOf(good)]).toEqual(['suspended', undefined]);
    const item = { kind: 'gate', itemId: bad } as const;
    expect(await failuresOf(world, 'gate')).toMatchObject([{ ...item, failures: 1, retryAt: null }]);
    await world.flows.retryWork({ actor: world.operator, idempotencyKey: world.fresh('key') }, item);
    expect(await retryGate(world.deps, failTest)).toBe(1);
    expect(await failuresOf(world, 'gate')).toEqual([]);
    expect(await stateOf(bad)).toBeUndefined();
    const { changes } = await world.deps.store.transaction((tx) => tx.gateLog.changesAfter(file.sequence, 9));
    expect(changes).toMatchObject([{ name: bad, record: { name: bad, accesses: ['tencent'] } }]);
  });

  test('a gate file that cannot be built is put off; the last good one is served, until gates need a newer one', async () => {
    const world = get();
    const caller = { actor: world.operator };
    const good = await world.flows.getGateFile(caller, { atLeast: 0 });
    // So many changes came since that another is due.
    const store = brokenStore(world, ({ gateLog }) => ({
      gateLog: {
        ...gateLog,
        changesAfter: async (after, limit) => {
          const answer = await gateLog.changesAfter(after, limit);
          return { ...answer, version: answer.version + 20_000 };
        },
      },
    }));
    const { gateFiles } = world.deps;
    let built = 0;
    const build = () => {
      built += 1;
      return Promise.reject(new TypeError('no room'));
    };
    const broken = { ...gateFiles, build };
    const ask = (files: typeof gateFiles, atLeast = 0) =>
      createFlows(depsWith(world, { store, gateFiles: files })).getGateFile(caller, { atLeast });
    for (let turn = 0; turn < 2; turn += 1) expect(await ask(broken)).toEqual(good);
    expect(built).toBe(1);
    const failure = async () => (await failuresOf(world, 'gate'))[0];
    expect(await failure()).toMatchObject({ itemId: 'file', failures: 1, lastError: 'TypeError' });
    // A gate that has seen more must not go back: it keeps what it has.
    await expect(ask(broken, good.sequence + 1)).rejects.toThrow('no room');
    for (let hour = 0; hour < 8; hour += 1) {
      world.clock.nowMs += 3_600_000;
      expect(await ask(broken)).toEqual(good);
    }
    expect(await failure()).toMatchObject({ failures: 8, retryAt: null });
    await world.flows.retryWork(
      { actor: world.operator, idempotencyKey: world.fresh('key') },
      { kind: 'gate', itemId: 'file' },
    );
    await retryGate(world.deps, failTest);
    expect((await ask(gateFiles)).path).not.toBe(good.path);
    expect(await failure()).toBeUndefined();
  });
});

/** Where each kind of background work is poisoned; a kind without an entry does not compile. */
const poisonTests: Readonly<Record<WorkKind, readonly [file: string, title: string]>> = {
  overdue: ['poisoned-work', 'keeps no other waiting, is put off, then parked with its cause'],
  lapse: ['poisoned-work', 'of a lapse whose term is over'],
  message: ['poisoned-work', 'of the authority’s messages is kept and acknowledged'],
  forward: ['poisoned-work', 'of the hand-overs keeps no other filing from the authority'],
  look_up: ['look-ups', 'a question whose form cannot be opened'],
  event: ['poisoned-batches', 'events of a code are put off in their order'],
  clock: ['poisoned-batches', 'stop days of the other codes are worked out'],
  purge: ['poisoned-upkeep', 'old rows of one kind that cannot be cleared'],
  notice: ['poisoned-upkeep', 'a notice whose addresses cannot be read'],
  reminder: ['poisoned-upkeep', 'a reminder whose filing cannot be read'],
  link: ['poisoned-upkeep', 'links for people whose address is gone'],
  reseal: ['poisoned-upkeep', 'what no key opens is named'],
  gate: ['poisoned-upkeep', 'a record that gates cannot read closes'],
};

test.each(workKinds)('failed work of kind %s has a test with an item that always fails', (kind) => {
  const [file, title] = poisonTests[kind];
  const text = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8');
  // This file also names it in the table above.
  expect(text.split(title)).toHaveLength(file === 'poisoned-upkeep' ? 3 : 2);
  expect(text).toMatch(new RegExp(`failuresOf\\(world, '${kind}'\\)|kind === '${kind}'|kind: '${kind}'`));
});
