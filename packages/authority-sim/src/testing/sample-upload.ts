import type { UploadData } from '@openbeian/authority-wire/v3';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import { defaultInterfaceUnit } from '../v3/units.ts';

type Icp = Extract<UploadData, { readonly ICP: unknown }>['ICP'];
type NewFiling = NonNullable<Icp['XZBA']>['Baxx'][number];

/** The first bytes of a JPG and some more. */
export const samplePicture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).toString('base64');

export const upload = (parts: Omit<Icp, 'Qqdwid'>, unit = defaultInterfaceUnit.ispId): UploadData => ({
  ICP: { ...parts, Qqdwid: unit },
});

/** A person in charge, as the interface has one. */
export function sampleFzr(seed: number) {
  const person = fictionalPerson(seed);
  return {
    Fzr_xm: person.name,
    Fzr_sjhm: person.mobile,
    Fzr_dzyj: person.email,
    Fzr_zjlx: 2,
    Fzr_zjhm: person.residentId,
  };
}

/** Own numbers of the seed's filing: 10 × seed and those after it. */
export const ownIds = (seed: number) => ({
  subject: seed * 10,
  service: seed * 10 + 1,
  domain: seed * 10 + 2,
  access: seed * 10 + 3,
  range: seed * 10 + 4,
});

export function sampleWz(seed: number): NewFiling['Wz_xx'][number] {
  const own = ownIds(seed);
  return {
    IspWzid: own.service,
    Wzmc: `示例网站${seed}`,
    Fwnr: { Fwnr_id: [8] },
    Yylb: { Yylb_id: [1, 12] },
    Ym_xx: [{ IspYmid: own.domain, Ym: `example${seed}.cn` }],
    Jr_xx: [
      {
        IspJrid: own.access,
        Wzfb: { Fbdd: [5] },
        Wzjrfs: { Jrfs: [3] },
        Ip_xx: [{ IspIpid: own.range, Qsip: 3_405_803_776 + (seed % 200), Zzip: 3_405_803_776 + (seed % 200) }],
      },
    ],
    Wz_Fzr: sampleFzr(seed + 1),
    Syurl: `www.example${seed}.cn`,
  };
}

/** A first filing of the company of a seed, in Guangdong; its principals are people `seed` and `seed + 1`. */
export function sampleBaxx(seed: number, changes: Partial<NewFiling> = {}): NewFiling {
  const company = fictionalCompany(seed);
  const file = (Fjyt: number, Ssdxlx: number, Ssdxbs: number) => ({
    Fjxx: { Fjwjgs: 1, Fjyt, Fjnr: samplePicture, Fjssdx: { Ssdxlx, Ssdxbs } },
  });
  const own = ownIds(seed);
  return {
    Zt_xx: {
      IspZtid: own.subject,
      Dwmc: company.name,
      Dwxz: 4,
      Tzr: company.name,
      Txdz: { Shengid: 440_000, Shiid: 440_100, Xianid: 440_106, Xxdz: '示例路 1 号' },
      Zj: { Zjlx: 1, Zjhm: company.creditCode, Zjzs: company.address },
      Fzr: sampleFzr(seed),
      Bbfs: 1,
    },
    Wz_xx: [sampleWz(seed)],
    Fj: [file(1, 1, own.subject), file(3, 1, own.subject), file(5, 2, own.service)],
    ...changes,
  };
}
