import { describe, expect, test } from 'vitest';
import { ledgerRows } from './ledger-rows.ts';
import { at, fresh, later, type World } from './world.ts';

/** What is kept of runs that compare both books, and of their differences. */
export function describeReconciliation(world: () => World): void {
  const { within, line, paper, handover } = ledgerRows(world);

  describe('the comparison of both books', () => {
    test('compares one line at a time, by one worker at a time, from where the last one was', async () => {
      const one = await line();
      const begun = { ...one, id: fresh('rec'), startedAt: at, startedBy: 'usr_1' };
      expect(await within((ledger) => ledger.startReconciliation(begun))).toBe(true);
      expect(await within((ledger) => ledger.startReconciliation({ ...begun, id: fresh('rec') }))).toBe(false);
      const open = await within((ledger) => ledger.findOpenReconciliation(one));
      expect(open).toMatchObject({ id: begun.id, phase: 'ours', afterId: '', compared: 0, waits: 0, because: null });
      const lease = async (owner: string, now: string) => {
        // Those of other tests are due as well.
        for (let tries = 0; tries < 20; tries += 1) {
          const row = await within((ledger) => ledger.leaseReconciliation(owner, now, later(9)));
          if (row === null || row.id === begun.id) return row;
        }
        return null;
      };
      const held = await lease('a', at);
      if (held === null) throw new Error('the run is not due');
      expect(await lease('b', later(1))).toBeNull();
      const because = { code: '20', zh: '不在上报时间', en: 'Outside reporting hours' };
      const counts = { compared: 3, asked: 2, skipped: 1, waiting: 1, uncarried: 4, unsaid: 2, found: 1 };
      const step = {
        ...counts,
        phase: 'theirs' as const,
        afterId: '7',
        dueAt: later(2),
        waits: 1,
        because,
        isDone: false,
      };
      const go = (owner: string, isDone: boolean) =>
        within((ledger) => ledger.advanceReconciliation(held, owner, { ...step, isDone }, later(1)));
      // Another took it over meanwhile: what the slow one has to say is not written.
      expect([await go('b', false), await go('a', false), await go('a', false)]).toEqual([false, true, false]);
      expect(await lease('b', later(1))).toBeNull();
      const next = await lease('b', later(2));
      expect(next).toMatchObject({ ...counts, phase: 'theirs', afterId: '7', waits: 1, because });
      if (next === null) return;
      const done = { ...step, isDone: true, because: null };
      expect(await within((ledger) => ledger.advanceReconciliation(next, 'b', done, later(3)))).toBe(true);
      expect(await within((ledger) => ledger.findReconciliation(begun.id))).toMatchObject({
        ending: 'done',
        endedAt: later(3),
        compared: 6,
      });
      expect(await within((ledger) => ledger.callOffReconciliation(begun.id, later(4)))).toBe(false);
      const listed = await within((ledger) => ledger.listReconciliations({ limit: 1, provinceCode: '440000' }));
      expect(listed).toHaveLength(1);
    });

    test('has each difference once until it is over, and again what an operator has seen when it becomes another', async () => {
      const one = await line();
      const base = {
        ...one,
        kind: 'number_differs' as const,
        about: fresh('srv'),
        serviceNumber: '粤ICP备2026000001号-1',
        domainName: 'example1.cn',
        filedSubjectId: 5,
        ours: 'a',
        theirs: 'b',
        digest: 'd1',
        foundAt: at,
      };
      const put = (some: Partial<typeof base> = {}) =>
        within((ledger) => ledger.putDifference({ ...base, ...some, id: fresh('dif') }));
      const list = () => within((ledger) => ledger.listDifferences({ limit: 999 }));
      const own = async () => (await list()).filter(({ about }) => about === base.about);
      await put();
      await put({ foundAt: later(1) });
      const [row, ...more] = await own();
      expect([row, more]).toMatchObject([{ state: 'open', foundAt: at, confirmedAt: later(1) }, []]);
      const id = row?.id ?? '';
      await within((ledger) => ledger.setDifference(id, 'seen', null));
      await put();
      expect((await own())[0]?.state).toBe('seen');
      expect(await within((ledger) => ledger.countDifferences(one))).toBe(0);
      await put({ digest: 'd2', theirs: 'c' });
      expect((await own())[0]).toMatchObject({ id, state: 'open', theirs: 'c' });
      // Sent, and with the authority; then decided, and found all the same.
      const { submissionId } = await handover(one);
      await within((ledger) => ledger.setDifference(id, 'sent', submissionId));
      await put({ digest: 'd2' });
      expect((await own())[0]?.state).toBe('sent');
      expect((await within((ledger) => ledger.findSentDifference(submissionId)))?.id).toBe(id);
      await within((ledger) => ledger.updateHandover(submissionId, { state: 'ended', endedAt: at }));
      await put({ digest: 'd2' });
      expect((await own())[0]?.state).toBe('open');
      await within((ledger) => ledger.endDifferencesBut(one, base.about, ['number_differs'], at));
      expect(await own()).toHaveLength(1);
      expect(await within((ledger) => ledger.endDifference(id, 'taken_over', 'usr_1', at))).toBe(true);
      expect(await within((ledger) => ledger.endDifference(id, 'taken_over', 'usr_1', at))).toBe(false);
      await put();
      const [again] = await own();
      expect(again?.id).not.toBe(id);
      await within((ledger) => ledger.endDifferencesBut(one, base.about, [], later(2)));
      expect(await own()).toEqual([]);
      expect(await within((ledger) => ledger.findDifference(again?.id ?? ''))).toMatchObject({ ending: 'agrees' });
    });

    test('knows what was delivered last by number or name, that it ended, and when everything came', async () => {
      const one = await line();
      const paperId = (await paper()).id;
      const domainName = `${fresh('d').replaceAll('_', '-').toLowerCase()}.cn`;
      const own = { ownService: null, accessId: null, domainId: null, domainName, serviceName: '甲', hasAccess: true };
      const putOne = (subjectId: number, serviceNumber: string, asOf: string) =>
        within((ledger) =>
          ledger.putSubject({ ...one, subjectId, subjectNumber: null, ownSubject: null, paperId, asOf }, [
            { ...own, serviceId: subjectId + 1, subjectId, serviceNumber, domainNames: [domainName] },
          ]),
        );
      const find = (number: string, name = domainName) =>
        within((ledger) => ledger.findFiledRecord(one, { number, domainName: name }));
      await putOne(10, 'N-1', at);
      await putOne(20, 'N-2', at);
      // Of two that came together, that of the number.
      expect((await find('N-1'))?.serviceId).toBe(11);
      await putOne(20, 'N-2', later(1));
      expect((await find('N-1'))?.serviceId).toBe(21);
      expect((await find('N-1', ''))?.serviceId).toBe(11);
      await within((ledger) => ledger.endFiled(one, 'service', 21, later(2)));
      expect(await find('N-1')).toMatchObject({ serviceId: 11, endedAt: null, asOf: at, hasAccess: true });
      await within((ledger) => ledger.endFiledAccess(one, 11));
      expect((await find('N-1'))?.hasAccess).toBe(false);
      const organiser = (id: number) => within((ledger) => ledger.findFiledSubject(one, { id }));
      expect((await organiser(20))?.endedAt).toBeNull();
      await within((ledger) => ledger.endFiled(one, 'subject', 10, later(2)));
      expect(await find('N-1')).toMatchObject({ endedAt: later(2) });
      expect((await organiser(10))?.endedAt).toBe(later(2));
      // Delivered again: it is in force.
      await putOne(10, 'N-1', later(3));
      expect(await find('N-1')).toMatchObject({ endedAt: null, asOf: later(3) });
      expect((await organiser(10))?.endedAt).toBeNull();
      expect(await within((ledger) => ledger.listFiledRecords(one, 11, 9))).toMatchObject([{ serviceId: 21 }]);

      expect(await within((ledger) => ledger.findSync(one))).toBeNull();
      const hour = 3_600_000;
      for (const when of [at, later(60), later(100)]) await within((ledger) => ledger.noteSync(one, when, hour));
      expect(await within((ledger) => ledger.findSync(one))).toEqual({ from: at, to: later(100) });
      await within((ledger) => ledger.noteSync(one, later(9999), hour));
      expect(await within((ledger) => ledger.findSync(one))).toEqual({ from: later(9999), to: later(9999) });
    });
  });
}
