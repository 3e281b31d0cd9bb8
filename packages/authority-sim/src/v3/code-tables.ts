import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { type CodeRow, rowsOn } from '@openbeian/model/code-tables';
import { provinces, wholeNameOf } from '@openbeian/model/province';
import { subjectPurposes } from './attachment-faults.ts';
import { cancellationReasons, unfiledResults, verificationOpinions } from './own-tables.ts';
import type { SimRules } from './rules.ts';
import type { InterfaceUnit } from './units.ts';

const row = ({ id, zh }: { readonly id: number; readonly zh: string }) => ({ Id: id, Mc: zh, Sfyx: 1 }) as const;

/** The download of code tables (`JCDM`): those of the form, and the simulator's own. */
export function codeTablePart(
  { tables, divisions }: SimRules,
  units: readonly InterfaceUnit[],
  today: string,
): DownloadToPack {
  const named = (list: { readonly items: readonly CodeRow[] }) => rowsOn(list, today).map(row);
  const mapped = (list: { readonly items: readonly CodeRow[] }) =>
    named(list).map((each) => ({ ...each, Ysid: each.Id, Mc: each.Mc.slice(0, 32) }));
  const natures = rowsOn(tables.natures, today);
  const regions = [
    ...provinces.map((province) => ({ code: province.code, name: wholeNameOf(province), level: 1 })),
    ...[...divisions.values()].map(({ code, name, level }) => ({ code, name, level: level === 'city' ? 2 : 3 })),
  ];
  return {
    JCDM: {
      Bbdwlb: { Bbdw: units.map(({ ispId, name }) => ({ Id: ispId, Dwmc: name, Sfyx: 1 })) },
      Jcdm_xx: {
        Dwxz_dms: { Dwxz_xx: natures.map(row) },
        Qy_dms: {
          Qy_xx: regions.map(({ code, name, level }) => ({
            Id: Number(code),
            Mc: name.slice(0, 32),
            Lx: level,
            Sfyx: 1,
          })),
        },
        Zjlx_dms: {
          Zjlx_xx: rowsOn(tables.certificates, today).map((each) => ({
            ...row(each),
            Dwflid: natures.find(({ certificates }) => certificates.includes(each.id))?.id ?? 1,
          })),
        },
        Wzjylx_dms: {
          Wzjylx_xx: named(tables['pre-approvals']).map((each) => ({
            ...each,
            Mc: each.Mc.slice(0, 32),
            Ysid: each.Id,
            Sfqzsp: 1,
          })),
        },
        Wzfwlx_dms: { Wzfwlx_xx: mapped(tables['website-contents']) },
        Wzjrfs_dms: { Wzjrfs_xx: mapped(tables['access-methods']) },
        Zxly_dms: { Zxly_xx: cancellationReasons.map(([Id, Nr]) => ({ Id, Nr, Sfyx: 1 })) },
        Wbacl_dms: { Wbacl_xx: unfiledResults.map(([Id, Ztmc]) => ({ Id, Ztmc })) },
        Hsyj_dms: { Hsyj: verificationOpinions.map(([id, zh]) => row({ id, zh })) },
        Fjwjgs_dms: { Fjwjgs: [row({ id: 1, zh: 'JPG' })] },
        Fjytlx_dms: {
          Fjzjlx: named(tables['image-uses']).map((each) => ({
            ...each,
            Ssdxlx: subjectPurposes.includes(each.Id) ? 1 : 2,
          })),
        },
        Yylb_dms: { Yylb: named(tables.languages) },
      },
    },
  };
}
