import { all, code, flag, id, ipv4, list, listOf, long, optional, sequence, text } from '../schema/node.ts';
import { filedAccess, filedAddress, filedDomain, filedSitePrincipal, filedSubject } from './full-records.ts';
import { accessMethods, contents, knownDomain, knownIpRange, languages, preApprovals, serverPlaces } from './parts.ts';

/** 备案数据: records as they are now. */
export const filings = sequence({
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
          Yylb: languages,
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

/** 注销数据: 0 a subject, 1 a service. */
export const endedRecords = sequence({
  Zxxx: list(
    all({
      Zxlb: flag,
      Jlid: id,
      Bz: optional(text()),
    }),
  ),
});

/** 黑名单 of subjects and services; 0 added, 1 changed, 2 taken off. */
export const blacklists = sequence({
  Zthmdxxs: listOf(
    sequence({
      Zt_xx: optional(
        all({
          Dwmc: text(1, 255),
          Dwxz: optional(code),
          Zj: all({
            Zjlx: code,
            Zjhm: text(1, 255),
          }),
        }),
      ),
      Czlx: long(0, 2),
      Bz: optional(text()),
    }),
    0,
    null,
  ),
  Wzhmdxxs: listOf(
    sequence({
      Wz_xx: sequence({
        Wzmc: text(1, 512),
        Ym_xx: list(
          all({
            Ym: text(4, 128),
          }),
        ),
        Syurl: optional(text(4, 255)),
      }),
      Czlx: long(0, 2),
      Bz: optional(text()),
    }),
    0,
    null,
  ),
});

/** 非法接入黑名单. */
export const illegalAccesses = sequence({
  Ffjrxx: list(
    all({
      Id: id,
      Ym: text(4, 128),
      Ip: ipv4,
      Zjjrz: id,
      Szs: id,
      Dqjcsj: text(10, 22),
      Bz: optional(text()),
    }),
  ),
});

/** 未备案网站列表. */
export const unfiledSites = sequence({
  Wbawz_xx: list(
    sequence({
      Id: id,
      Wzym_mc: text(1, 128),
      Yylb: optional(languages),
      IP: ipv4,
      Dqjcsj: optional(text(10, 22)),
      Jccs: optional(long(0)),
      Sssh: optional(id),
      Scjcsj: optional(text(10, 22)),
      Jrs: optional(id),
      Yys: id,
      Bz: optional(text()),
    }),
  ),
});

/** 备案结果: what became of uploads, and what the authority’s reviewers decided. */
export const results = sequence({
  Jg_xx: listOf(
    sequence({
      Jgxx: list(
        all({
          Jgdm: id,
          Dmms: optional(text(1, 255)),
        }),
      ),
      Czlx: long(1, 7),
      Bs: optional(text(1, 255)),
      Bz: optional(text()),
    }),
    0,
    null,
  ),
  GJSHS: optional(
    sequence({
      Gjsh: list(
        all({
          Shrxm: optional(text(1, 128)),
          Shr_dhhm: optional(text(11, 128)),
          Shsj: text(10, 22),
          Shyj: optional(text(1, 1024)),
          Shjg: flag,
          Czlx: optional(long(1, 7)),
          Jlid: optional(id),
        }),
      ),
    }),
  ),
});

/** 核实任务. */
export const verificationTasks = sequence({
  Baxx: list(
    sequence({
      Zt_xx: all({
        Ztid: id,
        Dwmc: text(1, 255),
        Dwxz: optional(code),
        Txdz: filedAddress,
        Zj: all({
          Zjlx: code,
          Zjhm: text(1, 255),
          Zjzs: text(1, 1024),
        }),
        Fzr: all({
          Fzr_xm: optional(text(1, 128)),
          Fzr_dhhm: optional(text(11, 128)),
          Fzr_sjhm: optional(text(11, 128)),
          Fzr_dzyj: text(6, 128),
          Msn: optional(text(6, 128)),
          Qq: optional(text(5, 128)),
          Fzr_zjlx: optional(code),
          Fzr_zjhm: optional(text(1, 128)),
        }),
        Tzr: optional(text(1, 255)),
        Bbyhlx: flag,
        Scbbsj: text(10, 22),
        Zjxgsj: optional(text(10, 22)),
        Bz: optional(text(1, 1024)),
      }),
      Wz_xx: list(
        sequence({
          Wzid: id,
          Wzmc: text(1, 512),
          Nrlx: optional(preApprovals),
          Fwnr: optional(contents),
          Yylb: optional(languages),
          Ym_xx: list(knownDomain),
          Jr_xx: list(
            sequence({
              Jrid: id,
              Wzfb: serverPlaces,
              Wzjrfs: accessMethods,
              Ip_xx: list(knownIpRange),
              Bbyhid: id,
              Bbyhlx: flag,
            }),
          ),
          Wz_Fzr: filedSitePrincipal,
          Syurl: optional(text(4, 255)),
          Wz_Bz: optional(text(1, 1024)),
          Scbbsj: optional(text(10, 22)),
          Zjxgsj: optional(text(10, 22)),
        }),
      ),
      Bz: optional(text()),
    }),
  ),
});

/** 核查结果: subjects, accesses over- or under-reported, empty sites, sites to look at again. */
export const checkResults = sequence({
  Jgxx: sequence({
    Zthc: listOf(
      all({
        Ztid: id,
        Dwmc: text(1, 255),
        Zjlx: code,
        Zjhm: text(1, 255),
        Cwyy: optional(text(1, 512)),
        Bz: optional(text()),
      }),
      0,
      null,
    ),
    Jrhc: listOf(
      all({
        Wzid: id,
        Wz_Baxh: text(5, 255),
        Ym: optional(text(4, 255)),
        Jxip: optional(long(0, 4294967295)),
        Bbisp: optional(id),
        Hcjg: long(1, 2),
        Hcsj: text(10, 22),
        Jrid: optional(id),
        Bz: optional(text()),
      }),
      0,
      null,
    ),
    Kkwzhc: listOf(
      all({
        Wzid: id,
        Wz_Baxh: text(5, 255),
        Hcjg: flag,
        Hcsj: text(10, 22),
        Syurl: optional(text(7, 255)),
        Bz: optional(text()),
      }),
      0,
      null,
    ),
    Wzch: listOf(
      all({
        Wzid: id,
        Wz_Baxh: text(5, 255),
        Syurl: optional(text(4, 255)),
        Hcsj: text(10, 22),
        Bz: optional(text()),
      }),
      0,
      null,
    ),
  }),
});

/** 修改通知; 0 about a subject, 1 about a service. */
export const correctionNotices = sequence({
  Tzxx: list(
    all({
      Tzlb: flag,
      Baxh: optional(text(1, 128)),
      Jlid: optional(id),
      Tznr: text(1, 255),
      Bz: optional(text()),
    }),
  ),
});
