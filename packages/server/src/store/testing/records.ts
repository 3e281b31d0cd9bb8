import { describe, expect, test } from 'vitest';
import type { ServiceRecordRow, SubjectRecordRow } from '../../ports/records.ts';
import { at, fresh, later, refusal, type World } from './world.ts';

/** Records in force, the public query and the gate's view. */
export function describeRecords(world: () => World): void {
  const version = () => world().open.store.transaction((tx) => tx.gateLog.version());

  describe('records', () => {
    const subject = (accountId: string): Omit<SubjectRecordRow, 'cancelledAt'> => {
      // With capitals, as ids have them.
      const id = fresh('sub_A');
      return {
        id,
        number: `粤ICP备${id.slice(-6)}号`,
        accountId,
        subjectKind: 'enterprise',
        subjectHash: `hash-${id}`,
        unitName: `示例公司${id}`,
        sealedName: `sealed-${id}`,
        provinceCode: '440000',
        recordedAt: at,
      };
    };
    const service = (of: SubjectRecordRow, some: Partial<ServiceRecordRow> = {}) => {
      const id = fresh('srv_A');
      return {
        id,
        number: `${of.number}-1`,
        subjectRecordId: of.id,
        serviceKind: 'website' as const,
        serviceName: '示例',
        domainName: `${id}.cn`,
        state: 'filed' as const,
        recordedAt: at,
        ...some,
      };
    };
    async function recorded(some: Partial<ServiceRecordRow> = {}) {
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const filing = await world().filing(accountId);
      return world().open.store.transaction(async ({ records }) => {
        const of = await records.putSubject(subject(accountId));
        return { accountId, resource, filing, of, row: await records.putService(service(of, some)) };
      });
    }
    test('read back as written, by hash, id and name', async () => {
      const { of, row, accountId } = await recorded();
      await world().open.store.transaction(async ({ records }) => {
        expect(row).toEqual({ ...row, accesses: [], graceUntil: null, recordedAt: at, state: 'filed' });
        expect(await records.findSubject(of.id)).toEqual(of);
        expect(await records.findSubjectByHash(of.subjectHash)).toEqual(of);
        expect(await records.findServiceByDomainName(row.domainName)).toEqual(row);
        const { graceUntil: _grace, ...listed } = row;
        const entry = { ...listed, subjectNumber: of.number, isShellSubject: false };
        expect(await records.listServices({ accountId, limit: 9 })).toEqual([entry]);
        expect(await records.listServices({ accountId: 'acct_none', limit: 9 })).toEqual([]);
        expect(await records.countServices({ accountId })).toBe(1);
        expect(await records.countServices({})).toBeGreaterThan(0);
        expect(await records.findSubject('sub_none')).toBeNull();
        expect(await records.findSubjectByHash('none')).toBeNull();
        expect(await records.findServiceByDomainName('none.cn')).toBeNull();
      });
    });

    test('a number that is recorded again keeps its id and takes the new facts', async () => {
      const { of, row } = await recorded();
      await world().open.store.transaction(async ({ records }) => {
        const again = await records.putSubject({ ...of, id: fresh('sub'), unitName: '新名公司', recordedAt: later(9) });
        expect(again).toEqual({ ...of, unitName: '新名公司' });
        const { accesses, graceUntil, ...facts } = row;
        const renamed = await records.putService({
          ...facts,
          id: fresh('srv'),
          serviceName: '新名',
          state: 'suspended',
        });
        expect(renamed).toEqual({ ...facts, accesses, graceUntil, serviceName: '新名', state: 'suspended' });
      });
    });

    test('an individual’s name is never stored clear', async () => {
      const individual = { ...subject(await world().account()), subjectKind: 'individual' as const };
      const put = (row: Omit<SubjectRecordRow, 'cancelledAt'>) =>
        world().open.store.transaction((tx) => tx.records.putSubject(row));
      expect(await refusal(put(individual))).toBe('subject_record_individuals_sealed');
      expect(await put({ ...individual, unitName: null })).toMatchObject({ unitName: null });
    });

    test('a cancelled record keeps its row, loses its ties, moves the gate on, and is cancelled once', async () => {
      const { of, row, resource, filing } = await recorded();
      const struckAt = later(77_000);
      await world().open.store.transaction(async ({ records }) => {
        for (const provider of ['alibaba', 'sample']) {
          const tie = { id: fresh('acs'), serviceRecordId: row.id, provider, resourceId: resource.id };
          await records.putAccess({ ...tie, filingId: filing.id, at });
        }
        await records.putGrace({
          domainName: row.domainName,
          number: row.number,
          filingId: filing.id,
          until: '2027-01-01',
          at,
        });
      });
      const before = await version();
      await world().open.store.transaction(async ({ records }) => {
        await records.hold();
        expect(await records.findServiceByNumber(row.number)).toMatchObject({ id: row.id, graceUntil: '2027-01-01' });
        expect(await records.endAccesses(row.id, 'alibaba', struckAt)).toEqual([
          { provider: 'alibaba', filingId: filing.id },
        ]);
        expect(await records.cancelService(row.id, struckAt)).toBe(true);
        expect(await records.cancelService(row.id, later(9))).toBe(false);
        expect(await records.endAccesses(row.id, null, struckAt)).toEqual([
          { provider: 'sample', filingId: filing.id },
        ]);
        expect(await records.endAccesses(row.id, null, struckAt)).toEqual([]);
        await records.endGraceOf(row.number, struckAt);
      });
      expect(await version()).toBeGreaterThan(before);
      await world().open.store.transaction(async ({ records, gateLog }) => {
        const { accesses, state, cancelledAt, graceUntil } = (await records.findServiceByNumber(row.number)) ?? {};
        expect({ accesses, state, cancelledAt, graceUntil }).toEqual({
          accesses: [],
          state: 'cancelled',
          cancelledAt: struckAt,
          graceUntil: null,
        });
        expect((await gateLog.snapshot()).changedAt).toBe(struckAt);
        expect(await records.findSubjectByHash(of.subjectHash)).toMatchObject({ id: of.id, cancelledAt: null });
        expect(await records.cancelSubject(of.id, struckAt)).toBe(true);
        expect(await records.cancelSubject(of.id, struckAt)).toBe(false);
        expect(await records.findSubjectByHash(of.subjectHash)).toBeNull();
        expect(await records.findSubjectByNumber(of.number)).toMatchObject({ cancelledAt: struckAt });
        expect((await records.listServicesOfSubject(of.id)).map(({ number }) => number)).toEqual([row.number]);
        // Filed again: it is in force again.
        await records.putSubject(of);
        expect(await records.findSubjectByHash(of.subjectHash)).toMatchObject({ cancelledAt: null });
        const { accesses: _a, graceUntil: _g, cancelledAt: _c, ...facts } = row;
        expect(await records.putService(facts)).toMatchObject({ state: 'filed', cancelledAt: null });
      });
    });

    test('accesses are listed once per provider; the same one again changes nothing', async () => {
      const { row, resource, filing } = await recorded();
      const access = (provider: string) => ({
        id: fresh('acs'),
        serviceRecordId: row.id,
        provider,
        resourceId: resource.id,
        filingId: filing.id,
        at,
      });
      await world().open.store.transaction(async ({ records }) => {
        for (const provider of ['sample', 'alibaba', 'sample']) await records.putAccess(access(provider));
        expect((await records.findServiceByDomainName(row.domainName))?.accesses).toEqual(['alibaba', 'sample']);
      });
      const before = await version();
      await world().open.store.transaction((tx) => tx.records.putAccess(access('sample')));
      expect(await version()).toBe(before);
    });

    test('of several records of one name one in force counts, else the latest', async () => {
      const { of, row } = await recorded({ state: 'cancelled' });
      await world().open.store.transaction(async ({ records, gateLog }) => {
        const put = (number: string, some: Partial<ServiceRecordRow>) =>
          records.putService(service(of, { domainName: row.domainName, number: `${of.number}-${number}`, ...some }));
        expect((await records.findServiceByDomainName(row.domainName))?.number).toBe(row.number);
        await put('2', { recordedAt: later(1) });
        await put('3', { recordedAt: later(2), serviceKind: 'app' });
        await put('4', { recordedAt: later(3), state: 'cancelled' });
        expect((await records.findServiceByDomainName(row.domainName))?.number).toBe(`${of.number}-3`);
        const { records: named } = await gateLog.snapshot();
        const told = { name: row.domainName, accesses: [], since: '2026-11-21' };
        // An APP is filed for itself: it neither speaks for the website nor is silenced by it.
        expect(named.filter((one) => one.name === row.domainName)).toEqual([
          { ...told, number: `${of.number}-2` },
          { ...told, number: `${of.number}-3`, serviceKind: 'app' },
        ]);
      });
    });

    test('the public finds a record by name, unit and both numbers, whatever the case, and nothing else', async () => {
      const { of, row } = await recorded({ domainName: `${fresh('Public')}.cn` });
      await world().open.store.transaction(async ({ records }) => {
        const { accesses: _a, graceUntil: _g, ...facts } = row;
        const second = await records.putService({
          ...facts,
          id: fresh('srv'),
          number: `${of.number}-2`,
          domainName: `${fresh('second')}.cn`,
        });
        await records.putService({ ...facts, id: fresh('srv'), number: `${of.number}-3`, state: 'cancelled' });
        const all = (text: string) => ({ names: [text], numbers: [text], units: [text] });
        const find = (text: string, offset = 0, limit = 10) =>
          records.searchPublic(all(text), 'website', offset, limit);
        const both = {
          total: 2,
          rows: [
            { ...row, subject: of },
            { ...second, subject: of },
          ],
        };
        expect(await find(of.number.toLowerCase())).toEqual(both);
        expect(await find(of.unitName ?? '')).toEqual(both);
        expect(await find(of.number, 1, 1)).toEqual({ total: 2, rows: both.rows.slice(1) });
        expect(await find(row.domainName.toUpperCase())).toEqual({ total: 1, rows: both.rows.slice(0, 1) });
        expect(await find(second.number)).toEqual({ total: 1, rows: both.rows.slice(1) });
        const both2 = { names: [row.domainName, second.domainName], numbers: [], units: [] };
        expect(await records.searchPublic(both2, 'website', 0, 10)).toEqual(both);
        const nothing = { total: 0, rows: [] };
        expect(await records.searchPublic(all(of.number), 'app', 0, 10)).toEqual(nothing);
        expect(await find(`${of.number}-3`)).toEqual(nothing);
        expect(await find('%')).toEqual(nothing);
        expect(await find(of.sealedName)).toEqual(nothing);
      });
    });
  });
}
