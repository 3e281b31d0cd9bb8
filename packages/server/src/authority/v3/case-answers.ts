import type { DownloadData, UploadData } from '@openbeian/authority-wire/v3';
import { type AuthorityNotice, type DownloadedTables, ipv4Number, type NamedRow } from '@openbeian/model/authority-v3';
import { type Day, dayOf } from '@openbeian/model/calendar';
import type { AnswerChoice, CaseAnswer, CaseRow } from '../../ports/index.ts';

type Task = NonNullable<NonNullable<NonNullable<DownloadData['ICP']>['HSRW']>['Baxx']>[number];
type Site = NonNullable<Task['Wz_xx']>[number];
type IcpUpload = Extract<UploadData, { readonly ICP: unknown }>['ICP'];
type Verification = NonNullable<IcpUpload['HSJG']>['Hsjgxx'][number];
type VerifiedSite = Verification['Baxx']['Wz_xx'][number];
type UnfiledSite = Extract<AuthorityNotice, { readonly kind: 'unfiled_site' }>;

/** Which kind of case each act answers. */
const kindOf = { answer_task: 'verification_task', report_unfiled: 'unfiled_site' } as const satisfies Record<
  CaseAnswer['act'],
  string
>;

/** Who answers, for which province, and when. */
export interface Answering {
  readonly unit: number;
  readonly row: Pick<CaseRow, 'kind' | 'provinceCode'>;
  readonly at: string;
}

/**
 * The document that answers a case. Null: such a case is not answered so, or the authority has not said what its answer must repeat.
 * @param content what the case holds
 */
export function answerOf(act: CaseAnswer, content: unknown, { unit, row, at }: Answering): UploadData | null {
  if (row.kind !== kindOf[act.act]) return null;
  const today = dayOf(at);
  if (act.act === 'answer_task') {
    // It was written by `applyNotices`, out of what the codec had read.
    const verified = verificationOf(act, content as Task, { unit, today });
    return verified === null ? null : { ICP: { HSJG: { Hsjgxx: [verified] }, Qqdwid: unit } };
  }
  // It was written by `applyNotices`.
  const { domain, address, carrier, provider } = content as UnfiledSite;
  const ip = address === null ? null : ipv4Number(address);
  if (ip === null || carrier === null) return null;
  const handled = { Cljg: act.result, Clyj: act.handling, Rbsj: today, Clsx: act.doneOn };
  const site = { Ym: domain, IP: ip, Yys: carrier, Jrs: provider ?? unit, Shengid: Number(row.provinceCode) };
  return { ICP: { WBACLJG: { Clxx: [{ ...site, ...handled }] }, Qqdwid: unit } };
}

function verificationOf(
  { isTrue, verifier, opinion, errors }: Extract<CaseAnswer, { act: 'answer_task' }>,
  { Zt_xx, Wz_xx }: Task,
  { unit, today }: { readonly unit: number; readonly today: Day },
): Verification | null {
  const subject = subjectOf(Zt_xx);
  const sites = (Wz_xx ?? []).map(siteOf);
  if (subject === null || sites.length === 0) return null;
  return {
    Hsjg: isTrue ? 0 : 1,
    Hsrxm: verifier,
    Hssj: today,
    Bbdw: unit,
    Hsyj: opinion,
    Cwxx: errors === '' ? undefined : errors,
    Baxx: { Zt_xx: subject, Wz_xx: sites },
  };
}

/*
 * What was asked about is repeated as it came. What the task has to have and has not stays empty, and the codec refuses it at its
 * element. V3.0 names the mobile number of a task and of its answer differently.
 */

function subjectOf(from: Task['Zt_xx']): Verification['Baxx']['Zt_xx'] | null {
  if (from?.Ztid === undefined || from.Fzr === undefined) return null;
  const { Ztid, Dwmc = '', Dwxz, Txdz, Tzr, Zj, Fzr, Bz } = from;
  const { Fzr_sjhm, ...person } = Fzr;
  const province = Txdz?.Shengid ?? 0;
  return {
    Ztid,
    Dwmc,
    Dwxz,
    // A task may say the province alone; an answer has to have a city.
    Txdz: { Shengid: province, Shiid: Txdz?.Shiid ?? province, Xianid: Txdz?.Xianid, Xxdz: Txdz?.Xxdz },
    Tzr,
    Zj: { Zjlx: Zj?.Zjlx ?? 0, Zjhm: Zj?.Zjhm ?? '', Zjzs: Zj?.Zjzs ?? '' },
    Fzr: { ...person, sjhm: Fzr_sjhm ?? '', Fzr_dzyj: Fzr.Fzr_dzyj ?? '' },
    Bz,
  };
}

function siteOf({ Wzid, Wzmc, Nrlx, Fwnr, Ym_xx = [], Jr_xx = [], Wz_Fzr, Syurl, Wz_Bz }: Site): VerifiedSite {
  const { Fzr_sjhm, ...person } = Wz_Fzr ?? {};
  const approvals = Nrlx?.Nrlx_xx ?? [];
  return {
    Wzid: Wzid ?? 0,
    Wzmc: Wzmc ?? '',
    Nrlx:
      approvals.length === 0
        ? undefined
        : {
            Nrlx_xx: approvals.map(({ Nrlx_id = 0, Qzsph = '', Spwj = [] }) => ({
              Nrlx_id,
              Qzsph,
              Spwj: [...Spwj],
            })),
          },
    Fwnr: { Fwnr_id: [...(Fwnr?.Fwnr_id ?? [])] },
    Ym_xx: Ym_xx.map(({ Ymid = 0, Ym = '' }) => ({ Ymid, Ym })),
    Jr_xx: Jr_xx.map(({ Jrid = 0, Wzfb, Wzjrfs, Ip_xx = [], Bbyhlx = 0 }) => ({
      Jrid,
      Wzfb: { Fbdd: [...(Wzfb?.Fbdd ?? [])] },
      Wzjrfs: { Jrfs: [...(Wzjrfs?.Jrfs ?? [])] },
      Ip_xx: Ip_xx.map(({ Ipid = 0, Qsip = 0, Zzip = 0 }) => ({ Ipid, Qsip, Zzip })),
      Bbfs: Bbyhlx,
    })),
    Wz_Fzr: { ...person, Fzr_xm: person.Fzr_xm ?? '', Fzr_dzyj: person.Fzr_dzyj ?? '', sjhm: Fzr_sjhm },
    Syurl,
    Wz_Bz,
  };
}

/** The rows that an answer is chosen from, as the province sent them. */
export function choicesOf(kind: string, { others }: DownloadedTables): readonly AnswerChoice[] {
  const rows: readonly NamedRow[] | null =
    kind === kindOf.answer_task
      ? others.verificationOpinions
      : kind === kindOf.report_unfiled
        ? others.unfiledResults
        : null;
  return (rows ?? []).filter(({ isValid }) => isValid).map(({ id, zh }) => ({ id, zh }));
}
