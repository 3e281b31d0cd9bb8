import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { result, results } from './testing/files.ts';
import { province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

const noPictures = { cancellationReason: '', filingPassword: null, loadPictures: async () => [] };

/** A hand-over that the authority has answered with these codes, and the case that it became. */
async function answered(...codes: number[]) {
  const here = await world();
  const adapter = here.adapter();
  const filing = here.filing(1);
  await adapter.submit(filing);
  const row = await here.ledger((ledger) => ledger.findHandover(filing.id));
  const own = row?.ownSubject ?? 0;
  await here.there.put(
    'a1',
    results(result(1, codes.length === 0 ? 4 : own, ...(codes.length === 0 ? [1020] : codes))),
  );
  expect(await here.take(adapter)).toEqual([]);
  const { desk } = adapter;
  const openCase = async () => {
    const [found] = (await desk.listCases({ limit: 99 })).filter(({ provider }) => provider === here.line.provider);
    return found ?? null;
  };
  const found = await openCase();
  if (found === null) throw new Error('no case was opened');
  const nextLook = () => {
    here.clock.nowMs += 60_000;
  };
  return { here, adapter, desk, filing, own, caseId: found.id, kind: found.kind, openCase, nextLook };
}

test('what is the provider’s own goes again once it is put right, under the same numbers of its own', async () => {
  const { here, adapter, desk, filing, own, caseId, openCase, nextLook } = await answered(1035);
  const fresh = { submission: { ...filing, access: { ...filing.access, methods: [5] } }, enclosed: noPictures };
  expect(await desk.settle(caseId, { act: 'send_again', fresh }, 'usr_1')).toBe('settled');
  expect(await openCase()).toBeNull();
  expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(here.there.taken[1]?.upload).toMatchObject({
    ICP: { XZBA: { Baxx: [{ Zt_xx: { IspZtid: own }, Wz_xx: [{ Jr_xx: [{ Wzjrfs: { Jrfs: [5] } }] }] }] } },
  });
  expect(await desk.settle(caseId, { act: 'send_again' }, 'usr_2')).toBe('not_open');
  nextLook();
  await here.there.put('a2', results(result(1, own, 1002)));
  expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected', submissionId: filing.id }]);
});

test('sent again while the line takes nothing: the case stays open, and it goes by itself when the line is open', async () => {
  const { here, adapter, desk, caseId, openCase } = await answered(1035);
  here.there.instead.push({ operation: 'isp_upload', how: 20 });
  expect(await desk.settle(caseId, { act: 'send_again' }, 'usr_1')).toBe('failed');
  expect(await openCase()).not.toBeNull();
  here.clock.nowMs += 31 * 60_000;
  await here.take(adapter);
  expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test.each([4711, 1035])(
  'whoever is killed before what goes with the act is written has not acted: code %i',
  async (code) => {
    const { desk, caseId, openCase } = await answered(code);
    const act = code === 1035 ? ({ act: 'send_again' } as const) : ({ act: 'return_to_customer' } as const);
    const killed = () => Promise.reject(new Error('killed'));
    await expect(desk.settle(caseId, act, 'usr_1', killed)).rejects.toThrow('killed');
    expect(await openCase()).not.toBeNull();
  },
);

test('two operators who send again at once send it once', async () => {
  const { here, desk, caseId } = await answered(1035);
  const settle = (by: string) => desk.settle(caseId, { act: 'send_again' }, by);
  expect(await Promise.all([settle('usr_1'), settle('usr_2')])).toContain('settled');
  expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('a code that nobody knows is kept with the authority’s words, and goes to the customer if an operator says so', async () => {
  const { here, adapter, desk, filing, caseId, kind } = await answered(4711);
  expect(kind).toBe('unclear_result');
  expect((await desk.readCase(caseId))?.content).toMatchObject({ result: { codes: [{ code: 4711, isKnown: false }] } });
  expect(await desk.settle(caseId, { act: 'return_to_customer' }, 'usr_1')).toBe('settled');
  expect(await here.take(adapter)).toMatchObject([
    { kind: 'rejected', submissionId: filing.id, reasons: [{ code: '4711', field: null }] },
  ]);
});

test('an approval that the authority’s own pages show is taken down', async () => {
  const { here, adapter, desk, filing, caseId } = await answered(1001, 1020);
  const numbers = { subjectNumber: '粤ICP备2026000001号', serviceNumber: '粤ICP备2026000001号-1' };
  expect(await desk.settle(caseId, { act: 'approved_under', ...numbers }, 'usr_1')).toBe('settled');
  expect(await here.take(adapter)).toMatchObject([{ kind: 'approved', submissionId: filing.id, ...numbers }]);
});

test('a result that nobody could place is about the filing that an operator names, and about no other line’s', async () => {
  const { here, adapter, desk, filing, caseId, kind } = await answered();
  expect(kind).toBe('unmatched_result');
  const stranger = await here.ledger((ledger) => ledger.listDownloads({ provider: '1', provinceCode: province }, 1));
  expect(stranger).toEqual([]);
  expect(await desk.settle(caseId, { act: 'is_about', submissionId: 'exc_none' }, 'usr_1')).toBe('does_not_fit');
  expect(await desk.settle(caseId, { act: 'return_to_customer' }, 'usr_1')).toBe('does_not_fit');
  expect(await desk.settle(caseId, { act: 'is_about', submissionId: filing.id }, 'usr_1')).toBe('settled');
  expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected', reasons: [{ code: '1020' }] }]);
});

test('the verdict settles what waited for an operator', async () => {
  const { here, adapter, own, openCase, nextLook } = await answered(4711);
  nextLook();
  await here.there.put('a2', results(result(1, own, 1002)));
  expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected' }]);
  expect(await openCase()).toBeNull();
});

test('a file that could not be opened is read again with the right key', async () => {
  const here = await world();
  const filing = here.filing(1);
  await here.adapter().submit(filing);
  const own = (await here.ledger((ledger) => ledger.findHandover(filing.id)))?.ownSubject ?? 0;
  const wrong = here.adapter({ cipher: { key: 'another key here', iv: 'another iv there' } });
  await here.there.put('a1', results(result(1, own, 1002)));
  // It may have been damaged on its way: only what came so five times in a row is taken as it is.
  for (let look = 0; look < 5; look += 1) {
    expect(await here.take(wrong)).toEqual([]);
    here.clock.nowMs += 120_000;
  }
  const [{ id } = { id: '' }] = (await wrong.desk.listCases({ limit: 99 })).filter(
    (each) => each.provider === here.line.provider,
  );
  expect(await wrong.desk.settle(id, { act: 'read_again' }, 'usr_1')).toBe('failed');
  const right = here.adapter();
  expect(await right.desk.settle(id, { act: 'read_again' }, 'usr_1')).toBe('settled');
  expect(await here.take(right)).toMatchObject([{ kind: 'rejected', submissionId: filing.id }]);
});

test('a file that was downloaded is read as it came; of one that cannot be opened, why', async () => {
  const { here, adapter, desk, own } = await answered(1035);
  const [file] = await desk.listDownloads(province, 9);
  expect(await desk.readFile(file?.id ?? '')).toMatchObject({
    ICP: { BAJG: { Jg_xx: [{ Jgxx: [{ Jgdm: 1035 }], Czlx: 1, Bs: String(own) }] } },
  });
  const withOtherKey = here.adapter({ cipher: { key: 'another-key-0001', iv: 'another-iv-00001' } });
  expect(await withOtherKey.desk.readFile(file?.id ?? '')).toMatchObject({
    fileName: 'a1',
    trouble: expect.any(String),
  });
  expect(await adapter.desk.readFile('dwn_none')).toBeNull();
});

test('operators see each line, its packages with their content, and resume one that is stopped', async () => {
  const { here, adapter, desk, filing, caseId, kind } = await answered(5003);
  expect(kind).toBe('stopped_by_result');
  const [line] = await desk.listLines();
  expect(line).toMatchObject({
    provinceCode: province,
    acceptedSequence: 1,
    stoppedBecause: { code: '5003' },
    withOperator: 1,
    openCases: 1,
    lastOperation: 'isp_download',
  });
  const [{ id, ...named } = { id: '' }] = await desk.listPackages(province, { limit: 9 });
  expect(named).toMatchObject({ filingId: filing.filingId, domainName: filing.service.domainName });
  const both = await desk.listCases({ limit: 99, provinceCode: province });
  expect(both.find((each) => each.id === caseId)).toMatchObject({ filingId: filing.filingId, waits: true });
  expect(await desk.listCases({ limit: 99, provinceCode: '110000' })).toEqual([]);
  expect(await desk.readPackage(id)).toMatchObject({ upload: { ICP: { XZBA: {} } } });
  expect(await desk.listDownloads(province, 9)).toMatchObject([{ fileName: 'a1', trouble: null }]);
  // Its filing would wait for ever, with no case left that it is decided by.
  expect(await desk.settle(caseId, { act: 'seen' }, 'usr_1')).toBe('does_not_fit');
  const resume = () => here.ledger((ledger) => ledger.resumeLine(here.line));
  expect(await resume()).toBe(true);
  expect(await resume()).toBe(false);
  await adapter.submit(here.filing(3));
  expect(here.there.taken).toHaveLength(2);
  expect(await here.ledger((ledger) => ledger.findHandover(filing.id))).toMatchObject({ state: 'with_operator' });
});
