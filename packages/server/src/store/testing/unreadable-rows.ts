import { Fault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { issuedShape } from '../../ports/code-ledger.ts';
import { at, audit, fresh, jobPayload, later, type World } from './world.ts';

/** Rows whose JSON is not what any release wrote: each is told by table, row and place, and keeps nobody from the others. */
export function describeUnreadableRows(world: () => World): void {
  const store = () => world().open.store;
  const messageOf = (value: unknown) => (value instanceof Fault ? value.message : value);
  const refusalOf = (work: Promise<unknown>) => work.then(() => 'nothing', messageOf);

  describe('a row that cannot be read', () => {
    test('of the audit is listed as such, between the others', async () => {
      const objectId = fresh('object');
      const [bad, good] = [fresh('aud'), audit(objectId)];
      await world().run(
        `INSERT INTO audit (id, at, actor_id, actor_role, action, object_kind, object_id, detail)
         VALUES ('${bad}', '${later(1)}', 'usr_1', 'customer', 'CodeIssued', 'code', '${objectId}', '"13900139000"')`,
      );
      await store().transaction((tx) => tx.audit.append(good));
      const rows = await store().transaction((tx) => tx.audit.list({ objectId, limit: 9 }));
      expect(rows.map(({ id }) => id)).toEqual([bad, good.id]);
      expect(rows[0]?.detail).toEqual({
        unreadable: `store.unreadable: detail of row ${bad} in table audit cannot be read`,
      });
      expect(rows[1]).toEqual(good);
    });

    test('of a filing is a finding in lists, a fault by itself, and found by the sweep', async () => {
      const accountId = await world().account();
      const dueAt = '1999-01-01T00:00:00.000Z';
      const [bad, good] = [await world().filing(accountId, { dueAt }), await world().filing(accountId, { dueAt })];
      await world().run(
        `UPDATE filing SET findings = '[{"field": null, "rule": 7, "from": "nobody"}]' WHERE id = '${bad.id}'`,
      );
      await world().run(
        `INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type, detail)
         VALUES ('${bad.id}', '${at}', 'usr_1', 'customer', 'FilingSubmitted', '[1]')`,
      );
      await store().transaction(async ({ filings }) => {
        const rows = await filings.listPage({ accountId, order: 'newest', limit: 9 });
        expect(rows.map(({ id }) => id).sort()).toEqual([bad.id, good.id].sort());
        const shown = rows.find(({ id }) => id === bad.id)?.findings;
        expect(shown).toMatchObject([{ rule: 'store.unreadable', field: null }]);
        expect(shown?.[0]?.message.en).toContain(`findings[0].rule`);
        expect(rows.find(({ id }) => id === good.id)?.findings).toEqual([]);
        expect((await filings.listEvents(bad.id))[0]?.detail).toMatchObject({
          unreadable: expect.stringMatching(/row \d+ in table filing_event/),
        });
        const due = (await filings.listOverdue(dueAt, 9)).map(({ id }) => id);
        expect(due).toEqual(expect.arrayContaining([bad.id, good.id]));
      });
      const found = store().transaction((tx) => tx.filings.find(bad.id));
      expect(await refusalOf(found)).toMatch(
        new RegExp(`store.unreadable: findings\\[0\\]\\.rule, .* of row ${bad.id} in table filing cannot be read`),
      );
      // Out of the way of other tests of the sweep.
      await world().run(`UPDATE filing SET due_at = '${later(60)}' WHERE account_id = '${accountId}'`);
    });

    test('of a job carries the fault instead of its payload; the others are leased beside it', async () => {
      const [bad, good] = [fresh('out'), fresh('out')];
      const runAt = '1960-01-01T00:00:00.000Z';
      await world().run(
        `INSERT INTO job (id, topic, payload, run_at) VALUES ('${bad}', 'authority.submit', '{"filingId": 1}', '${runAt}')`,
      );
      const topic = 'authority.submit';
      await store().transaction((tx) => tx.jobs.enqueue({ id: good, topic, payload: jobPayload, runAt }));
      const leased = await store().leaseJobs({ topics: [topic], limit: 9, owner: 'w', at: runAt, leaseMs: 1000 });
      const payloads = new Map(leased.map(({ id, payload }) => [id, messageOf(payload)]));
      expect(payloads.get(bad)).toBe(
        `store.unreadable: payload.submissionId, payload.filingId of row ${bad} in table job cannot be read`,
      );
      expect(payloads.get(good)).toEqual(jobPayload);
      await store().transaction(async ({ jobs }) => {
        for (const { id } of leased) await jobs.complete(id, 'w', runAt);
      });
    });

    test('of the events of a code carries the fault; events of others are taken beside it', async () => {
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [good = ''] = await world().issue(resource);
      const bad = fresh('code');
      await world().run(
        `INSERT INTO code_event (code_id, type, at, issuer_account_id, resource_id, detail)
         VALUES ('${bad}', 'CodeGranted', '${at}', '${accountId}', '${resource.id}', '7')`,
      );
      const take = (codeId: string) => store().transaction((tx) => tx.codeEvents.takeUnrelayed({ limit: 9, codeId }));
      const [event] = await take(bad);
      expect(messageOf(event?.detail)).toBe(
        `store.unreadable: detail of row ${event?.id} in table code_event cannot be read`,
      );
      expect((await take(good))[0]?.detail).toEqual({});
      await store().transaction((tx) => tx.codeEvents.markRelayed([event?.seq ?? 0], at));
    });

    test('of the messages that are tried again carries the fault; the others do not', async () => {
      const [bad, wrong, good] = [fresh('msg'), fresh('msg'), fresh('msg')];
      const message = { kind: 'sms_confirmed', messageId: good, submissionId: 'sub_1', sentAt: at } as const;
      const payloads = [
        [bad, 'not JSON: 13900139000'],
        [wrong, '{"kind": "a newer kind"}'],
        [good, JSON.stringify(message)],
      ] as const;
      const failed = { kind: 'message', sealedPayload: null, failedAt: at, retryAt: at, lastError: 'x' } as const;
      await store().transaction(async ({ workFailures }) => {
        for (const [itemId, payload] of payloads) await workFailures.put({ ...failed, itemId, payload });
      });
      const due = await store().transaction((tx) => tx.workFailures.listDueMessages(at, 100));
      const read = (id: string) => messageOf(due.find(({ itemId }) => itemId === id)?.message);
      expect(read(bad)).toBe(`store.unreadable: payload of row message ${bad} in table work_failure cannot be read`);
      expect(read(wrong)).toMatch(/^store.unreadable: payload.kind of row message/);
      expect(read(good)).toEqual(message);
      await store().transaction(async ({ workFailures }) => {
        for (const [itemId] of payloads) await workFailures.clear('message', itemId);
      });
    });

    test('of a resource is named by whoever reads it; other questions of the same moment have their answers', async () => {
      const { accountId, ...good } = await world().resource(await world().account());
      const bad = await world().resource(accountId);
      await world().run(
        `UPDATE resource SET facts = facts || '{"expiresAt": "2026-02-30", "trial": "13900139000"}' WHERE id = '${bad.id}'`,
      );
      const where = `facts.expiresAt, facts.trial of row ${bad.id} in table resource cannot be read`;
      const readings = ['find', 'findForShare'] as const;
      for (const read of readings) {
        const found = store().transaction((tx) => tx.resources[read](bad.id));
        expect(await refusalOf(found)).toBe(`store.unreadable: ${where}`);
      }
      expect(await refusalOf(store().transaction((tx) => tx.resources.list({ accountId })))).toContain(where);
      const page = await store().transaction((tx) => tx.resources.listPage({ accountId, limit: 9 }));
      expect(page.map(({ id }) => id)).toEqual([good.id]);
      const [unknown, known] = await Promise.all([bad.id, good.id].map((id) => store().findIssuing(id, null)));
      expect([unknown, known?.resource.id]).toEqual([null, good.id]);
    });

    test('of what a process started with is told as such, and replaced', async () => {
      const process = fresh('process');
      const settings = [{ path: 'http.port', value: '443', secret: false }];
      await world().run(
        `INSERT INTO process_configuration (process, settings, changed_at) VALUES ('${process}', '[{"path": 7}]', '${at}')`,
      );
      const find = () => store().transaction((tx) => tx.auditEvents.findConfiguration(process));
      expect(messageOf(await find())).toMatch(
        new RegExp(`^store.unreadable: settings\\[0\\].path, .* of row ${process} in table process_configuration`),
      );
      await store().transaction((tx) => tx.auditEvents.putConfiguration(process, settings, at));
      expect(await find()).toEqual(settings);
    });

    test('of what gates know is named; the names beside it are read', async () => {
      const [bad, good] = [`${fresh('bad').replace('_', '-')}.cn`, `${fresh('good').replace('_', '-')}.cn`];
      const record = { name: good, number: '粤ICP备2026000001号-1', accesses: ['xingyun'] };
      const entry = (name: string, value: object) =>
        `INSERT INTO gate_entry (name, exact, record) VALUES ('${name}', false, '${JSON.stringify(value)}')`;
      await world().run(entry(bad, { ...record, name: bad, state: 'sleeping' }));
      await world().run(entry(good, record));
      const found = (name: string) => store().transaction((tx) => tx.gateLog.find([name]));
      expect(await refusalOf(found(bad))).toBe(
        `store.unreadable: record.state of row ${bad} in table gate_entry cannot be read`,
      );
      expect(await found(good)).toEqual([record]);
      // Closed, whatever its record said; the names beside it are as they were.
      const closed = { name: bad, number: 'unreadable', accesses: [], state: 'suspended' };
      const ofBoth = (records: readonly { name: string }[]) => records.filter(({ name }) => [bad, good].includes(name));
      const { records, unreadable } = await store().transaction((tx) => tx.gateLog.snapshot());
      expect(ofBoth(records)).toEqual([closed, record]);
      expect(unreadable).toEqual([
        { name: bad, cause: expect.stringContaining(`record.state of row ${bad} in table`) },
      ]);
      // Made again out of its records, of which it has none, it is gone, and gates are told.
      await store().transaction((tx) => tx.gateLog.renew(bad, at));
      const { version } = await store().transaction((tx) => tx.gateLog.snapshot());
      const { changes } = await store().transaction((tx) => tx.gateLog.changesAfter(version - 1, 9));
      expect(changes).toMatchObject([{ name: bad, exact: false, record: null }]);
      await world().run(`DELETE FROM gate_entry WHERE name IN ('${bad}', '${good}')`);
    });

    test('of the cancellations that wait for an approval is a fault', async () => {
      const [messageId, number] = [fresh('msg'), fresh('number')];
      await world().run(
        `INSERT INTO authority_message (message_id, body, received_at, outcome) VALUES ('${messageId}',
           '{"kind": "cancelled", "number": "${number}", "sentAt": "${at}"}', '${at}', 'stale')`,
      );
      const waiting = store().transaction((tx) => tx.exchange.listWaitingCancellations([number]));
      expect(await refusalOf(waiting)).toMatch(
        new RegExp(`^store.unreadable: body.messageId.* of row ${messageId} in table authority_message`),
      );
    });

    test('of the stored answers refuses its own repetition; commands of the same moment are done', async () => {
      const resource = await world().resource(await world().account());
      const known = world().command(resource, { capacity: 1 });
      const { actorId, operation, key } = known.idempotency;
      await world().issue(resource, { ...known, count: 1 });
      await store().transaction((tx) => tx.idempotency.complete(actorId, operation, key, { codeIds: 'all' }));
      const others = await Promise.all([1, 2, 3].map(async () => world().resource(resource.accountId)));
      const unreadable = `store.unreadable: response.codeIds of row ${actorId} ${operation} ${key} in table idempotency`;
      // Together with the others, behind a ledger that is spent.
      const repeated = { ...known, codes: world().command(resource).codes };
      const [refused, ...done] = await Promise.all([
        refusalOf(store().issueCodes(repeated)),
        ...others.map((one) => store().issueCodes(world().command(one))),
      ]);
      expect(refused).toContain(unreadable);
      expect(done.map((one) => (typeof one === 'object' ? one : null))).toMatchObject([
        { outcome: 'issued' },
        { outcome: 'issued' },
        { outcome: 'issued' },
      ]);
      await store().transaction(async ({ idempotency }) => {
        const found = await idempotency.find(known.idempotency, issuedShape);
        expect(messageOf(found?.response)).toContain(unreadable);
        const claim = await idempotency.claim({ ...known.idempotency, at }, issuedShape);
        expect(claim.claimed ? null : messageOf(claim.response)).toContain(unreadable);
        expect((await idempotency.find(known.idempotency, z.unknown()))?.response).toEqual({ codeIds: 'all' });
      });
    });
  });
}
