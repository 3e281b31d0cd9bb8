import { type GateRecord, isOfExactName } from '@openbeian/model/gate';
import { describe, expect, test } from 'vitest';
import type { ServiceRecordRow } from '../../ports/records.ts';
import type { Store } from '../../ports/store.ts';
import { at, fresh, later, refusal, type World } from './world.ts';

/** What gates know, and how they are told of changes. */
export function describeGateView(world: () => World): void {
  const version = () => world().open.store.transaction((tx) => tx.gateLog.version());

  describe('the gate’s view', () => {
    test('a grace opens a name without a record, moves, and ends only by its own filing', async () => {
      const accountId = await world().account();
      const [mine, other] = [await world().filing(accountId), await world().filing(accountId)];
      const domainName = `${fresh('grace')}.cn`;
      const put = (filingId: string, until: string | null) =>
        world().open.store.transaction(async ({ records, gateLog }) => {
          await records.putGrace({ domainName, number: '沪ICP备2024000001号-1', filingId, until, at });
          const { records: named } = await gateLog.snapshot();
          return named.filter((one) => one.name === domainName).map((one) => one.graceUntil);
        });
      expect(await put(other.id, null)).toEqual([]);
      expect(await put(mine.id, '2026-12-01')).toEqual(['2026-12-01']);
      expect(await put(mine.id, '2026-12-05')).toEqual(['2026-12-05']);
      expect(await put(other.id, null)).toEqual(['2026-12-05']);
      expect(await put(other.id, '2026-12-03')).toEqual(['2026-12-05']);
      expect(await put(mine.id, null)).toEqual(['2026-12-03']);
      expect(await put(other.id, null)).toEqual([]);
    });

    test('a record, its accesses and its grace are one row', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const filing = await world().filing(accountId);
      const domainName = `${fresh('gate')}.cn`;
      const number = `京ICP备${fresh('n')}号`;
      const snapshot = await store.transaction(async ({ records, gateLog }) => {
        await records.putSubject({
          id: number,
          number,
          accountId,
          subjectKind: 'enterprise',
          subjectHash: number,
          unitName: '甲',
          sealedName: 's',
          provinceCode: '110000',
          recordedAt: at,
        });
        const row = await records.putService({
          id: domainName,
          number: `${number}-1`,
          subjectRecordId: number,
          serviceKind: 'website',
          serviceName: '甲',
          domainName,
          state: 'filed',
          recordedAt: later(1),
        });
        await records.putAccess({
          id: fresh('acs'),
          serviceRecordId: row.id,
          provider: 'sample',
          resourceId: resource.id,
          filingId: filing.id,
          at: later(2),
        });
        await records.putGrace({
          domainName,
          number: `${number}-1`,
          filingId: filing.id,
          until: '2026-12-24',
          at: later(3),
        });
        expect((await records.findServiceByDomainName(domainName))?.graceUntil).toBe('2026-12-24');
        return gateLog.snapshot();
      });
      expect(snapshot.records.filter((one) => one.name === domainName)).toEqual([
        {
          name: domainName,
          number: `${number}-1`,
          accesses: ['sample'],
          graceUntil: '2026-12-24',
          since: '2026-11-21',
        },
      ]);
      expect(snapshot.changedAt >= later(3)).toBe(true);
    });

    test('whatever it is made of counts one change for each statement after which gates must know something else', async () => {
      const accountId = await world().account();
      const filing = await world().filing(accountId);
      const id = fresh('any');
      const rows = [
        [
          'subject_record',
          `id, number, account_id, subject_kind, subject_hash, sealed_name, province_code, recorded_at`,
          `'${id}', '${id}', '${accountId}', 'society', 'h', 's', '440000', '${at}'`,
          `unit_name = '乙'`,
        ],
        [
          'service_record',
          `id, number, subject_record_id, service_kind, service_name, domain_name, state, recorded_at`,
          `'${id}', '${id}', '${id}', 'app', '乙', '${id}.cn', 'filed', '${at}'`,
          `state = 'suspended'`,
        ],
        [
          'access',
          `id, service_record_id, provider, started_at`,
          `'${id}', '${id}', 'sample', '${at}'`,
          `ended_at = '${at}'`,
        ],
        [
          'grace',
          `filing_id, domain_name, number, changed_at`,
          `'${filing.id}', '${id}.cn', 'n', '${at}'`,
          `until = '2026-12-01'`,
        ],
      ] as const;
      const key = (table: string) => (table === 'grace' ? `filing_id = '${filing.id}'` : `id = '${id}'`);
      const statements = [
        ...rows.map(([table, columns, values]) => `INSERT INTO ${table} (${columns}) VALUES (${values})`),
        ...rows.map(([table, , , set]) => `UPDATE ${table} SET ${set} WHERE ${key(table)}`),
        ...rows.map(([table]) => `DELETE FROM ${table} WHERE ${key(table)}`).reverse(),
      ];
      // No gate knows subjects, graces without a last day, or ties that are cut.
      const counts = [0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0];
      for (const [place, statement] of statements.entries()) {
        const before = await version();
        await world().run(statement);
        expect(await version(), statement).toBe(before + (counts[place] as number));
      }
    });

    test('its version rises with every change, not with what changes nothing or is rolled back, and never by hand downwards', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const filing = await world().filing(accountId);
      const grace = { domainName: `${fresh('v')}.cn`, number: 'x', filingId: filing.id, until: '2026-12-01', at };
      const before = await version();
      await store.transaction((tx) => tx.records.putGrace(grace));
      expect(await version()).toBe(before + 1);
      await store.transaction((tx) => tx.records.putGrace({ ...grace, at: later(1) }));
      expect(await version()).toBe(before + 1);
      const failing = store.transaction(async ({ records }) => {
        await records.putGrace({ ...grace, until: null });
        throw new Error('given up');
      });
      await expect(failing).rejects.toThrow('given up');
      expect(await version()).toBe(before + 1);
      expect((await store.transaction((tx) => tx.gateLog.snapshot())).version).toBe(before + 1);
      // Written past the store, it is counted all the same.
      await world().run(`UPDATE grace SET until = '2026-12-09' WHERE filing_id = '${filing.id}'`);
      expect(await version()).toBe(before + 2);
      await world().run(`DELETE FROM grace WHERE filing_id = '${filing.id}'`);
      expect(await version()).toBe(before + 3);
      await world().run(`DELETE FROM grace WHERE filing_id = 'fil_none'`);
      expect(await version()).toBe(before + 3);
      expect(await refusal(world().run('UPDATE gate_change SET version = 0'))).toBe('gate_change_only_rises');
      expect(await refusal(world().run('DELETE FROM gate_change'))).toBe('gate_change_is_kept');
    });

    test('every change is told in one order without gaps, what is on record as it was, and one transaction in one piece', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const [one, two] = [await world().filing(accountId), await world().filing(accountId)];
      const grace = (filing: { readonly id: string; readonly domainName: string }, until: string | null) => ({
        domainName: filing.domainName,
        number: 'n',
        filingId: filing.id,
        until,
        at,
      });
      const read = (after: number, limit: number) => store.transaction((tx) => tx.gateLog.changesAfter(after, limit));
      const before = await version();
      const { markAtAfter: begun } = await read(before, 0);
      await store.transaction(async ({ records }) => {
        await records.putGrace(grace(one, '2026-12-01'));
        await records.putGrace(grace(two, '2026-12-01'));
        await records.putGrace(grace(one, '2026-12-02'));
      });
      await store.transaction((tx) => tx.records.putGrace(grace(two, null)));
      const name = (filing: { readonly domainName: string }, graceUntil: string) => ({
        name: filing.domainName,
        exact: false,
        record: { name: filing.domainName, number: 'n', accesses: [], graceUntil, since: '2026-11-21' },
      });
      const { version: now, changes } = await read(before, 10);
      expect(now).toBe(before + 4);
      expect(changes.map(({ sequence, name: of, exact, record }) => ({ sequence, name: of, exact, record }))).toEqual([
        { sequence: before + 1, ...name(one, '2026-12-01') },
        { sequence: before + 2, ...name(two, '2026-12-01') },
        { sequence: before + 3, ...name(one, '2026-12-02') },
        { sequence: before + 4, name: two.domainName, exact: false, record: null },
      ]);
      expect((await read(before, 1)).changes).toHaveLength(3);
      expect((await read(before + 3, 10)).changes).toHaveLength(1);
      // Each change continues the history that it says.
      const marks = [begun, ...changes.map(({ mark }) => mark)];
      expect(new Set(marks).size).toBe(5);
      for (const [place, mark] of marks.entries()) expect((await read(before + place, 0)).markAtAfter).toBe(mark);
      expect(await read(before + 5, 10)).toMatchObject({ markAtAfter: null, changes: [] });
      expect(await refusal(world().run(`UPDATE gate_log SET name = 'x' WHERE sequence = ${now}`))).toBe(
        'gate_log_is_kept',
      );
    });

    test('all that gates know is read in pages, and with the changes since the first is as it is at one moment', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const many = fresh('many');
      await world().run(
        `INSERT INTO subject_record (id, number, account_id, subject_kind, subject_hash, sealed_name, province_code,
           recorded_at) VALUES ('${many}', '${many}', '${accountId}', 'society', 'h', 's', '440000', '${at}')`,
      );
      await world().run(
        `INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state,
           recorded_at) SELECT '${many}' || n, '${many}' || n, '${many}', CASE WHEN n % 3 = 0 THEN 'app' ELSE 'website' END,
           '乙', '${many}-' || n % 4100 || '.cn', 'filed', '${at}' FROM generate_series(1, 4500) AS n`,
      );
      const whole = () => store.transaction((tx) => tx.gateLog.snapshot());
      const quiet = await readAll(store);
      const { version, records } = await whole();
      expect(quiet.head.sequence).toBe(version);
      expect(quiet.lines.map((line) => JSON.parse(line))).toEqual(records);
      expect(quiet.changes).toBe(0);
      // While pages are read, names that were read already, or not yet, are changed, taken away and added.
      let turn = 0;
      const busy = await readAll(store, async () => {
        turn += 1;
        await world().run(`UPDATE service_record SET state = 'suspended', state_since = '${at}'
          WHERE subject_record_id = '${many}' AND domain_name IN ('${many}-${turn}.cn', '${many}-${4000 - turn}.cn')`);
        await world().run(`DELETE FROM service_record WHERE id IN ('${many}${turn + 20}', '${many}${turn + 3900}')`);
        await world().run(
          `INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state,
             recorded_at) VALUES ('${many}new${turn}', '${many}new${turn}', '${many}', 'website', '乙', '${turn}-${many}.cn',
             'filed', '${at}')`,
        );
      });
      expect(turn).toBeGreaterThan(2);
      expect(busy.changes).toBeGreaterThan(6);
      const after = await whole();
      expect(busy.head.sequence).toBe(after.version);
      expect(busy.state()).toEqual(stateOf(after.records));
      const marked = await store.transaction((tx) => tx.gateLog.changesAfter(busy.head.sequence, 0));
      expect(marked.markAtAfter).toBe(busy.head.mark);
      expect(records.filter(({ name }) => name.startsWith(many)).length).toBeGreaterThan(4100);
      const named = await store.transaction((tx) => tx.gateLog.find([`${many}-42.cn`, 'none.cn']));
      expect(named.map(({ number, serviceKind }) => [number, serviceKind])).toEqual([
        [`${many}4142`, undefined],
        [`${many}42`, 'app'],
      ]);
    });

    test('a changed state is dated by the message that changed it', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const of = fresh('dated');
      const subject = {
        id: of,
        number: of,
        accountId,
        subjectKind: 'enterprise',
        subjectHash: of,
        unitName: null,
      } as const;
      const since = async (state: ServiceRecordRow['state'], recordedAt: string) =>
        store.transaction(async ({ records, gateLog }) => {
          await records.putSubject({ ...subject, sealedName: 's', provinceCode: '440000', recordedAt: at });
          const names = { id: of, number: `${of}-1`, subjectRecordId: of, serviceName: '甲', domainName: `${of}.cn` };
          await records.putService({ ...names, serviceKind: 'website', state, recordedAt });
          return (await gateLog.find([`${of}.cn`]))[0]?.since;
        });
      expect(await since('filed', '2026-01-01T15:59:59.000Z')).toBe('2026-01-01');
      expect(await since('filed', '2026-01-05T00:00:00.000Z')).toBe('2026-01-01');
      // In Shanghai it is the next day already.
      expect(await since('suspended', '2026-02-01T16:00:00.000Z')).toBe('2026-02-02');
      await world().run(`UPDATE service_record SET state = 'filed' WHERE id = '${of}'`);
      expect((await store.transaction((tx) => tx.gateLog.find([`${of}.cn`])))[0]?.since).toBeUndefined();
    });
  });
}

/** By name and kind. */
function stateOf(records: readonly GateRecord[]): Map<string, GateRecord> {
  return new Map(records.map((record) => [`${isOfExactName(record)} ${record.name}`, record]));
}

/** Reads all that gates know. @param between is done after each page */
async function readAll(store: Store, between = async (): Promise<void> => {}) {
  const lines: string[] = [];
  let replaced = new Map<string, GateRecord | null>();
  let changes = 0;
  const head = await store.readGateEntries(() => {
    lines.length = 0;
    changes = 0;
    replaced = new Map();
    return {
      async page(text) {
        lines.push(...text.split('\n'));
        await between();
      },
      async changes(some) {
        changes += some.length;
        for (const { name, exact, record } of some) replaced.set(`${exact} ${name}`, record);
      },
    };
  });
  const state = () => {
    const records = stateOf(lines.map((line) => JSON.parse(line) as GateRecord));
    for (const [key, record] of replaced) {
      if (record === null) records.delete(key);
      else records.set(key, record);
    }
    return records;
  };
  return { head, lines, changes, state };
}
