import { accessPart, filePart, listLosses, ownerKinds, type Say, servicePart, subjectPart } from './message-parts.ts';
import type { MapContext, RecordedService, SubmissionToMap } from './to-map.ts';

/**
 * A hand-over as one upload of interface V3.0: 新增备案, 新增网站, 新增接入, 变更 or 注销. Everything that the interface does not carry is
 * named, with the field; `upload` is null where something of it keeps the whole from being sent. Lengths and characters are for
 * the codec to check.
 */
export function toUpload(submission: SubmissionToMap, context: MapContext) {
  const { say, losses } = listLosses();
  const ICP = { ...operationPart(submission, context, say), Qqdwid: context.unit };
  return { upload: losses.some(({ blocks }) => blocks) ? null : { ICP }, notCarried: losses };
}

function operationPart(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { act, of } = submission.operation;
  if (act === 'cancel') return { ZXBA: { Zx_xx: [cancellation(submission, context, say)] } };
  if (act === 'change') return { BGBA: { Bgxx: [change(submission, context, say)] } };
  if (of.includes('subject')) return { XZBA: { Baxx: [newFiling(submission, context, say)] } };
  if (of.includes('service')) return { XZWZ: { Xzxx: [addedService(submission, context, say)] } };
  return { XZJR: { Xzxx: [addedAccess(submission, context, say)] } };
}

function newFiling(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { own, attachments } = context;
  return {
    Zt_xx: {
      IspZtid: own.subject,
      ...subjectPart(submission, context, say),
      Bbfs: submission.subject.submittedBy ?? 0,
    },
    Wz_xx: [newService(submission, context, say)],
    Fj: attachments.map((file) => ({
      Fjxx: { ...filePart(file), Fjssdx: { Ssdxlx: ownerKinds[file.about], Ssdxbs: own[file.about] } },
    })),
  };
}

function addedService(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { own, attachments, filingPasswordHash } = context;
  const subject = subjectMark(submission, context, say);
  return {
    Zt_xx: 'Jlid' in subject ? { Ztid: subject.Jlid } : { Ztbah: subject.Baxh },
    Wz_xx: [newService(submission, context, say)],
    Fj: attachments.map((file) => ({
      Fjxx: {
        ...filePart(file),
        // The service has no number of the authority's yet.
        Fjssdx: { Ssdxlx: ownerKinds[file.about], Ssdxbs: file.about === 'subject' ? subject : { Jlid: own.service } },
      },
    })),
    ICPmm: filingPasswordHash ?? undefined,
  };
}

function addedAccess(submission: SubmissionToMap, context: MapContext, say: Say) {
  const service = serviceMark(submission, context, say);
  return {
    Wz_xx: 'Jlid' in service ? { Wzid: service.Jlid } : { Wzbah: service.Baxh },
    IspJrid: context.own.access,
    ...accessPart(submission, context, say),
    Fj: filesOnRecord(submission, context, say),
    ICPmm: passwordNeeded(context, say),
  };
}

function newService(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { Wz_Fzr, Syurl, Wz_Bz, ...service } = servicePart(submission, context, say);
  const { own } = context;
  return {
    IspWzid: own.service,
    ...service,
    Ym_xx: [{ IspYmid: own.domain, Ym: submission.service.domainName }],
    Jr_xx: [{ IspJrid: own.access, ...accessPart(submission, context, say) }],
    Wz_Fzr,
    Syurl,
    Wz_Bz,
  };
}

/** A change (`BGBA`) has `Zjlx` up to here, unlike what makes a record. */
const lastOfChange = 11;

function change(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { ids, recorded } = context;
  if (ids.subject === null || submission.subject.number === null) say('subject.number', 'record_id_missing');
  if ((submission.subject.certificateId ?? 0) > lastOfChange)
    say('subject.certificateType', 'certificate_not_in_change');
  const isOfService = submission.operation.of.includes('service');
  if (!isOfService && recorded.length === 0) say('service.number', 'recorded_service_missing');
  return {
    Zt_xx: {
      Ztid: ids.subject ?? 0,
      ...subjectPart(submission, context, say),
      Baxh: submission.subject.number ?? '',
    },
    Wz_xx: isOfService ? [changedService(submission, context, say)] : recorded.map((each) => sameService(each, say)),
    Fj: filesOnRecord(submission, context, say),
    ICPmm: context.filingPasswordHash ?? undefined,
  };
}

function changedService(submission: SubmissionToMap, context: MapContext, say: Say) {
  const { ids, own } = context;
  const { number, domainName } = submission.service;
  if (ids.service === null || ids.access === null || number === null) say('service.number', 'record_id_missing');
  const { Wz_Fzr, Syurl, Wz_Bz, ...service } = servicePart(submission, context, say);
  return {
    Wzid: ids.service ?? 0,
    ...service,
    Ym_xx: [{ IspYmid: own.domain, Ymid: ids.domain ?? undefined, Ym: domainName }],
    Jr_xx: [{ Jrid: ids.access ?? 0, ...accessPart(submission, context, say) }],
    Wz_Fzr,
    Baxh: number ?? '',
    Syurl,
    Wz_Bz,
  };
}

/**
 * A service that is not changed, as it was downloaded. What is missing stays empty, and the codec refuses it at its element. Where the
 * provider has no number of its own, the authority’s is given.
 */
function sameService(service: RecordedService, say: Say) {
  const { Wzid, Wzmc, Nrlx, Fwnr, Yylb, Ym_xx = [], Jr_xx = [], Wz_Fzr, Baxh, Syurl, Wz_Bz } = service;
  if (Wzid === undefined || Baxh === undefined) say('service.number', 'recorded_service_missing');
  return {
    Wzid: Wzid ?? 0,
    Wzmc: Wzmc ?? '',
    Nrlx: Nrlx && { Nrlx_xx: (Nrlx.Nrlx_xx ?? []).map(sameApproval) },
    Fwnr: { Fwnr_id: Fwnr?.Fwnr_id ?? [] },
    Yylb: { Yylb_id: Yylb?.Yylb_id ?? [] },
    Ym_xx: Ym_xx.map(({ IspYmid, Ymid, Ym }) => ({ IspYmid: IspYmid ?? Ymid ?? 0, Ymid, Ym: Ym ?? '' })),
    Jr_xx: Jr_xx.map(sameAccess),
    Wz_Fzr: {
      ...Wz_Fzr,
      Fzr_xm: Wz_Fzr?.Fzr_xm ?? '',
      Fzr_sjhm: Wz_Fzr?.Fzr_sjhm ?? '',
      Fzr_dzyj: Wz_Fzr?.Fzr_dzyj ?? '',
    },
    Baxh: Baxh ?? '',
    Syurl,
    Wz_Bz,
  };
}

type Item<List> = NonNullable<List> extends readonly (infer One)[] ? One : never;

const sameApproval = ({ Nrlx_id, Qzsph, Spwj }: Item<NonNullable<RecordedService['Nrlx']>['Nrlx_xx']>) => ({
  Nrlx_id: Nrlx_id ?? 0,
  Qzsph: Qzsph ?? '',
  Spwj: Spwj ?? [],
});

const sameAccess = ({ Jrid, Wzfb, Wzjrfs, Ip_xx = [] }: Item<RecordedService['Jr_xx']>) => ({
  Jrid: Jrid ?? 0,
  Wzfb: { Fbdd: Wzfb?.Fbdd ?? [] },
  Wzjrfs: { Jrfs: Wzjrfs?.Jrfs ?? [] },
  Ip_xx: Ip_xx.map(({ IspIpid, Ipid, Qsip, Zzip }) => ({
    IspIpid: IspIpid ?? Ipid ?? 0,
    Ipid,
    Qsip: Qsip ?? 0,
    Zzip: Zzip ?? 0,
  })),
});

/** `Zxlb`: what is cancelled, with everything below it. */
const cancelled = { subject: 0, service: 1, access: 2 } as const;

function cancellation({ operation }: SubmissionToMap, context: MapContext, say: Say) {
  const scope = operation.of.includes('subject') ? 'subject' : operation.of.includes('service') ? 'service' : 'access';
  const id = context.ids[scope];
  if (id === null) say(scope === 'subject' ? 'subject.number' : 'service.number', 'record_id_missing');
  if (context.cancellation === null) say('cancellation.reason', 'cancellation_reason_missing');
  const remark = context.cancellation?.remark ?? '';
  return {
    Zxlb: cancelled[scope],
    Jlid: id ?? 0,
    Zxly: context.cancellation?.reason ?? 0,
    Zxlybz: remark === '' ? undefined : remark,
    ICPmm: scope === 'subject' ? passwordNeeded(context, say) : (context.filingPasswordHash ?? undefined),
  };
}

function filesOnRecord(submission: SubmissionToMap, context: MapContext, say: Say) {
  return context.attachments.map((file) => ({
    Fjxx: {
      ...filePart(file),
      Fjssdx: {
        Ssdxlx: ownerKinds[file.about],
        Ssdxbs:
          file.about === 'subject' ? subjectMark(submission, context, say) : serviceMark(submission, context, say),
      },
    },
  }));
}

type RecordMark = { readonly Jlid: number } | { readonly Baxh: string };

/** By the authority's id, or by the filing number where that alone is known. */
function markOf(id: number | null, number: string | null, field: string, say: Say): RecordMark {
  if (id !== null) return { Jlid: id };
  if (number === null) say(field, 'record_id_missing');
  return { Baxh: number ?? '' };
}

const subjectMark = ({ subject }: SubmissionToMap, { ids }: MapContext, say: Say) =>
  markOf(ids.subject, subject.number, 'subject.number', say);

const serviceMark = ({ service }: SubmissionToMap, { ids }: MapContext, say: Say) =>
  markOf(ids.service, service.number, 'service.number', say);

function passwordNeeded({ filingPasswordHash }: MapContext, say: Say): string {
  if (filingPasswordHash === null) say('filingPassword', 'filing_password_missing');
  return filingPasswordHash ?? '';
}
