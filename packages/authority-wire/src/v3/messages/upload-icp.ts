import {
  all,
  choice,
  code,
  day,
  emails,
  flag,
  id,
  ipv4,
  list,
  listOf,
  long,
  md5Hex,
  optional,
  phones,
  picture,
  region,
  sequence,
  text,
} from '../schema/node.ts';
import {
  accessMethods,
  address,
  attachment,
  attachmentFile,
  certificate,
  contents,
  knownDomain,
  knownIpRange,
  languages,
  newAccess,
  newDomain,
  newIpRange,
  preApprovals,
  serverPlaces,
  sitePrincipal,
} from './parts.ts';

/** 新增备案: subject, services, accesses and attachments in one. */
export const newFilings = sequence({
  Baxx: list(
    sequence({
      Zt_xx: all({
        IspZtid: id,
        Dwmc: text(1, 255),
        Dwxz: optional(code),
        Tzr: optional(text(1, 255)),
        Txdz: address,
        Zj: certificate,
        Fzr: sequence({
          Fzr_xm: optional(text(1, 128)),
          Fzr_dhhm: optional(phones(11, 128)),
          Fzr_sjhm: phones(11, 128),
          Fzr_dzyj: emails(6, 128),
          Msn: optional(text(6, 128)),
          Qq: optional(text(5, 128)),
          Fzr_zjlx: optional(code),
          Fzr_zjhm: optional(text(1, 128)),
        }),
        Bbfs: flag,
        Bz: optional(text(1, 1024)),
      }),
      Wz_xx: list(
        sequence({
          IspWzid: id,
          Wzmc: text(1, 512),
          Nrlx: optional(preApprovals),
          Fwnr: contents,
          Yylb: languages,
          Ym_xx: list(newDomain),
          Jr_xx: list(newAccess),
          Wz_Fzr: sitePrincipal,
          Syurl: optional(text(4, 255)),
          Wz_Bz: optional(text(1, 1024)),
        }),
      ),
      Fj: listOf(
        sequence({
          Fjxx: sequence({
            Fjwjgs: id,
            Fjyt: id,
            Fjnr: picture(150),
            Fjssdx: sequence({
              Ssdxlx: long(1, 10),
              Ssdxbs: id,
            }),
            Bz: optional(text(1, 256)),
          }),
        }),
        0,
        null,
      ),
    }),
  ),
});

/** 新增网站 to a subject on record. */
export const addedServices = sequence({
  Xzxx: list(
    sequence({
      Zt_xx: choice({
        Ztbah: text(1, 128),
        Ztid: id,
      }),
      Wz_xx: list(
        sequence({
          IspWzid: id,
          Wzmc: text(1, 512),
          Nrlx: optional(preApprovals),
          Fwnr: contents,
          Yylb: languages,
          Ym_xx: list(newDomain),
          Jr_xx: list(newAccess),
          Wz_Fzr: sitePrincipal,
          Syurl: optional(text(4, 512)),
          Wz_Bz: optional(text(1, 1024)),
        }),
      ),
      Fj: listOf(attachment, 0, null),
      ICPmm: optional(md5Hex),
    }),
  ),
});

/** 新增接入 to a service on record. */
export const addedAccesses = sequence({
  Xzxx: list(
    sequence({
      Wz_xx: choice({
        Wzbah: text(1, 128),
        Wzid: id,
      }),
      IspJrid: id,
      Wzfb: serverPlaces,
      Wzjrfs: accessMethods,
      Ip_xx: list(newIpRange),
      Fj: listOf(attachment, 0, null),
      ICPmm: md5Hex,
    }),
  ),
});

/** 变更: whole records under the authority’s ids. */
export const changes = sequence({
  Bgxx: list(
    sequence({
      Zt_xx: all({
        Ztid: id,
        Dwmc: text(1, 255),
        Baxh: text(1, 128),
        Dwxz: optional(code),
        Tzr: optional(text(1, 255)),
        Txdz: sequence({
          Shengid: region,
          Shiid: region,
          Xianid: optional(region),
          Xxdz: optional(text(1, 1024)),
        }),
        Zj: sequence({
          Zjlx: long(1, 11),
          Zjhm: text(1, 255),
          Zjzs: text(1, 1024),
        }),
        Fzr: all({
          Fzr_xm: optional(text(1, 128)),
          Fzr_dhhm: optional(phones(11, 128)),
          Fzr_sjhm: phones(11, 128),
          Fzr_dzyj: emails(6, 128),
          Msn: optional(text(6, 128)),
          Qq: optional(text(5, 128)),
          Fzr_zjlx: optional(code),
          Fzr_zjhm: optional(text(1, 128)),
        }),
        Bz: optional(text(1, 1024)),
      }),
      Wz_xx: list(
        sequence({
          Wzid: id,
          Wzmc: text(1, 512),
          Nrlx: optional(preApprovals),
          Fwnr: contents,
          Yylb: languages,
          Ym_xx: list(
            all({
              IspYmid: id,
              Ymid: optional(id),
              Ym: text(4, 128),
            }),
          ),
          Jr_xx: list(
            sequence({
              Jrid: id,
              Wzfb: serverPlaces,
              Wzjrfs: accessMethods,
              Ip_xx: list(
                all({
                  IspIpid: id,
                  Ipid: optional(id),
                  Qsip: ipv4,
                  Zzip: ipv4,
                }),
              ),
            }),
          ),
          Wz_Fzr: sitePrincipal,
          Baxh: text(1, 128),
          Syurl: optional(text(4, 255)),
          Wz_Bz: optional(text(1, 1024)),
        }),
      ),
      Fj: listOf(attachment, 0, null),
      ICPmm: optional(md5Hex),
    }),
  ),
});

/** 核实结果 of the tasks that the authority sent (`HSRW`). */
export const verificationResults = sequence({
  Hsjgxx: list(
    all({
      Hsjg: flag,
      Hsrxm: text(1, 128),
      Hssj: day,
      Bbdw: id,
      Hsyj: text(1, 1024),
      Cwxx: optional(text(1, 4000)),
      Baxx: sequence({
        Zt_xx: all({
          Ztid: id,
          Dwmc: text(1, 255),
          Dwxz: optional(code),
          Txdz: address,
          Tzr: optional(text(1, 255)),
          Zj: all({
            Zjlx: code,
            Zjhm: text(1, 255),
            Zjzs: text(1, 1024),
          }),
          Fzr: all({
            Fzr_xm: optional(text(1, 128)),
            Fzr_dhhm: optional(phones(11, 128)),
            sjhm: phones(11, 128),
            Fzr_dzyj: emails(6, 128),
            Msn: optional(text(6, 128)),
            Qq: optional(text(5, 128)),
            Fzr_zjlx: optional(code),
            Fzr_zjhm: optional(text(1, 128)),
          }),
          Bz: optional(text(1, 1024)),
        }),
        Wz_xx: list(
          sequence({
            Wzid: id,
            Wzmc: text(1, 512),
            Nrlx: optional(preApprovals),
            Fwnr: contents,
            Ym_xx: list(knownDomain),
            Jr_xx: list(
              sequence({
                Jrid: id,
                Wzfb: serverPlaces,
                Wzjrfs: accessMethods,
                Ip_xx: list(knownIpRange),
                Bbfs: flag,
              }),
            ),
            Wz_Fzr: sequence({
              Fzr_xm: text(1, 128),
              Fzr_dhhm: optional(phones(11, 128)),
              sjhm: optional(phones(11, 128)),
              Fzr_dzyj: emails(6, 128),
              Msn: optional(text(6, 128)),
              Qq: optional(text(5, 128)),
              Fzr_zjlx: optional(code),
              Fzr_zjhm: optional(text(1, 128)),
            }),
            Syurl: optional(text(4, 255)),
            Wz_Bz: optional(text(1, 1024)),
          }),
        ),
      }),
    }),
  ),
});

/** What became of sites that the authority listed as unfiled (`WBAWZLB`). */
export const unfiledSiteResults = sequence({
  Clxx: list(
    sequence({
      Ym: text(4, 128),
      IP: ipv4,
      Yys: id,
      Jrs: id,
      Shengid: id,
      Cljg: code,
      Clyj: text(1, 255),
      Rbsj: day,
      Clsx: day,
      Sbrxm: optional(text(1, 128)),
      Sbrdh: optional(phones(11, 128)),
      Sbrdzyj: optional(emails(6, 128)),
    }),
  ),
});

/** 注销: 0 the subject, 1 a service, 2 an access. */
export const cancellations = sequence({
  Zx_xx: list(
    sequence({
      Zxlb: long(0, 2),
      Jlid: id,
      Zxly: code,
      Zxlybz: optional(text(1, 1000)),
      ICPmm: optional(md5Hex),
    }),
  ),
});

/** Attachments alone. */
export const attachments = sequence({
  Fjxx: list(attachmentFile),
});
