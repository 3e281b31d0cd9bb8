import { readNotices, readResults, recordOf, tablesOfDownload } from '@openbeian/model/authority-v3';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterEach, describe, expect, test } from 'vitest';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, sampleFzr, samplePicture, sampleWz, upload } from '../testing/sample-upload.ts';

const { start, startWithRecord, stopAll } = interfaceWorlds();
afterEach(stopAll);

const number = '粤ICP备2026000123号';

describe('what the authority says besides results', () => {
  test('a correction, checks, lists of illegal accesses and blacklists reach whom they concern', async () => {
    const { client, controls, ids, decide, codes } = await startWithRecord();
    await controls.say({ say: 'correction', number: `${number}-1`, text: '请修改网站名称' });
    await controls.say({ say: 'correction', number, text: '请更新证件' });
    for (const found of ['dead', 'over_reported', 'under_reported', 'look_again']) {
      await controls.say({ say: 'check', number: `${number}-1`, found });
    }
    await controls.say({ say: 'check', number, found: 'wrong_subject' });
    await controls.say({ say: 'illegal_access', domainName: 'bad.cn', address: '203.0.113.9', unit: 9001 });
    await controls.say({ say: 'blacklist', subject: null, domainName: 'example5.cn' });
    const notices = (await client.downloadAll()).flatMap((data) => readNotices(data.ICP ?? {}).notices);
    const { Ztid, Wzid } = ids;
    expect(notices).toMatchObject([
      { kind: 'service_blacklisted', act: 'added', domains: ['example5.cn'] },
      { kind: 'illegal_access', domain: 'bad.cn', address: '203.0.113.9', provider: 9001 },
      { kind: 'subject_checked', id: Ztid },
      { kind: 'service_checked', id: Wzid, found: 'over_reported' },
      { kind: 'service_checked', id: Wzid, found: 'under_reported' },
      { kind: 'service_checked', id: Wzid, found: 'dead' },
      { kind: 'service_checked', id: Wzid, found: 'look_again' },
      { kind: 'correction_demanded', scope: 'service', id: Wzid, text: '请修改网站名称' },
      { kind: 'correction_demanded', scope: 'subject', id: Ztid, number },
    ]);
    await client.upload(2, upload({ XZBA: { Baxx: [sampleBaxx(5)] } }));
    await decide();
    expect((await codes()).map((result) => result.codes)).toEqual([[1064]]);
    await controls.say({ say: 'blacklist', subject: null, domainName: 'example5.cn', act: 'removed' });
    await client.upload(3, upload({ XZBA: { Baxx: [sampleBaxx(5)] } }));
    await decide();
    expect((await codes()).map((result) => result.codes)).toEqual([[1001, 1062]]);
    await expect(controls.say({ say: 'correction', number: '京ICP备2020000001号', text: 'x' })).rejects.toThrow(/404/);
  });

  test('unfiled sites and verification tasks are answered once, and by whom they were sent to', async () => {
    const { client, controls, ids, record, codes } = await startWithRecord();
    await controls.say({
      say: 'unfiled_sites',
      line: client.line,
      sites: [{ domainName: 'unfiled.cn', address: '203.0.113.8' }],
    });
    await controls.say({ say: 'verification_task', number });
    const data = await client.downloadAll();
    expect(data.flatMap((each) => readNotices(each.ICP ?? {}).notices)).toMatchObject([
      { kind: 'unfiled_site', domain: 'unfiled.cn', provider: 9001 },
    ]);
    const task = data.flatMap((each) => each.ICP?.HSRW?.Baxx ?? [])[0];
    expect(recordOf(task ?? {})).toMatchObject({ subject: { id: ids.Ztid }, services: [{ id: ids.Wzid }] });
    const handled = (Ym: string, Cljg: number) => ({
      Ym,
      IP: 3_405_803_784,
      Yys: 1,
      Jrs: 9001,
      Shengid: 440_000,
      Cljg,
      Clyj: '已关闭',
      Rbsj: '2026-11-23',
      Clsx: '2026-11-23',
    });
    const sites = [
      handled('unfiled.cn', 1),
      handled('unfiled.cn', 1),
      handled('other.cn', 1),
      handled('unfiled.cn', 99),
    ];
    await client.upload(2, upload({ WBACLJG: { Clxx: sites } }));
    const zt = sampleBaxx(1).Zt_xx;
    const { Fzr_sjhm, ...person } = sampleFzr(1);
    const wz = sampleWz(1);
    const verified = {
      Hsjg: 0,
      Hsrxm: '核实人',
      Hssj: '2026-11-23',
      Bbdw: 9001,
      Hsyj: '信息属实',
      Baxx: {
        Zt_xx: { Ztid: ids.Ztid, Dwmc: zt.Dwmc, Txdz: zt.Txdz, Zj: zt.Zj, Fzr: { ...person, sjhm: Fzr_sjhm } },
        Wz_xx: [
          {
            Wzid: ids.Wzid,
            Wzmc: wz.Wzmc,
            Fwnr: wz.Fwnr,
            Ym_xx: [{ Ymid: record.Wz_xx?.[0]?.Ym_xx?.[0]?.Ymid ?? 0, Ym: 'example1.cn' }],
            Jr_xx: [
              {
                Jrid: ids.Jrid,
                Wzfb: { Fbdd: [5] },
                Wzjrfs: { Jrfs: [3] },
                Ip_xx: [{ Ipid: 1, Qsip: 3_405_803_777, Zzip: 3_405_803_777 }],
                Bbfs: 1,
              },
            ],
            Wz_Fzr: { ...person, sjhm: Fzr_sjhm },
          },
        ],
      },
    };
    await client.upload(3, upload({ HSJG: { Hsjgxx: [verified] } }));
    await client.upload(4, upload({ HSJG: { Hsjgxx: [verified] } }));
    expect((await codes()).map((result) => result.codes)).toEqual([[5006], [5005], [5007], [1016]]);
    const [line] = await controls.listLines();
    expect(line?.asked).toEqual([
      { ask: 'unfiled 9001 unfiled.cn', answer: 1 },
      { ask: `task 9001 ${ids.Ztid}`, answer: 0 },
    ]);
  });

  test('attachments alone are received, or refused by what they belong to', async () => {
    const { client, ids, results } = await startWithRecord();
    const file = (Fjyt: number, Ssdxlx: number, Ssdxbs: { Jlid: number } | { Baxh: string }) => ({
      Fjwjgs: 1,
      Fjyt,
      Fjnr: samplePicture,
      Fjssdx: { Ssdxlx, Ssdxbs },
    });
    await client.upload(
      2,
      upload({
        XZHYD: {
          Fjxx: [
            file(5, 2, { Baxh: `${number}-1` }),
            file(1, 1, { Jlid: ids.Ztid }),
            file(1, 1, { Jlid: 7 }),
            file(77, 2, { Jlid: ids.Wzid }),
          ],
        },
      }),
    );
    expect(
      (await results()).map(({ operationCode, codes: found }) => [operationCode, ...found.map(({ code }) => code)]),
    ).toEqual([
      [35, 1060],
      [35, 1060],
      [35, 1058],
      [35, 1057],
    ]);
  });

  test('code tables lay over those that come with OpenBeian, and everything on record comes as a synchronisation', async () => {
    const { client, controls, ids } = await startWithRecord();
    await controls.say({ say: 'code_tables' });
    await controls.say({ say: 'everything', line: client.line });
    const files = await client.downloadAll();
    const tables = loadCodeTables();
    const read = tablesOfDownload(files[0]?.JCDM ?? {}, tables, '2026-11-23');
    expect(read.unplaced).toEqual([]);
    expect(read.tables['website-contents'].items.map(({ id, zh }) => [id, zh])).toEqual(
      tables['website-contents'].items.map(({ id, zh }) => [id, zh]),
    );
    expect(read.others.cancellationReasons?.length).toBe(7);
    expect(files[0]?.JCDM?.Jcdm_xx?.Qy_dms?.Qy_xx?.length).toBeGreaterThan(3000);
    const records = files.flatMap((data) => data.SJTB?.ICP?.Baxx ?? []).map(recordOf);
    expect(records).toMatchObject([
      { subject: { id: ids.Ztid, number }, services: [{ id: ids.Wzid, accesses: [{ id: ids.Jrid, provider: 9001 }] }] },
    ]);
  });

  test('a record that the authority cancels is told to its provider, and not over the plain wire as well', async () => {
    const { client, controls, ids, sim } = await startWithRecord();
    await controls.cancelRecord('access', `${number}-1`, 'xingyun');
    const over = (await client.downloadAll()).flatMap((data) => readNotices(data.ICP ?? {}).notices);
    expect(over).toMatchObject([{ kind: 'service_checked', id: ids.Wzid, found: 'over_reported' }]);
    expect((await controls.getState()).unacknowledgedMessages).toBe(0);
    expect(sim.url).toMatch(/^http/);
  });

  test('the page sends what its form asks for, and says why it cannot', async () => {
    const { sim, client } = await startWithRecord();
    const post = async (path: string, fields: Record<string, string>) =>
      fetch(`${sim.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
    expect(await (await post('/v3/notices', { what: 'correction', number, text: '请更正' })).text()).toContain(
      '已安排',
    );
    const refused = await post('/v3/notices', { what: 'correction', number: '', text: '' });
    expect([refused.status, (await refused.text()).includes('未能下发')]).toEqual([400, true]);
    expect((await post('/v3/faults', { name: 'late' })).status).toBe(200);
    const page = await (await fetch(`${sim.url}/v3`)).text();
    expect(page).toContain('9001');
    expect(page).toContain('isp_upload');
    const notices = (await client.downloadAll()).flatMap((data) => readNotices(data.ICP ?? {}).notices);
    expect(notices).toMatchObject([{ kind: 'correction_demanded', text: '请更正' }]);
    expect(await (await fetch(`${sim.url}/v3`)).text()).toContain('已有数据，下载时仍答无数据');
  });

  test('a rejection that is planned comes with its codes and the reviewer’s words', async () => {
    const { client, controls, decide } = await start();
    await controls.rejectNext(null, [{ code: '1002', field: null, text: '网站内容与备案信息不符' }]);
    await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    await decide();
    const [data] = await client.downloadAll();
    expect(readResults(data?.ICP?.BAJG ?? {})).toMatchObject([
      { outcome: 'rejected', codes: [{ code: 1002, said: '网站内容与备案信息不符' }] },
    ]);
    expect(data?.ICP?.BAJG?.GJSHS?.Gjsh).toMatchObject([{ Shjg: 0, Shyj: '网站内容与备案信息不符' }]);
  });
});
