import { describe, expect, test } from 'vitest';
import type { LineKey } from '../../ports/authority-ledger.ts';
import { ledgerRows } from './ledger-rows.ts';
import { at, fresh, later, refusal, type World } from './world.ts';

/** What is kept of lines to authorities: turns, numbers, packages, files, cases, records. */
export function describeAuthorityLedger(world: () => World): void {
  const { within, line, paper, handover } = ledgerRows(world);
  const packed = async (of: LineKey, sequence: number, submissionId: string | null = null) => {
    const { id: paperId } = await paper();
    const head = { ...of, id: fresh('pkg'), sequence, submissionId, caseId: null, madeBy: null };
    const row = { ...head, contentDigest: 'd', bytes: 9, paperId, madeAt: at };
    await within((ledger) => ledger.insertPackage(row));
    return row;
  };

  describe('the ledger of lines', () => {
    test('gives a line to one at a time, again to the same, and to the next when the time is over', async () => {
      const one = await line();
      const hold = (owner: string, now: string, until: string) =>
        within((ledger) => ledger.holdLine(one, { work: 'upload', owner }, now, until));
      expect(await hold('a', at, later(1))).toBe(true);
      expect(await hold('b', at, later(1))).toBe(false);
      expect(await within((ledger) => ledger.holdLine(one, { work: 'download', owner: 'b' }, at, later(1)))).toBe(true);
      expect(await hold('a', at, later(2))).toBe(true);
      await within((ledger) => ledger.releaseLine(one, { work: 'upload', owner: 'b' }));
      expect(await hold('b', later(1), later(3))).toBe(false);
      expect(await hold('b', later(2), later(3))).toBe(true);
      await within((ledger) => ledger.releaseLine(one, { work: 'upload', owner: 'b' }));
      expect(await hold('a', at, later(1))).toBe(true);
    });

    test('gives out own numbers once each, also side by side', async () => {
      const one = await line();
      const firsts = await Promise.all(Array.from({ length: 12 }, () => within((ledger) => ledger.takeOwnIds(one, 5))));
      expect(firsts.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => 1_000_000_001 + i * 5));
    });

    test('stops, closes and resumes a line, and says why', async () => {
      const one = await line();
      const because = { code: '5', zh: '口令有误', en: 'wrong password' };
      await within(async (ledger) => {
        expect(await ledger.stopLine(one, at, because)).toBe(true);
        expect(await ledger.stopLine(one, later(1), { ...because, code: '4' })).toBe(false);
        await ledger.closeLine(one, later(9), because);
        await ledger.noteAnswer(one, 'isp_upload', 5, at);
        const open = { stoppedAt: null, stoppedBecause: null, closedUntil: null, closedBecause: null };
        const told = { lastOperation: 'isp_upload', lastCode: 5, lastAt: at };
        expect(await ledger.findLine(one)).toMatchObject({ ...told, stoppedAt: at, stoppedBecause: because });
        expect(await ledger.findLine(one)).toMatchObject({ closedUntil: later(9), closedBecause: because });
        expect(await ledger.resumeLine(one)).toBe(true);
        expect(await ledger.resumeLine(one)).toBe(false);
        expect(await ledger.findLineForUpdate(one)).toMatchObject({ ...told, ...open });
      });
    });

    test('has one package under way on a line, and each number once but for those that were not taken', async () => {
      const one = await line();
      const first = await packed(one, 1);
      expect(await refusal(packed(one, 2))).toBe('authority_package_one_sending');
      await within(async (ledger) => {
        await ledger.countTry(first.id);
        expect(await ledger.findSending(one)).toMatchObject({ id: first.id, sequence: 1, tries: 1 });
        expect(await ledger.settlePackage(first.id, 'unsent', 20, later(1))).toBe(true);
        expect(await ledger.settlePackage(first.id, 'accepted', 0, later(1))).toBe(false);
        expect(await ledger.findInSequence(one, 1)).toBeNull();
      });
      const again = await packed(one, 1);
      await within(async (ledger) => {
        await ledger.renumberPackage(again.id, 7);
        await ledger.settlePackage(again.id, 'accepted', 0, later(2));
        await ledger.setAccepted(one, 7);
        expect(await ledger.findLine(one)).toMatchObject({ acceptedSequence: 7 });
        const kept = { id: again.id, sequence: 7, state: 'accepted', answerCode: 0, answeredAt: later(2) };
        expect(await ledger.findInSequence(one, 7)).toMatchObject(kept);
        expect(await ledger.listPackages(one, { limit: 9 })).toMatchObject([kept]);
        expect(await ledger.listPackages(one, { limit: 9, before: 7 })).toEqual([]);
        expect(await ledger.findPackage(again.id)).toMatchObject(kept);
      });
      expect(await refusal(packed(one, 7))).toBe('authority_package_in_sequence');
    });

    test('finds who is meant by our numbers and by theirs, the longest waiting first, and not who has ended', async () => {
      const [one, other] = [await line(), await line()];
      const filed = { subjectNumber: '粤ICP备2026000001号', serviceNumber: '粤ICP备2026000001号-1', subjectId: 11 };
      const early = await handover(one, { operation: 4, ...filed });
      const late = await handover(one, { operation: 4, ...filed });
      const ended = await handover(one, { operation: 4, ...filed, state: 'ended' });
      await handover(other, { operation: 4, ...filed });
      await within(async (ledger) => {
        await ledger.updateHandover(late.submissionId, { acceptedAt: later(2) });
        await ledger.updateHandover(early.submissionId, { acceptedAt: later(1), serviceId: 21 });
        const meant = async (operation: number | null, mark: { id?: number; number?: string }) =>
          (await ledger.listMeant(one, operation, mark, 'open')).map(({ submissionId }) => submissionId);
        const both = [early.submissionId, late.submissionId];
        expect(await meant(4, { number: filed.subjectNumber })).toEqual(both);
        expect(await meant(null, { id: 11 })).toEqual(both);
        expect(await meant(4, { id: 21 })).toEqual([early.submissionId]);
        expect(await meant(4, { id: ended.ownSubject })).toEqual([]);
        expect(await meant(4, { id: late.ownSubject })).toEqual([late.submissionId]);
        expect(await meant(1, { id: 11 })).toEqual([]);
        const over = await ledger.listMeant(one, 4, { id: 11 }, 'ended');
        expect(over.map(({ submissionId }) => submissionId)).toEqual([ended.submissionId]);
        const own = { subject: early.ownSubject, services: [late.ownService] };
        expect((await ledger.listByOwnIds(one, own)).map(({ submissionId }) => submissionId)).toEqual(
          both.toReversed(),
        );
        await ledger.updateHandover(late.submissionId, { state: 'retry', dueAt: later(5) });
        expect(await ledger.listDue(one, 'retry', later(4), 9)).toEqual([]);
        expect(await ledger.listDue(one, 'retry', later(5), 9)).toMatchObject([{ submissionId: late.submissionId }]);
        expect(await ledger.findHandoverForUpdate(late.submissionId)).toMatchObject({ dueAt: later(5) });
      });
    });

    test('knows a file by its name and content, and gives messages in their order until they are taken', async () => {
      const one = await line();
      const { id: paperId } = await paper();
      const file = { ...one, fileName: 'f1', contentDigest: 'x', trouble: null, paperId, fetchedAt: at };
      const id = fresh('dwn');
      const messages = [fresh('v3'), fresh('v3')];
      await within(async (ledger) => {
        expect(await ledger.insertDownload({ ...file, id })).toBe(true);
        expect(await ledger.insertDownload({ ...file, id: fresh('dwn') })).toBe(false);
        const unread = { ...file, id: fresh('dwn'), contentDigest: 'y', trouble: 'zip_broken' };
        expect(await ledger.insertDownload(unread)).toBe(true);
        const unacknowledged = async () => (await ledger.listUnacknowledged(one, 9)).map((row) => row.id);
        expect(await unacknowledged()).toEqual([id, unread.id]);
        await ledger.markAcknowledged(id, later(1));
        expect(await unacknowledged()).toEqual([unread.id]);
        await ledger.markRead(unread.id, null);
        expect(await ledger.findDownload(one, 'f1', 'x')).toMatchObject({ id, acknowledgedAt: later(1) });
        expect(await ledger.findDownloadById(unread.id)).toMatchObject({ trouble: null, acknowledgedAt: null });
        expect(await ledger.listDownloads(one, 9)).toHaveLength(2);
        for (const messageId of messages) {
          const row = { ...one, messageId, downloadId: id, paperId, madeAt: at };
          expect(await ledger.insertArrival(row)).toBe(true);
          expect(await ledger.insertArrival(row)).toBe(false);
        }
        const waiting = async () =>
          (await ledger.listArrivals(99)).map(({ messageId }) => messageId).filter((each) => messages.includes(each));
        expect(await waiting()).toEqual(messages);
        await ledger.markTaken(messages[0] ?? '', later(1));
        expect(await waiting()).toEqual(messages.slice(1));
      });
    });

    test('keeps a case once and until somebody ends it', async () => {
      const one = await line();
      const { id: paperId } = await paper();
      const row = {
        ...one,
        kind: 'unfiled_site',
        about: '7',
        submissionId: null,
        downloadId: null,
        paperId,
        openedAt: at,
      };
      const id = fresh('cas');
      await within(async (ledger) => {
        expect(await ledger.insertCase({ ...row, id })).toBe(true);
        expect(await ledger.insertCase({ ...row, id: fresh('cas') })).toBe(false);
        const open = async () => (await ledger.listCases({ limit: 99 })).some((each) => each.id === id);
        expect(await open()).toBe(true);
        const ofKind = async (kind: string) => (await ledger.listCases({ limit: 99, kind })).map((each) => each.id);
        expect(await ofKind('unfiled_site')).toContain(id);
        expect(await ofKind('note')).not.toContain(id);
        expect(await ledger.endCase(id, 'seen', 'usr_1', later(1))).toBe(true);
        expect(await ledger.endCase(id, 'seen', 'usr_1', later(1))).toBe(false);
        expect(await open()).toBe(false);
        expect(await ledger.findCaseForUpdate(id)).toMatchObject({ ending: 'seen', endedBy: 'usr_1' });
      });
      const { submissionId } = await handover(one);
      const other = { ...row, about: '8', submissionId, id: fresh('cas') };
      const notice = { ...row, about: '9', id: fresh('cas') };
      await within(async (ledger) => {
        await ledger.insertCase(other);
        await ledger.insertCase(notice);
        // One of a hand-over waits for a decision.
        const seen = await ledger.endCasesSeen([id, other.id, notice.id], 'usr_1', later(2));
        expect(seen).toMatchObject([{ id: notice.id, ending: 'seen', endedBy: 'usr_1', endedAt: later(2) }]);
        await ledger.endCasesOf(submissionId, 'decided', 'authority', later(2));
        expect(await ledger.findCaseForUpdate(other.id)).toMatchObject({ ending: 'decided', endedAt: later(2) });
        expect(await ledger.findCaseForUpdate(id)).toMatchObject({ endedAt: later(1) });
      });
    });

    test('has records as they were last downloaded, by all their numbers', async () => {
      const one = await line();
      const [old, newer] = [await paper(), await paper()];
      const subject = { ...one, subjectId: 5, subjectNumber: '粤ICP备2026000005号', ownSubject: 1_000_000_001 };
      const service = {
        serviceId: 6,
        subjectId: 5,
        serviceNumber: '粤ICP备2026000005号-1',
        ownService: 1_000_000_002,
        accessId: 7,
        domainId: 8,
        domainName: 'example1.cn',
        serviceName: '示例网站',
        domainNames: ['example1.cn'],
        hasAccess: true,
      };
      await within(async (ledger) => {
        expect(await ledger.putSubject({ ...subject, paperId: old.id, asOf: at }, [service])).toBeNull();
        const bare = { ...service, serviceNumber: null, ownService: null };
        const again = { ...subject, ownSubject: null, paperId: newer.id, asOf: later(1) };
        expect(await ledger.putSubject(again, [bare])).toBe(old.id);
        // One that is older than what is known changes nothing; its paper is not needed.
        expect(await ledger.putSubject({ ...subject, paperId: old.id, asOf: at }, [])).toBe(old.id);
        const known = { ...subject, paperId: newer.id, asOf: later(1), endedAt: null };
        expect(await ledger.findFiledSubject(one, { number: subject.subjectNumber })).toEqual(known);
        expect(await ledger.findFiledSubject(one, { id: 5 })).toEqual(known);
        expect(await ledger.findFiledService(one, { number: service.serviceNumber })).toEqual(service);
        expect(await ledger.findFiledService(one, { id: 6 })).toEqual(service);
        const own = { subject: 1_000_000_001, service: 1_000_000_002 };
        expect(await ledger.findFiledByOwn(one, own)).toEqual({ subject: known, service });
      });
    });

    test('has the newest code tables of a line', async () => {
      const one = await line();
      await within(async (ledger) => {
        expect(await ledger.putTables(one, '2026-11-02', '{"b":1}')).toBe(true);
        expect(await ledger.putTables(one, '2026-11-01', '{"a":1}')).toBe(false);
        expect(await ledger.listTables()).toContainEqual({
          provinceCode: '440000',
          asOf: '2026-11-02',
          digest: 'e17d0ee99013e5ee01d0b073ed2bab2c',
        });
        expect(await ledger.findTables('440000')).toEqual({ asOf: '2026-11-02', tables: '{"b":1}' });
        expect(await ledger.findTables('990000')).toBeNull();
      });
    });

    test('lets go of what is old with its papers, and never of what is under way or not ended', async () => {
      const one = await line();
      const sent = await packed(one, 1);
      await within((ledger) => ledger.settlePackage(sent.id, 'accepted', 0, at));
      const underWay = await packed(one, 2);
      const { id: paperId } = await paper();
      const open = { ...one, kind: 'k', about: '1', submissionId: null, downloadId: null, paperId, openedAt: at };
      await within((ledger) => ledger.insertCase({ ...open, id: fresh('cas') }));
      expect(await within((ledger) => ledger.deleteBefore(at, 500))).toBe(0);
      expect(await within((ledger) => ledger.deleteBefore(later(1), 500))).toBeGreaterThanOrEqual(1);
      await within(async (ledger) => {
        expect(await ledger.findPackage(sent.id)).toBeNull();
        expect(await ledger.findPaper(sent.paperId)).toBeNull();
        expect(await ledger.findSending(one)).toMatchObject({ id: underWay.id });
        const kept = await ledger.findPaper(paperId);
        expect(Array.from(kept?.body ?? [])).toEqual([1, 0, 255]);
        await ledger.deletePaper(paperId);
        expect(await ledger.findPaper(paperId)).toBeNull();
      });
    });

    test('says when files are asked for next: soon where something is out, and whenever something goes out', async () => {
      const one = await line();
      const look = { awaited: later(1), quiet: later(9) };
      await within(async (ledger) => {
        await ledger.putNextLook(one, look);
        expect(await ledger.findLine(one)).toMatchObject({ downloadAfter: later(9), downloadBecause: null });
        await ledger.hastenLook(one, later(2));
        expect(await ledger.findLine(one)).toMatchObject({ downloadAfter: later(2) });
        await ledger.hastenLook(one, later(3));
        expect(await ledger.findLine(one)).toMatchObject({ downloadAfter: later(2) });
      });
      const { submissionId } = await handover(one);
      await within(async (ledger) => {
        await ledger.putNextLook(one, look);
        expect(await ledger.findLine(one)).toMatchObject({ downloadAfter: later(1) });
        await ledger.updateHandover(submissionId, { state: 'ended', endedAt: at });
        await ledger.putNextLook(one, look);
        expect(await ledger.findLine(one)).toMatchObject({ downloadAfter: later(9), downloadBecause: null });
      });
    });

    test('names the provinces that have something to do, and none that is stopped or rests', async () => {
      const one = await line();
      const busy = (now: string) => within((ledger) => ledger.listBusyProvinces(one.provider, now));
      expect(await busy(at)).toEqual([one.provinceCode]);
      const maintained = { code: '902', zh: '系统维护', en: 'maintenance' };
      await within((ledger) => ledger.putDownloadAfter(one, later(9), maintained));
      expect(await within((ledger) => ledger.findLine(one))).toMatchObject({ downloadBecause: maintained });
      expect(await busy(later(8))).toEqual([]);
      expect(await busy(later(9))).toEqual([one.provinceCode]);
      const { submissionId } = await handover(one);
      await within((ledger) => ledger.updateHandover(submissionId, { state: 'retry', dueAt: later(4) }));
      expect(await busy(later(3))).toEqual([]);
      expect(await busy(later(4))).toEqual([one.provinceCode]);
      const because = { code: '20', zh: '不在时段', en: 'closed' };
      await within((ledger) => ledger.closeLine(one, later(6), because));
      expect(await busy(later(5))).toEqual([]);
      expect(await busy(later(6))).toEqual([one.provinceCode]);
      await within((ledger) => ledger.stopLine(one, at, because));
      expect(await busy(later(9))).toEqual([]);
    });

    test('shows every line with what waits on it', async () => {
      const one = await line();
      const first = await handover(one);
      await handover(one, { state: 'with_operator' });
      await within(async (ledger) => {
        await ledger.updateHandover(first.submissionId, { acceptedAt: later(1) });
        const lines = await ledger.listLines();
        expect(lines.find(({ provider }) => provider === one.provider)).toMatchObject({
          ...one,
          acceptedSequence: 0,
          waiting: 1,
          oldestWaitingAt: later(1),
          withOperator: 1,
          openCases: 0,
          sendingSince: null,
        });
      });
    });
  });
}
