import { all, choice, code, day, id, list, optional, region, type SchemaNode, sequence, text } from '../schema/node.ts';

/** What the authority is told of a domain name; dates of what it sends itself are text of ten characters. */
export const domainFields = <Date extends SchemaNode>(date: Date) => ({
  Ym: text(4, 255),
  Ymlx: code,
  Zcsj: date,
  Zcr_mc: text(2, 255),
  Zcr_zz: text(1, 255),
  Zcr_txdz: text(1, 1000),
  Zcr_shengid: region,
  Zcr_shiid: region,
  Zcr_dzyj: text(6, 255),
  Zcr_dhhm: text(11, 255),
  Gly_mz: text(2, 255),
  Gly_zz: text(1, 255),
  Gly_dz: text(1, 1000),
  Gly_shengid: region,
  Gly_shiid: region,
  Gly_dzyj: text(6, 255),
  Gly_dh: text(11, 255),
  Jfr_mz: optional(text(2, 255)),
  Jfr_zz: optional(text(1, 255)),
  Jfr_dz: optional(text(1, 1000)),
  Jfr_shengid: optional(region),
  Jfr_shiid: optional(region),
  Jfr_dzyj: optional(text(6, 255)),
  Jfr_dh: optional(text(11, 255)),
  Ym_zcs: text(1, 500),
  Ym_fwq: text(4, 255),
  Yxrq: date,
});

/** 新增; for units that register domain names only. */
export const newDomains = sequence({
  Xzxx: list(
    all({
      IspId: id,
      ...domainFields(day),
    }),
  ),
});

/** 修改. */
export const changedDomains = sequence({
  Xzxx: list(
    all({
      Id: id,
      ...domainFields(day),
    }),
  ),
});

/** 删除. */
export const deletedDomains = sequence({
  Scxx: list(
    choice({
      Id: id,
      Ym: text(4, 255),
    }),
  ),
});
