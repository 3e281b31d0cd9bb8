import { all, choice, code, flag, id, ipv4, list, long, optional, region, sequence, text } from '../schema/node.ts';
import { codeTables } from './code-tables.ts';
import { filedAccess, filedDomain, filedSitePrincipal, filedSubject } from './full-records.ts';
import { contents, languages, preApprovals } from './parts.ts';
import { allocationFields } from './upload-ip.ts';
import { domainFields } from './upload-ym.ts';

const syncedFilings = sequence({
  Baxx: list(
    sequence({
      Zt_xx: filedSubject,
      Wz_xx: list(
        sequence({
          IspWzid: optional(id),
          Wzid: id,
          Wzmc: text(1, 512),
          Nrlx: optional(preApprovals),
          Fwnr: optional(contents),
          Yylb: optional(languages),
          Ym_xx: list(filedDomain),
          Jr_xx: list(filedAccess),
          Wz_Fzr: filedSitePrincipal,
          Syurl: optional(text(4, 255)),
          Wz_Bz: optional(text(1, 1024)),
          Scbbsj: optional(text(10, 22)),
          Zjxgsj: optional(text(10, 22)),
          Baxh: optional(text(1, 128)),
        }),
      ),
      Bz: optional(text()),
    }),
  ),
});

const syncedIpRecords = all({
  Iply: optional(
    sequence({
      Lyxx: list(
        all({
          Id: id,
          IspId: id,
          Bbdwid: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Lydw: id,
          Bz: optional(text(1, 512)),
        }),
      ),
    }),
  ),
  Ipfp: optional(
    sequence({
      Fpxx: list(
        all({
          Id: id,
          IspId: id,
          Bbdwid: id,
          Qsip: long(0, 4294967295),
          Zzip: long(0, 4294967295),
          ...allocationFields({ date: text(10, 10), phone: text(11, 255), mail: text(6, 255) }),
        }),
      ),
    }),
  ),
  Ipgb: optional(
    sequence({
      Gbxx: list(
        all({
          Id: id,
          IspId: id,
          Bbdwid: id,
          Gbdw: id,
          Sqdw: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Bz: optional(text(1, 1024)),
        }),
      ),
    }),
  ),
  Zdip: optional(
    sequence({
      Zdxx: list(
        all({
          Id: id,
          IspId: id,
          Bbdwid: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Sfymtz: flag,
          Syfs: long(1, 3),
          Fprq: text(10, 10),
          Dwmc: text(1, 255),
          Dwxz: code,
          Shengid: region,
          Shiid: region,
          Xianid: optional(region),
          Xxdz: text(1, 512),
          Lxrxm: text(1, 20),
          Lxrdh: text(11, 255),
          Lxrdzyj: text(6, 255),
          Wgip: ipv4,
          Wgdz: text(1, 512),
          Bz: optional(text(1, 1024)),
          Ly_dwlx: flag,
          Lydw: choice({
            Ly_dwmc: text(1, 255),
            Ly_dwid: id,
          }),
        }),
      ),
    }),
  ),
});

const syncedDomains = sequence({
  Ymxx: list(
    all({
      Id: id,
      IspId: id,
      ...domainFields(text(10, 10)),
    }),
  ),
});

/** 数据同步: everything that the authority has of this provider. */
export const fullSync = choice({
  ICP: optional(syncedFilings),
  IP: optional(syncedIpRecords),
  YM: optional(syncedDomains),
  JCDM: optional(codeTables),
});
