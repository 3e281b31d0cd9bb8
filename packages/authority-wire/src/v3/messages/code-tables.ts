import { all, code, flag, id, list, long, optional, region, sequence, text } from '../schema/node.ts';

const namedRow = all({
  Id: id,
  Mc: text(1, 64),
  Bz: optional(text(1, 128)),
  Sfyx: flag,
});

const namedRowNoteLast = all({
  Id: id,
  Mc: text(1, 64),
  Sfyx: flag,
  Bz: optional(text(1, 128)),
});

const mappedRow = all({
  Id: id,
  Ysid: id,
  Mc: text(1, 32),
  Bz: optional(text(1, 128)),
  Sfyx: flag,
});

/** 报备单位列表. */
const reportingUnits = sequence({
  Bbdw: list(
    all({
      Id: id,
      Dwmc: text(1, 255),
      Dwfl: optional(code),
      Dwhyfl: optional(code),
      Jyxkzbh: optional(text(1, 128)),
      Shengid: optional(region),
      Shiid: optional(region),
      Xianid: optional(region),
      Xxdz: optional(text(1, 1024)),
      Sfyx: flag,
      Bz: optional(text(0, 128)),
    }),
  ),
});

/** The tables themselves. */
const codeRows = all({
  Dwfl_dms: optional(
    sequence({
      Dwfl_xx: list(namedRow),
    }),
  ),
  Dwxz_dms: optional(
    sequence({
      Dwxz_xx: list(namedRow),
    }),
  ),
  Qy_dms: optional(
    sequence({
      Qy_xx: list(
        all({
          Id: id,
          Mc: text(1, 32),
          Lx: optional(long(1, 3)),
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Yjfk_Wtfls: optional(
    sequence({
      Yjfk_Wtfl_xx: list(
        all({
          Id: id,
          Fl1: text(1, 128),
          Fl2: text(1, 128),
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Gj_dms: optional(
    sequence({
      Gj_dm_xx: list(
        all({
          Id: id,
          Ysid: id,
          Bm: text(1, 10),
          Mc: text(1, 64),
          Shengid: optional(region),
          Shengjc: optional(text(1, 128)),
          Bz: optional(text(1, 128)),
          Sfyx: flag,
          Dzyj: optional(text(6, 255)),
          Sjhm: optional(text(11, 128)),
        }),
      ),
    }),
  ),
  Hyfl_dms: optional(
    sequence({
      Hyfl_xx: list(
        all({
          Id: id,
          Bm: text(1, 10),
          Mc: text(1, 64),
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Xzjb_dms: optional(
    sequence({
      Xzjb_xx: list(namedRow),
    }),
  ),
  Zjlx_dms: optional(
    sequence({
      Zjlx_xx: list(
        all({
          Id: id,
          Mc: text(1, 64),
          Dwflid: id,
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Wzjylx_dms: optional(
    sequence({
      Wzjylx_xx: list(
        all({
          Id: id,
          Ysid: id,
          Mc: text(1, 32),
          Sfqzsp: flag,
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Wzfwlx_dms: optional(
    sequence({
      Wzfwlx_xx: list(mappedRow),
    }),
  ),
  Wzjrfs_dms: optional(
    sequence({
      Wzjrfs_xx: list(mappedRow),
    }),
  ),
  Zxly_dms: optional(
    sequence({
      Zxly_xx: list(
        all({
          Id: id,
          Nr: text(1, 128),
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Wbacl_dms: optional(
    sequence({
      Wbacl_xx: list(
        all({
          Id: id,
          Ztmc: text(1, 128),
          Bz: optional(text(1, 128)),
        }),
      ),
    }),
  ),
  Hsyj_dms: optional(
    sequence({
      Hsyj: list(namedRow),
    }),
  ),
  Ymlx_dms: optional(
    sequence({
      Ymlx: list(namedRow),
    }),
  ),
  Fjwjgs_dms: optional(
    sequence({
      Fjwjgs: list(namedRowNoteLast),
    }),
  ),
  Fjytlx_dms: optional(
    sequence({
      Fjzjlx: list(
        all({
          Id: id,
          Mc: text(1, 64),
          Ssdxlx: id,
          Bz: optional(text(1, 128)),
          Sfyx: flag,
        }),
      ),
    }),
  ),
  Yylb_dms: optional(
    sequence({
      Yylb: list(namedRowNoteLast),
    }),
  ),
});

/** 基础代码. */
export const codeTables = all({
  Bbdwlb: optional(reportingUnits),
  Jcdm_xx: optional(codeRows),
});
