import { describe, expect, test } from 'vitest';
import { readNotices } from './notices.ts';
import { dayIn, recordOf } from './records.ts';

describe('notices', () => {
  test('each kind is read in our words', () => {
    const { notices, incomplete } = readNotices({
      ZXSJ: {
        Zxxx: [
          { Zxlb: 0, Jlid: 500 },
          { Zxlb: 1, Jlid: 501 },
        ],
      },
      HMDLB: {
        Zthmdxxs: [{ Zt_xx: { Dwmc: '示例失信公司', Zj: { Zjlx: 1, Zjhm: '9111' } }, Czlx: 0 }],
        Wzhmdxxs: [{ Wz_xx: { Wzmc: '示例网站', Ym_xx: [{ Ym: 'a.example.cn' }, { Ym: ' ' }] }, Czlx: 2 }],
      },
      FFJRHMD: { Ffjrxx: [{ Ym: 'b.example.cn', Ip: 3_405_803_777, Zjjrz: 9001, Dqjcsj: '2026-11-21 10:00:00' }] },
      WBAWZLB: { Wbawz_xx: [{ Id: 7, Wzym_mc: 'c.example.cn', IP: 3_405_803_778, Yys: 1 }] },
      HCJG: {
        Jgxx: {
          Zthc: [{ Ztid: 500, Cwyy: '名称不一致' }],
          Jrhc: [
            { Wzid: 501, Wz_Baxh: '粤ICP备1号-1', Hcjg: 1, Hcsj: '2026-11-21' },
            { Wzid: 502, Hcjg: 2 },
          ],
          Kkwzhc: [
            { Wzid: 501, Hcjg: 0 },
            { Wzid: 502, Hcjg: 1 },
          ],
          Wzch: [{ Wzid: 503 }],
        },
      },
      XGTZ: {
        Tzxx: [
          { Tzlb: 1, Baxh: '粤ICP备1号-1', Tznr: '请修改网站名称' },
          { Tzlb: 0, Jlid: 500, Tznr: '请修改' },
        ],
      },
    });
    expect(incomplete).toEqual([]);
    expect(notices).toEqual([
      { kind: 'record_ended', scope: 'subject', id: 500 },
      { kind: 'record_ended', scope: 'service', id: 501 },
      { kind: 'subject_blacklisted', act: 'added', name: '示例失信公司', certificateId: 1, certificateNumber: '9111' },
      { kind: 'service_blacklisted', act: 'removed', name: '示例网站', domains: ['a.example.cn'] },
      { kind: 'illegal_access', domain: 'b.example.cn', address: '203.0.113.1', provider: 9001, seenOn: '2026-11-21' },
      {
        kind: 'unfiled_site',
        id: 7,
        domain: 'c.example.cn',
        address: '203.0.113.2',
        carrier: 1,
        provider: null,
        seenOn: null,
      },
      { kind: 'subject_checked', id: 500, reason: '名称不一致' },
      { kind: 'service_checked', id: 501, number: '粤ICP备1号-1', found: 'over_reported', on: '2026-11-21' },
      { kind: 'service_checked', id: 502, number: null, found: 'under_reported', on: null },
      { kind: 'service_checked', id: 501, number: null, found: 'alive', on: null },
      { kind: 'service_checked', id: 502, number: null, found: 'dead', on: null },
      { kind: 'service_checked', id: 503, number: null, found: 'look_again', on: null },
      { kind: 'correction_demanded', scope: 'service', id: null, number: '粤ICP备1号-1', text: '请修改网站名称' },
      { kind: 'correction_demanded', scope: 'subject', id: 500, number: null, text: '请修改' },
    ]);
  });

  test.each([
    ['an end of something unknown', { ZXSJ: { Zxxx: [{ Zxlb: 9, Jlid: 1 }] } }, 'ICP.ZXSJ.Zxxx[0]'],
    ['an end of nothing', { ZXSJ: { Zxxx: [{ Zxlb: 0 }] } }, 'ICP.ZXSJ.Zxxx[0]'],
    [
      'a blacklist row of an unknown act',
      { HMDLB: { Zthmdxxs: [{ Zt_xx: { Zj: { Zjhm: 'x' } }, Czlx: 3 }] } },
      'ICP.HMDLB.Zthmdxxs[0]',
    ],
    ['a blacklisted site without a domain', { HMDLB: { Wzhmdxxs: [{ Czlx: 0 }] } }, 'ICP.HMDLB.Wzhmdxxs[0]'],
    ['an illegal access of nothing', { FFJRHMD: { Ffjrxx: [{ Ip: 1 }] } }, 'ICP.FFJRHMD.Ffjrxx[0]'],
    ['an unfiled site without its id', { WBAWZLB: { Wbawz_xx: [{ Wzym_mc: 'x.cn' }] } }, 'ICP.WBAWZLB.Wbawz_xx[0]'],
    [
      'a check that found something unknown',
      { HCJG: { Jgxx: { Jrhc: [{ Wzid: 1, Hcjg: 3 }] } } },
      'ICP.HCJG.Jgxx.Jrhc[0]',
    ],
    ['a check of no subject', { HCJG: { Jgxx: { Zthc: [{}] } } }, 'ICP.HCJG.Jgxx.Zthc[0]'],
    ['a demand about nothing', { XGTZ: { Tzxx: [{ Tzlb: 0, Tznr: 'x' }] } }, 'ICP.XGTZ.Tzxx[0]'],
  ])('%s is named, not lost', (_what, from, path) => {
    expect(readNotices(from)).toEqual({ notices: [], incomplete: [path] });
  });

  test('a download without notices has none', () => {
    expect(readNotices({})).toEqual({ notices: [], incomplete: [] });
  });
});

describe('records', () => {
  test('have both sides’ ids, the numbers, and whose each access is', () => {
    const record = recordOf({
      Zt_xx: {
        IspZtid: 1,
        Ztid: 500,
        Dwmc: '示例远山科技有限公司',
        Dwxz: 4,
        Txdz: { Shengid: 440_000, Shiid: 440_100 },
        Zj: { Zjlx: 1, Zjhm: '9111' },
        Baxh: '粤ICP备2026000001号',
        Zjxgsj: '2026-11-21 10:30:00',
      },
      Wz_xx: [
        {
          IspWzid: 11,
          Wzid: 501,
          Wzmc: '远山门户',
          Baxh: '粤ICP备2026000001号-1',
          Fwnr: { Fwnr_id: [8] },
          Ym_xx: [{ Ymid: 502, Ym: 'yuanshan.example.cn' }],
          Jr_xx: [
            { Jrid: 503, IspJrid: 31, Ispid: 9001, Ip_xx: [{ Qsip: 3_405_803_777, Zzip: 3_405_803_778 }, { Qsip: 1 }] },
          ],
        },
      ],
    });
    expect(record.subject).toEqual({
      id: 500,
      ownId: 1,
      number: '粤ICP备2026000001号',
      name: '示例远山科技有限公司',
      nature: 4,
      certificateId: 1,
      certificateNumber: '9111',
      region: '440100',
      changedOn: '2026-11-21',
    });
    expect(record.services).toEqual([
      {
        id: 501,
        ownId: 11,
        number: '粤ICP备2026000001号-1',
        name: '远山门户',
        homeUrl: null,
        contents: [8],
        domains: [{ id: 502, ownId: null, name: 'yuanshan.example.cn' }],
        accesses: [{ id: 503, ownId: 31, provider: 9001, addresses: [{ first: '203.0.113.1', last: '203.0.113.2' }] }],
      },
    ]);
  });

  test('of which nothing is there are all null', () => {
    const { subject, services } = recordOf({});
    expect(Object.values(subject).every((value) => value === null)).toBe(true);
    expect(services).toEqual([]);
  });

  test.each([
    ['2026-11-21', '2026-11-21'],
    [' 2026-11-21 10:30:00', '2026-11-21'],
    ['2026-02-30', null],
    ['20261121', null],
    ['', null],
    [undefined, null],
  ])('the day of %j is %j', (text, day) => {
    expect(dayIn(text)).toBe(day);
  });
});
