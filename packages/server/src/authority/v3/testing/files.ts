import type { DownloadToPack } from '@openbeian/authority-wire/v3';

type Icp = Extract<DownloadToPack, { readonly ICP: unknown }>['ICP'];
type Result = NonNullable<NonNullable<Icp['BAJG']>['Jg_xx']>[number];

/** What became of a record: `Czlx`, `Bs`, and its codes, each with the authority’s words or without. */
export const result = (Czlx: number, Bs: string | number, ...codes: (number | [number, string])[]): Result => ({
  Jgxx: codes.map((each) => (typeof each === 'number' ? { Jgdm: each } : { Jgdm: each[0], Dmms: each[1] })),
  Czlx,
  Bs: String(Bs),
});
/** A file of results. */
export const results = (...Jg_xx: Result[]): DownloadToPack => ({ ICP: { BAJG: { Jg_xx } } });

const person = { Fzr_xm: '张三', Fzr_sjhm: '13800000000', Fzr_dzyj: 'zhangsan@example.cn', Fzr_zjlx: 2, Fzr_zjhm: 'x' };
const day = '2026-11-21';

/** A record as the authority sends it: its numbers, and ours where it knows them. */
export function filed(
  unit: number,
  n: number,
  own: { readonly subject?: number; readonly service?: number },
): DownloadToPack {
  const number = `粤ICP备20260001${n}号`;
  return {
    ICP: {
      BASJ: {
        Baxx: [
          {
            Zt_xx: {
              IspZtid: own.subject,
              Ztid: 500_000 + n,
              Dwmc: '示例远山科技有限公司',
              Dwxz: 4,
              Txdz: { Shengid: 440_000, Shiid: 440_100, Xxdz: '示例路 1 号' },
              Zj: { Zjlx: 1, Zjhm: '91119900900000019X', Zjzs: '示例路 1 号' },
              Fzr: person,
              Baxh: number,
              Bbyhlx: 0,
              Scbbsj: day,
              Zjxgsj: day,
            },
            Wz_xx: [
              {
                IspWzid: own.service,
                Wzid: 600_000 + n,
                Wzmc: '远山门户',
                Fwnr: { Fwnr_id: [8] },
                Yylb: { Yylb_id: [1] },
                Ym_xx: [{ Ymid: 700_000 + n, Ym: `example${n}.cn` }],
                Jr_xx: [
                  {
                    Jrid: 800_000 + n,
                    Ispid: unit,
                    Wzfb: { Fbdd: [5] },
                    Wzjrfs: { Jrfs: [3] },
                    Ip_xx: [{ Ipid: 900_000 + n, Qsip: 3_405_803_783, Zzip: 3_405_803_783 }],
                  },
                ],
                Wz_Fzr: person,
                Syurl: `www.example${n}.cn`,
                Baxh: `${number}-1`,
              },
            ],
          },
        ],
      },
    },
  };
}
