import {
  all,
  choice,
  code,
  emails,
  id,
  ipv4,
  list,
  listOf,
  long,
  optional,
  phones,
  picture,
  region,
  row,
  sequence,
  text,
} from '../schema/node.ts';

/** 前置审批: each with its number and the scanned approval, JPG. */
export const preApprovals = sequence({
  Nrlx_xx: listOf(
    sequence({
      Nrlx_id: row,
      Qzsph: text(1, 512),
      Spwj: listOf(picture(100), 1, 10),
    }),
    1,
    64,
  ),
});

/** 服务内容, rows of the table `Wzfwlx`. */
export const contents = sequence({
  Fwnr_id: listOf(row, 1, 64),
});

/** 语言, rows of the table `Yylb`. */
export const languages = sequence({
  Yylb_id: listOf(row, 1, 256),
});

/** 服务器放置地. */
export const serverPlaces = sequence({
  Fbdd: listOf(row, 1, 64),
});

/** 接入方式, rows of the table `Wzjrfs`. */
export const accessMethods = sequence({
  Jrfs: listOf(row, 1, 64),
});

/** Addresses under the provider’s own id. */
export const newIpRange = all({
  IspIpid: id,
  Qsip: ipv4,
  Zzip: ipv4,
});

/** 接入 under the provider’s own id. */
export const newAccess = sequence({
  IspJrid: id,
  Wzfb: serverPlaces,
  Wzjrfs: accessMethods,
  Ip_xx: list(newIpRange),
});

export const newDomain = all({
  IspYmid: id,
  Ym: text(4, 128),
});

/** 网站负责人, as it is sent. */
export const sitePrincipal = all({
  Fzr_xm: text(1, 128),
  Fzr_dhhm: optional(phones(11, 128)),
  Fzr_sjhm: phones(11, 128),
  Fzr_dzyj: emails(6, 128),
  Msn: optional(text(6, 128)),
  Qq: optional(text(5, 128)),
  Fzr_zjlx: optional(code),
  Fzr_zjhm: optional(text(1, 128)),
});

/** 通信地址, as it is sent. */
export const address = all({
  Shengid: region,
  Shiid: region,
  Xianid: optional(region),
  Xxdz: optional(text(1, 1024)),
});

/** 主办单位证件, with the address that it names. */
export const certificate = sequence({
  Zjlx: code,
  Zjhm: text(1, 255),
  Zjzs: text(1, 1024),
});

/** 附件 of something on record: by the authority’s id or the filing number. */
export const attachmentFile = sequence({
  Fjwjgs: id,
  Fjyt: id,
  Fjnr: picture(150),
  Fjssdx: sequence({
    Ssdxlx: long(1, 10),
    Ssdxbs: choice({
      Jlid: id,
      Baxh: text(1, 128),
    }),
  }),
  Bz: optional(text(1, 256)),
});

export const attachment = sequence({
  Fjxx: attachmentFile,
});

/** Addresses under the authority’s id. */
export const knownIpRange = all({
  Ipid: id,
  Qsip: ipv4,
  Zzip: ipv4,
});

export const knownDomain = all({
  Ymid: id,
  Ym: text(4, 128),
});
