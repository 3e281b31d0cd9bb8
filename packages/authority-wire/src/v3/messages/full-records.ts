import { all, code, flag, id, ipv4, list, optional, region, sequence, text } from '../schema/node.ts';
import { accessMethods, serverPlaces } from './parts.ts';

/** 网站负责人, as it is on record. */
export const filedSitePrincipal = all({
  Fzr_xm: text(1, 128),
  Fzr_dhhm: optional(text(11, 128)),
  Fzr_sjhm: optional(text(11, 128)),
  Fzr_dzyj: optional(text(6, 128)),
  Msn: optional(text(6, 128)),
  Qq: optional(text(5, 128)),
  Fzr_zjlx: optional(code),
  Fzr_zjhm: optional(text(1, 128)),
});

/** 接入 with both ids and the provider whose it is. */
export const filedAccess = sequence({
  IspJrid: optional(id),
  Jrid: id,
  Ispid: id,
  Wzfb: serverPlaces,
  Wzjrfs: accessMethods,
  Ip_xx: list(
    all({
      IspIpid: optional(id),
      Ipid: id,
      Qsip: ipv4,
      Zzip: ipv4,
    }),
  ),
});

export const filedDomain = all({
  IspYmid: optional(id),
  Ymid: id,
  Ym: text(4, 128),
});

export const filedAddress = all({
  Shengid: region,
  Shiid: optional(region),
  Xianid: optional(region),
  Xxdz: optional(text(1, 1024)),
});

/** 主体 with both ids. */
export const filedSubject = all({
  IspZtid: optional(id),
  Ztid: id,
  Dwmc: text(1, 255),
  Dwxz: optional(code),
  Txdz: filedAddress,
  Zj: all({
    Zjlx: code,
    Zjhm: text(1, 128),
    Zjzs: text(1, 1024),
  }),
  Fzr: all({
    Fzr_xm: optional(text(1, 128)),
    Fzr_dhhm: optional(text(11, 128)),
    Fzr_sjhm: optional(text(11, 128)),
    Fzr_dzyj: text(6, 128),
    Msn: optional(text(6, 128)),
    Qq: optional(text(5, 128)),
    Fzr_zjhm: optional(text(1, 255)),
    Fzr_zjlx: optional(code),
  }),
  Baxh: optional(text(1, 128)),
  Bbyhlx: flag,
  Tzr: optional(text(1, 255)),
  Scbbsj: text(10, 22),
  Zjxgsj: text(10, 22),
  Zsyxq: optional(text(10, 22)),
  Zslj: optional(text(1, 255)),
  Zsxh: optional(text(1, 128)),
  Shrxm: optional(text(1, 128)),
  Shsj: optional(text(10, 22)),
  Bz: optional(text(1, 1024)),
});
