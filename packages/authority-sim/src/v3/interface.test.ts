import { readNotices, readResults, recordOf } from '@openbeian/model/authority-v3';
import { afterEach, describe, expect, test } from 'vitest';
import { interfaceClient } from '../testing/interface-client.ts';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleSubmission } from '../testing/sample-submission.ts';
import { ownIds, sampleBaxx, sampleFzr, samplePicture, sampleWz, upload } from '../testing/sample-upload.ts';
import { defaultInterfaceUnit } from './units.ts';

const { start, startWithRecord, newDirectory, stopAll } = interfaceWorlds();
afterEach(stopAll);

describe('a new filing over interface V3.0', () => {
  test('is taken, reviewed, and comes back with its result, its numbers and both sides’ ids', async () => {
    const { data, record, client } = await startWithRecord();
    expect(readResults(data?.ICP?.BAJG ?? {})).toMatchObject([
      {
        operation: 'new_filing',
        mark: { by: 'own_subject', id: 10 },
        outcome: 'approved',
        codes: [{ code: 1001 }, { code: 1062 }],
      },
    ]);
    const own = ownIds(1);
    expect(recordOf(record)).toMatchObject({
      subject: {
        ownId: own.subject,
        number: '粤ICP备2026000123号',
        name: sampleBaxx(1).Zt_xx.Dwmc,
        nature: 4,
        region: '440106',
      },
      services: [
        {
          ownId: own.service,
          number: '粤ICP备2026000123号-1',
          contents: [8],
          domains: [{ ownId: own.domain, name: 'example1.cn' }],
          accesses: [{ ownId: own.access, provider: 9001, addresses: [{ first: '203.0.113.1', last: '203.0.113.1' }] }],
        },
      ],
    });
    expect(record.Wz_xx?.[0]?.Yylb?.Yylb_id).toEqual([1, 12]);
    expect(await client.download()).toEqual({ code: 2, fileName: null, data: null });
  });

  test('several services of one filing get a number each', async () => {
    const { client, decide } = await start();
    await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1, { Wz_xx: [sampleWz(1), sampleWz(5)] })] } }));
    await decide();
    const [data] = await client.downloadAll();
    const services = data?.ICP?.BASJ?.Baxx?.[0]?.Wz_xx?.map(({ IspWzid, Baxh }) => [IspWzid, Baxh]);
    expect(services).toEqual([
      [11, '粤ICP备2026000123号-1'],
      [51, '粤ICP备2026000123号-2'],
    ]);
  });

  test('is refused with the interface’s codes for what is wrong in it', async () => {
    const { client, decide, codes } = await start();
    const poor = sampleBaxx(1);
    const bad = {
      ...poor,
      Zt_xx: {
        ...poor.Zt_xx,
        Dwxz: 5,
        Txdz: { ...poor.Zt_xx.Txdz, Xianid: 110_101 },
        Fzr: { ...poor.Zt_xx.Fzr, Fzr_dhhm: '12345678901' },
      },
      Wz_xx: [
        {
          ...sampleWz(1),
          Fwnr: { Fwnr_id: [60] },
          Yylb: { Yylb_id: [63] },
          Jr_xx: [
            {
              ...sampleWz(1).Jr_xx[0],
              Wzjrfs: { Jrfs: [9] },
              Wzfb: { Fbdd: [64] },
              Ip_xx: [{ IspIpid: 1, Qsip: 167_772_161, Zzip: 167_772_161 }],
            },
          ],
        },
      ],
      Fj: [{ Fjxx: { ...poor.Fj?.[0]?.Fjxx, Fjwjgs: 2, Fjyt: 5, Fjssdx: { Ssdxlx: 1, Ssdxbs: 99 } } }],
    };
    // What is left out of a sample’s parts is there.
    await client.upload(1, upload({ XZBA: { Baxx: [bad as typeof poor] } }));
    await decide();
    const [result] = await codes();
    expect(result?.codes.toSorted((a, b) => a - b)).toEqual([
      1006, 1008, 1010, 1015, 1019, 1034, 1035, 1036, 1056, 1058, 1061, 1066,
    ]);
  });

  test('takes papers of units whose numbers have words in them', async () => {
    const { client, decide, codes } = await start();
    const military = sampleBaxx(1);
    const Zj = { ...military.Zt_xx.Zj, Zjlx: 5, Zjhm: '示例第0123号' };
    const record = { ...military, Zt_xx: { ...military.Zt_xx, Dwxz: 1, Zj } };
    await client.upload(1, upload({ XZBA: { Baxx: [record] } }));
    await decide();
    const [result] = await codes();
    expect(result?.codes).not.toContain(1015);
  });

  test('an organiser, a name and a domain that are taken are conflicts', async () => {
    const { client, decide, codes } = await startWithRecord();
    const again = sampleBaxx(1);
    await client.upload(2, upload({ XZBA: { Baxx: [{ ...again, Zt_xx: { ...again.Zt_xx, IspZtid: 77 }, Fj: [] }] } }));
    await decide();
    expect(await codes()).toEqual([
      { operation: 'new_filing', mark: { by: 'own_subject', id: 77 }, codes: [1003, 1005, 1020] },
    ]);
  });
});

describe('on what is on record', () => {
  test('a service is added, an access of another provider, and each of them is cancelled again', async () => {
    const other = {
      ispId: 9002,
      provider: 'other',
      name: '其他接入商',
      userName: 'other',
      password: 'other',
      cipher: null,
      provinces: null,
    };
    const units = [defaultInterfaceUnit, other];
    const world = await startWithRecord({ interfaceV3: { units } });
    const { client, decide, codes, ids, password, sim, controls } = world;
    await client.upload(2, upload({ XZWZ: { Xzxx: [{ Zt_xx: { Ztid: ids.Ztid }, Wz_xx: [sampleWz(5)] }] } }));
    await decide();
    expect(await codes()).toMatchObject([
      { operation: 'add_service', mark: { by: 'authority_subject', id: ids.Ztid }, codes: [1001, 1062] },
    ]);
    const second = interfaceClient(sim.url, { unit: other });
    const access = { ...sampleWz(8).Jr_xx[0], Fj: [], ICPmm: password, Wz_xx: { Wzbah: '粤ICP备2026000123号-2' } };
    const { Wz_xx, IspJrid = 1, Wzfb = { Fbdd: [5] }, Wzjrfs = { Jrfs: [3] }, Ip_xx = [] } = access;
    const record = { Wz_xx, IspJrid, Wzfb, Wzjrfs, Ip_xx, ICPmm: password };
    await second.upload(1, upload({ XZJR: { Xzxx: [record] } }, 9002));
    await decide();
    const [theirs] = await second.downloadAll();
    // They have no id of the authority's yet: it answers by a number, too.
    const mark = { by: 'number', number: '粤ICP备2026000123号' };
    expect(readResults(theirs?.ICP?.BAJG ?? {})).toMatchObject([
      { operation: 'add_access', mark, outcome: 'approved' },
    ]);
    expect(
      recordOf(theirs?.ICP?.BASJ?.Baxx?.[0] ?? {}).services[0]?.accesses.map(({ provider, ownId }) => [
        provider,
        ownId,
      ]),
    ).toEqual([
      [9001, null],
      [9002, IspJrid],
    ]);
    const Wzid = theirs?.ICP?.BASJ?.Baxx?.[0]?.Wz_xx?.[0]?.Wzid ?? 0;
    await client.upload(3, upload({ ZXBA: { Zx_xx: [{ Zxlb: 1, Jlid: Wzid, Zxly: 1 }] } }));
    await decide();
    expect(await codes()).toMatchObject([{ operation: 'cancel_service', codes: [1001] }]);
    const [told] = await second.downloadAll();
    expect(readNotices(told?.ICP ?? {}).notices).toEqual([{ kind: 'record_ended', scope: 'service', id: Wzid }]);
    expect((await controls.getState()).services.map(({ number }) => number)).toEqual(['粤ICP备2026000123号-1']);
    // The only access of a site stays, a subject ends with its password alone, and what has ended cannot end again.
    const end = (Zxlb: number, Jlid: number, more = {}) =>
      upload({ ZXBA: { Zx_xx: [{ Zxlb, Jlid, Zxly: 1, ...more }] } });
    const attempts = [
      end(2, ids.Jrid),
      end(0, ids.Ztid),
      end(0, ids.Ztid, { ICPmm: password }),
      end(0, ids.Ztid, { ICPmm: password }),
      end(1, Wzid),
      end(2, 1),
    ];
    for (const [index, attempt] of attempts.entries()) {
      await client.upload(4 + index, attempt);
      await decide();
    }
    expect((await codes()).map(({ codes: found }) => found)).toEqual([[1025], [1018], [1001], [1049], [1050], [1016]]);
    expect((await controls.getState()).subjects).toEqual([]);
  });

  test('a change writes the new data over the old, one at a time, and never into another province', async () => {
    const { client, decide, codes, record, ids, results } = await startWithRecord();
    const first = sampleBaxx(1);
    const { IspZtid: _, Bbfs: __, ...subject } = first.Zt_xx;
    const { IspWzid: ___, ...service } = sampleWz(1);
    const change = (name: string, Dwmc: string, Shengid = 440_000, pictures: readonly number[] = []) =>
      upload({
        BGBA: {
          Bgxx: [
            {
              Zt_xx: {
                ...subject,
                Dwmc,
                Ztid: ids.Ztid,
                Baxh: record.Zt_xx?.Baxh ?? '',
                Txdz: { ...subject.Txdz, Shengid },
              },
              Wz_xx: [
                {
                  ...service,
                  Wzid: ids.Wzid,
                  Wzmc: name,
                  Baxh: record.Wz_xx?.[0]?.Baxh ?? '',
                  Jr_xx: service.Jr_xx.map(({ IspJrid: _own, ...jr }) => ({ ...jr, Jrid: ids.Jrid })),
                },
              ],
              ...(pictures.length > 0 && {
                Fj: pictures.map((Jlid) => ({
                  Fjxx: { Fjwjgs: 1, Fjyt: 5, Fjnr: samplePicture, Fjssdx: { Ssdxlx: 2, Ssdxbs: { Jlid } } },
                })),
              }),
            },
          ],
        },
      });
    await client.upload(2, change('改名后的网站', subject.Dwmc));
    await client.upload(3, change('又一个名字', subject.Dwmc));
    await decide();
    const found = await results();
    expect(found.map(({ codes: each }) => each.map(({ code }) => code))).toEqual([[1017], [1001, 1062]]);
    await client.upload(4, change('改名后的网站', '示例新名称有限公司'));
    await client.upload(5, change('示例', '示例', 110_000));
    await decide();
    expect((await codes()).map(({ codes: each }) => each)).toEqual([
      [1046, 1017],
      [1001, 1062],
    ]);
    // Pictures may be of a site that stays as it is, and of no other one.
    const holder = (name: string, Jlid: number) => change('改名后的网站', name, 440_000, [Jlid]);
    await client.upload(6, holder('示例第三名称有限公司', ids.Wzid));
    await decide();
    await client.upload(7, holder('示例第四名称有限公司', ids.Wzid + 999));
    await decide();
    expect((await codes()).map(({ codes: each }) => each)).toEqual([[1001, 1062], [1059]]);
    const status = await client.ask('isp_querybeianstatus', { queryConditionType: 0, queryCondition: 'example1.cn' });
    expect(status).toMatchObject({
      StatusInfo: { Wzmc: '改名后的网站', Ztbah: '粤ICP备2026000123号', Wzbah: '粤ICP备2026000123号-1', Bazt: 0 },
    });
    expect(
      await client.ask('isp_querybeianstatus', { queryConditionType: 0, queryCondition: 'example9.cn' }),
    ).toMatchObject({ StatusInfo: { Bazt: 1 } });
  });
});

describe('the line', () => {
  test('counts uploads without gap: a gap is named, the same again has no effect, other content is refused', async () => {
    const { client, decide, controls, sim } = await start();
    const first = upload({ XZBA: { Baxx: [sampleBaxx(1)] } });
    expect(await client.ask('isp_querypreviousupload', {})).toMatchObject({ fileInfos: { dataSequence: 0 } });
    expect(await client.upload(3, first)).toMatchObject({ msg_code: 14, dataSequences: { dataSequence: [1, 2] } });
    expect(await client.upload(1, first)).toMatchObject({ msg_code: 0 });
    expect(await client.upload(1, first)).toMatchObject({ msg_code: 0 });
    expect(await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(2)] } }))).toMatchObject({ msg_code: 999 });
    const previous = await client.ask('isp_querypreviousupload', {});
    expect(previous.fileInfos).toMatchObject({ dataSequence: 1, encryptAlgorithm: 1 });
    await decide();
    expect((await controls.getState()).submissions.map(({ id }) => id)).toEqual(['v3-9001-440000-1-1']);
    // Another province has a count of its own.
    const elsewhere = interfaceClient(sim.url, { province: '110000' });
    expect(await elsewhere.upload(1, first)).toMatchObject({ msg_code: 0 });
  });

  test('keeps everything over a restart, and gives an unacknowledged file again, byte for byte', async () => {
    const dataDir = newDirectory();
    const before = await start({ dataDir });
    await before.client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    await before.decide();
    const given = await before.client.ask('isp_download', {});
    await before.stop();
    const after = await start({ dataDir });
    expect(await after.client.ask('isp_download', {})).toEqual(given);
    expect(await after.client.ask('isp_querypreviousupload', {})).toMatchObject({ fileInfos: { dataSequence: 1 } });
    const previous = await after.client.ask('isp_querypreviousupload', {});
    expect(previous.fileInfos?.beianInfo?.length).toBeGreaterThan(100);
    const fileName = given.fileInfos?.return_FileName ?? '';
    expect(await after.client.acknowledge(fileName)).toMatchObject({ msg_code: 0 });
    expect(await after.client.acknowledge(fileName)).toMatchObject({ msg_code: 0 });
    expect(await after.client.acknowledge('nothing')).toMatchObject({ msg_code: 999 });
    expect(await after.client.upload(2, upload({ ZXBA: { Zx_xx: [{ Zxlb: 1, Jlid: 1, Zxly: 1 }] } }))).toMatchObject({
      msg_code: 0,
    });
  });

  test('both wires work on one register', async () => {
    const { client, decide, codes, sim } = await start();
    await fetch(`${sim.url}/plain/v1/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer openbeian-simulator' },
      body: JSON.stringify(sampleSubmission(1)),
    });
    await decide();
    await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    await decide();
    expect((await codes()).map(({ codes: each }) => each)).toEqual([[1003, 1005, 1020]]);
    expect(sampleFzr(1).Fzr_sjhm).toBe(sampleSubmission(1).subject.principal.mobile);
  });
});
