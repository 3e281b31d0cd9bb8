import { all, id, ipv4, list, listOf, long, optional, sequence, text } from '../schema/node.ts';

const ipResult = sequence({
  Jgxx: list(
    sequence({
      Jgdm: id,
      Dmms: text(1, 255),
      Xgsj: listOf(
        sequence({
          Id: optional(id),
          IspId: optional(id),
          Qsip: ipv4,
          Zzip: ipv4,
          Bz: optional(text()),
        }),
        0,
        null,
      ),
    }),
  ),
  Id: optional(id),
  Czlx: long(1, 3),
  IspId: optional(id),
  Bz: optional(text()),
});

/** IP 备案: results and check results. */
export const ipParts = all({
  BAJG: optional(
    sequence({
      Lyjg: listOf(ipResult, 0, null),
      Fpjg: listOf(ipResult, 0, null),
      Gbjs: listOf(ipResult, 0, null),
      Zdip: listOf(ipResult, 0, null),
    }),
  ),
  HCJG: optional(
    sequence({
      Jgxx: sequence({
        Yj: listOf(
          all({
            Yjjlid: optional(id),
            Qsip: ipv4,
            Zzip: ipv4,
            Yjlx: optional(long(1, 10)),
            Yjqsip: optional(ipv4),
            Yjzzip: optional(ipv4),
            Bz: optional(text()),
          }),
          0,
          null,
        ),
        Ct: listOf(
          all({
            Ctjlid: optional(id),
            Qsip1: ipv4,
            Zzip1: ipv4,
            Ctbbdwid: id,
            Qsip2: ipv4,
            Zzip2: ipv4,
            Ctlx: optional(long(1, 10)),
            Bz: optional(text()),
          }),
          0,
          null,
        ),
        Wb: listOf(
          all({
            Qsip: ipv4,
            Zzip: ipv4,
            Fpdw: optional(id),
            Wblx: optional(long(1, 10)),
            Bz: optional(text()),
          }),
          0,
          null,
        ),
      }),
    }),
  ),
});

/** 域名备案: results. */
export const domainParts = all({
  BAJG: optional(
    sequence({
      Jg_xx: list(
        sequence({
          Jgxx: list(
            all({
              Dmms: text(0, 255),
              Jgdm: id,
            }),
          ),
          Id: optional(id),
          Czlx: long(1, 3),
          IspId: optional(id),
          Bz: optional(text()),
        }),
      ),
    }),
  ),
});
