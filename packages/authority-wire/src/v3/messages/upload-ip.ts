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
  long,
  optional,
  phones,
  region,
  sequence,
  type TextNode,
  text,
} from '../schema/node.ts';

/** To whom a range of addresses is given, and for what. What the authority sends itself is looser in dates, phones and mail. */
export const allocationFields = ({ date, phone, mail }: Readonly<Record<'date' | 'phone' | 'mail', TextNode>>) => ({
  Fpfs: long(1, 4),
  Fpdx: optional(id),
  Syfs: optional(long(1, 3)),
  Fprq: optional(date),
  Sfymtz: optional(flag),
  Dwmc: optional(text(1, 255)),
  Dwxz: optional(code),
  Dwfl: optional(code),
  Dwhyfl: optional(code),
  Shengid: optional(region),
  Shiid: optional(region),
  Xianid: optional(region),
  Xxdz: optional(text(1, 512)),
  Lxrxm: optional(text(1, 20)),
  Lxrdh: optional(phone),
  Lxrdzyj: optional(mail),
  Wgip: optional(ipv4),
  Wgdz: optional(text(1, 512)),
  Bz: optional(text(1, 1024)),
});

/** 新增: sources, allocations, broadcasts and ranges that customers bring. */
export const newIpRecords = all({
  Xzly: optional(
    sequence({
      Ly: list(
        all({
          IspId: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Lydw: id,
          Bz: optional(text(1, 512)),
        }),
      ),
    }),
  ),
  Xzfp: optional(
    sequence({
      Fpsy: list(
        all({
          IspId: id,
          Qsip: long(0, 4294967295),
          Zzip: long(0, 4294967295),
          ...allocationFields({ date: day, phone: phones(11, 255), mail: emails(6, 255) }),
        }),
      ),
    }),
  ),
  Xzgbjs: optional(
    sequence({
      Jsxx: list(
        all({
          IspId: id,
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
          IspId: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Sfymtz: flag,
          Syfs: long(1, 3),
          Fprq: day,
          Dwmc: text(1, 255),
          Dwxz: code,
          Shengid: region,
          Shiid: region,
          Xianid: optional(region),
          Xxdz: text(1, 512),
          Lxrxm: text(1, 20),
          Lxrdh: phones(11, 255),
          Lxrdzyj: emails(6, 255),
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

/** 修改 under the authority’s ids. */
export const changedIpRecords = all({
  Xgly: optional(
    sequence({
      Ly_xx: list(
        all({
          Id: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Lydw: id,
          Bz: optional(text(1, 1024)),
        }),
      ),
    }),
  ),
  Xgfp: optional(
    sequence({
      Fpsy: list(
        all({
          Id: id,
          Qsip: ipv4,
          Zzip: ipv4,
          ...allocationFields({ date: day, phone: phones(11, 255), mail: emails(6, 255) }),
        }),
      ),
    }),
  ),
  XgZd: optional(
    sequence({
      Zdxx: list(
        all({
          Id: id,
          Qsip: long(0, 4294967295),
          Zzip: long(0, 4294967295),
          Sfymtz: flag,
          Syfs: long(1, 3),
          Fprq: day,
          Dwmc: text(1, 255),
          Dwxz: code,
          Shengid: region,
          Shiid: region,
          Xianid: optional(region),
          Xxdz: text(1, 512),
          Lxrxm: text(2, 20),
          Lxrdh: phones(11, 255),
          Lxrdzyj: emails(6, 255),
          Wgip: optional(ipv4),
          Wgdz: optional(text(1, 512)),
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
  Xggbjs: optional(
    sequence({
      Jsxx: list(
        all({
          Id: id,
          Gbdw: id,
          Sqdw: id,
          Qsip: ipv4,
          Zzip: ipv4,
          Bz: optional(text(1, 1024)),
        }),
      ),
    }),
  ),
});

/** 删除 by the authority’s ids. */
export const deletedIpRecords = all({
  Scly: optional(
    sequence({
      Ly: list(
        all({
          Id: id,
        }),
      ),
    }),
  ),
  Scfp: optional(
    sequence({
      Fpsy: list(
        all({
          Id: id,
        }),
      ),
    }),
  ),
  Sczd: optional(
    sequence({
      Zdxx: list(
        all({
          Id: id,
        }),
      ),
    }),
  ),
  Scgbjs: optional(
    sequence({
      Jsxx: list(
        all({
          Id: id,
        }),
      ),
    }),
  ),
});
