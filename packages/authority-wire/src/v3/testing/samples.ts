import type { UploadData } from '../uploads.ts';

const picture = Buffer.from('a picture, as far as the interface can tell').toString('base64');
const filingPasswordMd5 = 'e10adc3949ba59abbe56e057f20f883e';

const person = {
  Fzr_xm: '张三',
  Fzr_dhhm: '020-12345678',
  Fzr_sjhm: '13800000000',
  Fzr_dzyj: 'zhangsan@example.cn',
  Fzr_zjlx: 2,
  Fzr_zjhm: '11990019900101001X',
} as const;

const newAccess = {
  IspJrid: 31,
  Wzfb: { Fbdd: [5] },
  Wzjrfs: { Jrfs: [3] },
  Ip_xx: [{ IspIpid: 41, Qsip: 3_405_803_777, Zzip: 3_405_803_777 }],
} as const;

const newService = {
  IspWzid: 11,
  Wzmc: '远山门户;远山 & 近水',
  Nrlx: { Nrlx_xx: [{ Nrlx_id: 3, Qzsph: '教 <2026> 1 号', Spwj: [picture] }] },
  Fwnr: { Fwnr_id: [8] },
  Yylb: { Yylb_id: [1, 12] },
  Ym_xx: [{ IspYmid: 21, Ym: 'yuanshan.example.cn' }],
  Jr_xx: [newAccess],
  Wz_Fzr: person,
  Syurl: 'www.yuanshan.example.cn',
} as const;

const filed = {
  Fjwjgs: 1,
  Fjyt: 1,
  Fjnr: picture,
  Fjssdx: { Ssdxlx: 1, Ssdxbs: { Baxh: '粤ICP备2026000001号' } },
} as const;
const address = { Shengid: 440_000, Shiid: 440_100, Xianid: 440_106, Xxdz: '示例路 1 号' } as const;
const certificate = { Zjlx: 1, Zjhm: '91119900900000019X', Zjzs: '广东省广州市示例路 1 号' } as const;

/** One upload of each operation, of fictional people. */
export const sampleUploads = {
  'new filing': {
    ICP: {
      XZBA: {
        Baxx: [
          {
            Zt_xx: {
              IspZtid: 1,
              Dwmc: '示例远山科技有限公司',
              Dwxz: 4,
              Tzr: '示例远山科技有限公司',
              Txdz: address,
              Zj: certificate,
              Fzr: person,
              Bbfs: 1,
            },
            Wz_xx: [newService],
            Fj: [{ Fjxx: { Fjwjgs: 1, Fjyt: 1, Fjnr: picture, Fjssdx: { Ssdxlx: 1, Ssdxbs: 1 } } }],
          },
        ],
      },
      Qqdwid: 9001,
    },
  },
  'add service': {
    ICP: {
      XZWZ: { Xzxx: [{ Zt_xx: { Ztid: 500 }, Wz_xx: [newService], Fj: [{ Fjxx: filed }], ICPmm: filingPasswordMd5 }] },
      Qqdwid: 9001,
    },
  },
  'add access': {
    ICP: {
      XZJR: {
        Xzxx: [
          { Wz_xx: { Wzbah: '粤ICP备2026000001号-1' }, ...newAccess, Fj: [{ Fjxx: filed }], ICPmm: filingPasswordMd5 },
        ],
      },
      Qqdwid: 9001,
    },
  },
  change: {
    ICP: {
      BGBA: {
        Bgxx: [
          {
            Zt_xx: {
              Ztid: 500,
              Dwmc: '示例远山科技有限公司',
              Baxh: '粤ICP备2026000001号',
              Dwxz: 4,
              Txdz: address,
              Zj: certificate,
              Fzr: person,
            },
            Wz_xx: [
              {
                Wzid: 501,
                Wzmc: '远山门户',
                Fwnr: { Fwnr_id: [8] },
                Yylb: { Yylb_id: [1] },
                Ym_xx: [{ IspYmid: 21, Ymid: 502, Ym: 'yuanshan.example.cn' }],
                Jr_xx: [
                  {
                    Jrid: 503,
                    Wzfb: { Fbdd: [5] },
                    Wzjrfs: { Jrfs: [3] },
                    Ip_xx: [{ IspIpid: 41, Qsip: 3_405_803_777, Zzip: 3_405_803_778 }],
                  },
                ],
                Wz_Fzr: person,
                Baxh: '粤ICP备2026000001号-1',
              },
            ],
          },
        ],
      },
      Qqdwid: 9001,
    },
  },
  cancel: {
    ICP: {
      ZXBA: {
        Zx_xx: [
          { Zxlb: 0, Jlid: 500, Zxly: 1, Zxlybz: '不再经营', ICPmm: filingPasswordMd5 },
          { Zxlb: 2, Jlid: 503, Zxly: 2 },
        ],
      },
      Qqdwid: 9001,
    },
  },
  'verification result': {
    ICP: {
      HSJG: {
        Hsjgxx: [
          {
            Hsjg: 0,
            Hsrxm: '李四',
            Hssj: '2026-11-21',
            Bbdw: 9001,
            Hsyj: '信息属实',
            Baxx: {
              Zt_xx: {
                Ztid: 500,
                Dwmc: '示例远山科技有限公司',
                Txdz: address,
                Zj: certificate,
                Fzr: { Fzr_xm: '张三', sjhm: '13800000000', Fzr_dzyj: 'zhangsan@example.cn' },
              },
              Wz_xx: [
                {
                  Wzid: 501,
                  Wzmc: '远山门户',
                  Fwnr: { Fwnr_id: [8] },
                  Ym_xx: [{ Ymid: 502, Ym: 'yuanshan.example.cn' }],
                  Jr_xx: [
                    {
                      Jrid: 503,
                      Wzfb: { Fbdd: [5] },
                      Wzjrfs: { Jrfs: [3] },
                      Ip_xx: [{ Ipid: 504, Qsip: 3_405_803_777, Zzip: 3_405_803_777 }],
                      Bbfs: 1,
                    },
                  ],
                  Wz_Fzr: { Fzr_xm: '张三', Fzr_dzyj: 'zhangsan@example.cn' },
                },
              ],
            },
          },
        ],
      },
      Qqdwid: 9001,
    },
  },
  'unfiled-site result': {
    ICP: {
      WBACLJG: {
        Clxx: [
          {
            Ym: 'unfiled.example.cn',
            IP: 3_405_803_777,
            Yys: 1,
            Jrs: 9001,
            Shengid: 440_000,
            Cljg: 1,
            Clyj: '已停止接入',
            Rbsj: '2026-11-20',
            Clsx: '2026-11-27',
          },
        ],
      },
      Qqdwid: 9001,
    },
  },
  attachments: { ICP: { XZHYD: { Fjxx: [filed] }, Qqdwid: 9001 } },
} as const satisfies Record<string, UploadData>;
