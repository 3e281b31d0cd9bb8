import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { describe, expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { CurrentTables } from './current-tables.ts';
import { filed, result, results } from './testing/files.ts';
import { casesOf, nextLook, ownOf } from './testing/line-looks.ts';
import { type LineWorld, province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';

const codeTables = loadCodeTables();
const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables,
});

async function sent(here: LineWorld, seed = 1, changes: Parameters<LineWorld['filing']>[1] = {}) {
  const filing = here.filing(seed, changes);
  await here.adapter().submit(filing);
  return { filing, own: await ownOf(here, filing.id) };
}

describe('an approval', () => {
  test.each(['result first', 'record first', 'together'])(
    'waits for the numbers, and is told once (%s)',
    async (order) => {
      const here = await world();
      const { filing, own } = await sent(here);
      const adapter = here.adapter();
      const approved = results(result(1, own.subject, 1001, 1062));
      const record = filed(here.unit, 1, own);
      if (order === 'result first') await here.there.put('a1', approved);
      if (order === 'record first') await here.there.put('a1', record);
      if (order !== 'together') {
        expect(await here.take(adapter)).toEqual([]);
        nextLook(here);
      }
      if (order === 'result first') await here.there.put('a2', record);
      if (order === 'record first') await here.there.put('a2', approved);
      if (order === 'together' && 'ICP' in record && 'ICP' in approved) {
        await here.there.put('a1', { ICP: { ...record.ICP, ...approved.ICP } });
      }
      const numbers = { subjectNumber: '粤ICP备202600011号', serviceNumber: '粤ICP备202600011号-1' };
      expect(await here.take(adapter)).toMatchObject([{ kind: 'approved', submissionId: filing.id, ...numbers }]);
      nextLook(here);
      await here.there.put('a3', approved);
      expect(await here.take(adapter)).toEqual([]);
      expect(await casesOf(here)).toEqual([]);
      expect(await ownOf(here, filing.id)).toMatchObject({ state: 'ended', outcome: 'approved' });
    },
  );

  test('of which no file brings the numbers: they are asked for', async () => {
    const here = await world();
    const { filing, own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('a1', results(result(1, own.subject, 1001)));
    expect(await here.take(adapter)).toEqual([]);
    here.clock.nowMs += 10 * 60_000;
    expect(await here.take(adapter)).toEqual([]);
    here.there.filed.set('example1.cn', { subject: '粤ICP备2026000777号', service: '粤ICP备2026000777号-1' });
    nextLook(here);
    expect(await here.take(adapter)).toMatchObject([
      { kind: 'approved', submissionId: filing.id, serviceNumber: '粤ICP备2026000777号-1' },
    ]);
  });

  test('of what has a number already needs no record: by the authority’s ids and ours', async () => {
    const here = await world();
    await here.there.put('a0', filed(here.unit, 5, {}));
    await here.take(here.adapter());
    const subject = { number: '粤ICP备202600015号' };
    const service = { number: '粤ICP备202600015号-1' };
    const { filing } = await sent(here, 1, { kind: 'change_site', subject, service });
    const upload = here.there.taken[0]?.upload;
    expect(upload).toMatchObject({
      ICP: { BGBA: { Bgxx: [{ Zt_xx: { Ztid: 500_005 }, Wz_xx: [{ Wzid: 600_005, Jr_xx: [{ Jrid: 800_005 }] }] }] } },
    });
    nextLook(here);
    await here.there.put('a1', results(result(4, 500_005, 1001)));
    expect(await here.take(here.adapter())).toMatchObject([
      { kind: 'approved', submissionId: filing.id, subjectNumber: subject.number, serviceNumber: service.number },
    ]);
  });
});

describe('a result', () => {
  test('that rejects goes to the customer with fields and the authority’s own words', async () => {
    const here = await world();
    const { filing, own } = await sent(here);
    await here.there.put('a1', results(result(1, own.subject, [1020, '名称与已备案网站重复'], 1062)));
    expect(await here.take(here.adapter())).toMatchObject([
      {
        kind: 'rejected',
        submissionId: filing.id,
        reasons: [{ code: '1020', field: 'service.name', text: expect.stringContaining('名称与已备案网站重复') }],
      },
    ]);
  });

  test('that names two records in conflict goes to the customer, and an operator sees it', async () => {
    const here = await world();
    const { filing, own } = await sent(here);
    await here.there.put('a1', results(result(1, own.subject, 1005)));
    expect(await here.take(here.adapter())).toMatchObject([{ kind: 'rejected', reasons: [{ code: '1005' }] }]);
    expect(await casesOf(here)).toEqual([{ kind: 'conflict', submissionId: filing.id }]);
  });

  test.each([
    [[1035], 'returned_to_provider'],
    [[4711], 'unclear_result'],
    [[1001, 1020], 'unclear_result'],
    [[5003], 'stopped_by_result'],
  ])('with %j waits for an operator (%s)', async (codes, kind) => {
    const here = await world();
    const { filing, own } = await sent(here);
    await here.there.put('a1', results(result(1, own.subject, ...codes)));
    expect(await here.take(here.adapter())).toEqual([]);
    expect(await casesOf(here)).toEqual([{ kind, submissionId: filing.id }]);
    expect(await ownOf(here, filing.id)).toMatchObject({ state: 'with_operator' });
    const line = await here.ledger((ledger) => ledger.findLine(here.line));
    expect(line?.stoppedBecause?.code ?? null).toBe(kind === 'stopped_by_result' ? '5003' : null);
  });

  test('that says later is sent again by itself, and its verdict is told', async () => {
    const here = await world();
    const { filing, own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('a1', results(result(1, own.subject, 1052)));
    expect(await here.take(adapter)).toEqual([]);
    expect(here.there.taken).toHaveLength(1);
    here.clock.nowMs += 24 * 3_600_000;
    await here.take(adapter);
    expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(here.there.taken[1]?.upload).toEqual(here.there.taken[0]?.upload);
    nextLook(here);
    await here.there.put('a2', results(result(1, own.subject, 1002)));
    expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected', submissionId: filing.id }]);
  });

  test.each(['breaks_before', 'breaks_after'] as const)(
    'that says later is sent again once, also where the answer to that is lost (%s) and by whichever process',
    async (how) => {
      const here = await world();
      const { own } = await sent(here);
      const adapters = [here.adapter(), here.adapter()];
      await here.there.put('a1', results(result(1, own.subject, 1052)));
      await Promise.all(adapters.map((adapter) => here.take(adapter)));
      here.clock.nowMs += 24 * 3_600_000;
      here.there.instead.push({ operation: 'isp_upload', how });
      await Promise.all(adapters.map(async (adapter) => here.take(adapter).catch(() => [])));
      nextLook(here);
      await Promise.all(adapters.map((adapter) => here.take(adapter)));
      expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(await ownOf(here, own.submissionId)).toMatchObject({ state: 'waiting', dueAt: null });
    },
  );

  test('of nobody here is kept, and so is one without any mark', async () => {
    const here = await world();
    await here.there.put('a1', results(result(1, 4, 1001), { Jgxx: [{ Jgdm: 1002 }], Czlx: 1 }));
    expect(await here.take(here.adapter())).toEqual([]);
    const one = { kind: 'unmatched_result', submissionId: null };
    expect(await casesOf(here)).toEqual([one, one]);
  });

  test('of one of several of an organiser is unmistakable: the second waits until the first is decided', async () => {
    const here = await world();
    await here.there.put('a0', filed(here.unit, 5, {}));
    const adapter = here.adapter();
    await here.take(adapter);
    const subject = { number: '粤ICP备202600015号' };
    await sent(here, 1, { kind: 'add_site_here', subject });
    const second = here.filing(3, { kind: 'add_site_here', subject });
    const refusal = await adapter.submit(second).then(
      () => null,
      (error: unknown) => error,
    );
    expect(isFault(refusal, 'authority.occupied')).toBe(true);
    nextLook(here);
    await here.there.put('a1', results(result(2, 500_005, 1020)));
    expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected' }]);
    await adapter.submit(second);
    expect(here.there.taken).toHaveLength(2);
  });
});

describe('a file', () => {
  test('is acknowledged only after it was written down, and one that comes again is known', async () => {
    const here = await world();
    const { own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('a1', results(result(1, own.subject, 1002)));
    here.there.instead.push({ operation: 'isp_downloadack', how: 'breaks_before' });
    await adapter.fetchMessages(20).catch(() => []);
    expect(here.there.acknowledged).toEqual([]);
    nextLook(here);
    expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected' }]);
    expect(here.there.acknowledged).toEqual(['a1']);
    const { line } = here;
    const files = await here.ledger((ledger) => ledger.listDownloads(line, 9));
    expect(files.map(({ acknowledgedAt }) => acknowledgedAt !== null)).toEqual([true]);
  });

  test('with a verdict on what was sent without an answer proves its receipt', async () => {
    const here = await world();
    const adapter = here.adapter();
    const filing = here.filing(1);
    here.there.instead.push({ operation: 'isp_upload', how: 'breaks_after' });
    await adapter.submit(filing).catch(() => null);
    const receipt = () => here.ledger((ledger) => adapter.findReceipt(filing.id, ledger));
    expect(await receipt()).toBeNull();
    const own = await ownOf(here, filing.id);
    await here.there.put('a1', results(result(1, own.subject, 1002)));
    expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected' }]);
    expect(await receipt()).toMatchObject({ submissionId: filing.id, receipt: `${province}-1` });
  });

  test('whose acknowledgement took effect without an answer is acknowledged once more, and no longer counts as open', async () => {
    const here = await world();
    const { own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('a1', results(result(1, own.subject, 1002)));
    here.there.instead.push({ operation: 'isp_downloadack', how: 'breaks_after' });
    await adapter.fetchMessages(20).catch(() => []);
    expect(here.there.files).toEqual([]);
    nextLook(here);
    await here.take(adapter);
    expect(here.there.acknowledged).toEqual(['a1', 'a1']);
    const { line } = here;
    expect(await here.ledger((ledger) => ledger.listUnacknowledged(line, 9))).toEqual([]);
  });

  test('that is damaged comes again; damaged five times in the same way it is kept, and those behind it come', async () => {
    const here = await world();
    const { own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('bad', results(result(1, own.subject, 1001)), (packed) => ({
      ...packed,
      beianInfo: packed.beianInfo.slice(0, 64),
    }));
    await here.there.put('good', results(result(1, own.subject, 1002)));
    for (let look = 0; look < 4; look += 1) {
      expect(await here.take(adapter)).toEqual([]);
      expect(here.there.acknowledged).toEqual([]);
      nextLook(here);
      nextLook(here);
    }
    expect(await here.take(adapter)).toMatchObject([{ kind: 'rejected' }]);
    expect(here.there.acknowledged).toEqual(['bad', 'good']);
    expect(await casesOf(here)).toEqual([{ kind: 'unreadable_file', submissionId: null }]);
  });

  test('that is damaged now in one way, now in another, was damaged on its way: it is not given up', async () => {
    const here = await world();
    const { own } = await sent(here);
    const adapter = here.adapter();
    await here.there.put('late', results(result(1, own.subject, 1002)));
    const [file] = here.there.files.splice(0);
    if (file === undefined) throw new Error('a file was put');
    const { fileName, packed } = file;
    const cut = { fileName, packed: { ...packed, beianInfo: packed.beianInfo.slice(0, 64) } };
    const changed = { fileName, packed: { ...packed, beianInfoHash: '1B2M2Y8AsgTpgAmY7PhCfg==' } };
    for (const way of [cut, changed, cut, cut, cut, changed, changed, cut, file]) {
      here.there.files.splice(0, 1, way);
      await here.take(adapter);
      nextLook(here);
      nextLook(here);
    }
    expect(here.there.acknowledged).toEqual(['late']);
    // Delivered once more, now damaged and now whole: it was read.
    for (const way of [cut, cut, file, cut, cut, file, cut, cut, file]) {
      here.there.files.splice(0, 1, way);
      await here.take(adapter);
      nextLook(here);
      nextLook(here);
    }
    expect(await casesOf(here)).toEqual([]);
  });

  test.each([
    [902, 60 * 60_000],
    [2, 60_000],
  ])('is not asked for after code %i until it is time', async (code, waitMs) => {
    const here = await world();
    const adapter = here.adapter();
    here.there.instead.push({ operation: 'isp_download', how: code });
    await here.take(adapter);
    const asked = () => here.there.asked.filter((each) => each === 'isp_download').length;
    expect(asked()).toBe(1);
    here.clock.nowMs += waitMs - 1;
    await here.take(adapter);
    expect(asked()).toBe(1);
    here.clock.nowMs += 1;
    await here.take(adapter);
    expect(asked()).toBe(2);
  });

  test('of notices is kept piece by piece, each once; a record that ended is told by its number', async () => {
    const here = await world();
    const adapter = here.adapter();
    await here.there.put('a0', filed(here.unit, 5, {}));
    const notices: DownloadToPack = {
      ICP: {
        ZXSJ: {
          Zxxx: [
            { Zxlb: 1, Jlid: 600_005 },
            { Zxlb: 0, Jlid: 3 },
          ],
        },
        WBAWZLB: { Wbawz_xx: [{ Id: 7, Wzym_mc: 'unfiled.cn', IP: 3_405_803_777, Yys: 1 }] },
        XGTZ: { Tzxx: [{ Tzlb: 1, Baxh: '粤ICP备202600015号-1', Tznr: '请核实网站名称' }] },
        HMDLB: { Zthmdxxs: [], Wzhmdxxs: [{ Wz_xx: { Wzmc: 'x', Ym_xx: [{ Ym: 'barred.cn' }] }, Czlx: 0 }] },
      },
    };
    await here.there.put('a1', notices);
    await here.there.put('a2', notices);
    expect(await here.take(adapter)).toMatchObject([
      { kind: 'cancelled', scope: 'service', number: '粤ICP备202600015号-1', provider: null },
    ]);
    const kinds = (await casesOf(here)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['correction_demanded', 'service_blacklisted', 'unfiled_site', 'unknown_record_ended']);
  });
});

test('code tables that were downloaded are used instead of those of the release', async () => {
  const here = await world();
  const adapter = here.adapter();
  const rows = [{ Id: 77, Mc: '中文简体', Sfyx: 1 as const }];
  await here.there.put('t1', { JCDM: { Jcdm_xx: { Yylb_dms: { Yylb: rows } } } });
  await here.take(adapter);
  const refusal = await adapter.submit(here.filing(1)).then(
    () => null,
    (error: unknown) => error,
  );
  expect(isFault(refusal, 'authority.not_sendable') && refusal.extras.places?.[0]?.path).toBe('service.languages');
  const at = { now: () => new Date(here.clock.nowMs).toISOString() };
  const tables = new CurrentTables({ store: here.store, clock: at, codeTables });
  await tables.look();
  const found = tables.of(province).languages.items.find(({ id }) => id === 77);
  expect([found?.zh, found?.validFrom]).toEqual(['中文简体', '2026-11-21']);
  const now = tables.of(province);
  await tables.look();
  expect(tables.of(province)).toBe(now);
  // Of what lies in it, too; another province has rows of its own, and those of the release until it sends some.
  expect(tables.of(`${province.slice(0, 2)}0100`)).toBe(now);
  expect(tables.of('650000')).toBe(codeTables);
  tables.close();
  expect(await here.ledger((ledger) => ledger.listTables())).toContainEqual(
    expect.objectContaining({ provinceCode: province, asOf: '2026-11-21' }),
  );
});

test('whether a name or a certificate is filed is asked of the authority; what it cannot be asked is not known', async () => {
  const here = await world();
  const adapter = here.adapter();
  here.there.filed.set('example1.cn', { subject: '粤ICP备2026000001号', service: '粤ICP备2026000001号-1' });
  expect(await adapter.findStatus({ by: 'domain_name', domainName: 'example1.cn' })).toEqual({
    filed: true,
    subjectNumber: '粤ICP备2026000001号',
    serviceNumber: '粤ICP备2026000001号-1',
  });
  const byCertificate = (certificateType: string) =>
    adapter.findStatus({ by: 'certificate', certificateType, certificateNumber: '91119900900000019X' });
  expect(await byCertificate('business_licence')).toEqual({ filed: false, subjectNumber: null, serviceNumber: null });
  expect(await byCertificate('hk_macau_residence_permit')).toBeNull();
  here.there.instead.push({ operation: 'isp_querybeianstatus', how: 901 });
  const refusal = await byCertificate('business_licence').then(
    () => null,
    (error: unknown) => error,
  );
  expect(isFault(refusal, 'authority.unreachable')).toBe(true);
});
