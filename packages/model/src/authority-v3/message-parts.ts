import { ipv4Number } from './ipv4-number.ts';
import type { AttachmentToMap, MapContext, NotCarried, SubmissionToMap } from './to-map.ts';
import { type LossKind, lossTexts } from './words.ts';

/** Takes down what is not carried. */
export type Say = (field: string, kind: LossKind) => void;

/** A list that fills as the parts are made. */
export function listLosses(): { readonly say: Say; readonly losses: readonly NotCarried[] } {
  const losses: NotCarried[] = [];
  return { losses, say: (field, kind) => losses.push({ field, kind, ...lossTexts[kind] }) };
}

/** Rows beyond these the interface refuses. */
const longestTable = 64;

const orNone = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

type Person = SubmissionToMap['subject']['principal'];

/** `Fzr` and `Wz_Fzr`. */
function personPart(person: Person, owner: string, { rows }: MapContext, say: Say) {
  const kind = rows.certificates.get(person.certificateType);
  if (kind === undefined) say(`${owner}.certificateType`, 'certificate_kind_left_out');
  if (person.validity !== undefined) say(`${owner}.certificateValidTo`, 'validity_left_out');
  if (person.emergencyMobile !== '') say(`${owner}.emergencyMobile`, 'emergency_phone_left_out');
  if (orNone(person.remark) !== undefined) say(`${owner}.remark`, 'person_remark_left_out');
  const isQq = person.messenger?.id === qqRow;
  if (person.messenger && !isQq) say(`${owner}.messenger`, 'messenger_left_out');
  return {
    Fzr_xm: person.name,
    Fzr_dhhm: orNone(person.officePhone),
    Fzr_sjhm: person.mobile,
    Fzr_dzyj: person.email,
    Qq: isQq ? orNone(person.messenger?.account) : undefined,
    Fzr_zjlx: kind,
    Fzr_zjhm: person.certificateNumber,
  };
}

/** QQ in the table of messengers. */
const qqRow = 1;

/** What `Zt_xx` has in common, new or changed. */
export function subjectPart({ subject, provinceCode }: SubmissionToMap, context: MapContext, say: Say) {
  if (subject.validity !== undefined) say('subject.certificateValidTo', 'validity_left_out');
  if (subject.legalRepresentative) say('subject.legalRepresentative.name', 'legal_representative_left_out');
  if (orNone(subject.residenceProof) !== undefined) say('subject.residenceProof', 'residence_proof_left_out');
  if (subject.certificateId === undefined) say('subject.certificateType', 'nothing_chosen');
  return {
    Dwmc: subject.name,
    Dwxz: subject.nature,
    Tzr: orNone(subject.superior),
    Txdz: addressPart(subject, provinceCode, say),
    Zj: { Zjlx: subject.certificateId ?? 0, Zjhm: subject.certificateNumber, Zjzs: subject.certificateAddress },
    Fzr: personPart(subject.principal, 'subject.principal', context, say),
    Bz: orNone(subject.remark),
  };
}

/** Province, city and county follow from the six digits of the lowest. */
function addressPart({ region = '', contactAddress }: SubmissionToMap['subject'], provinceCode: string, say: Say) {
  if (!/^[1-9]\d{5}$/.test(region)) say('subject.region', 'nothing_chosen');
  const city = `${region.slice(0, 4)}00`;
  return {
    Shengid: Number(provinceCode),
    Shiid: Number(city),
    Xianid: region === city ? undefined : Number(region),
    Xxdz: orNone(contactAddress),
  };
}

/** What `Wz_xx` has in common, new or changed, but for its domain and access. */
export function servicePart({ service }: SubmissionToMap, context: MapContext, say: Say) {
  if (service.kind !== 'website') say('service.kind', 'not_a_website');
  const languages = service.languages.map((word) => context.rows.languages.get(word) ?? 0);
  return {
    Wzmc: service.name,
    Nrlx: approvalsPart(service.preApprovals ?? [], context, say),
    Fwnr: { Fwnr_id: withinTable(service.contents ?? [], 'service.content', say) },
    Yylb: { Yylb_id: withinTable(languages, 'service.languages', say) },
    Wz_Fzr: personPart(service.principal, 'service.principal', context, say),
    Syurl: orNone(service.homeUrl),
    Wz_Bz: orNone(service.remark),
  };
}

function approvalsPart(
  approvals: NonNullable<SubmissionToMap['service']['preApprovals']>,
  { approvalScans }: MapContext,
  say: Say,
) {
  if (approvals.length === 0) return undefined;
  return {
    Nrlx_xx: approvals.map(({ id, number, remark }) => {
      const scans = approvalScans.get(id) ?? [];
      if (scans.length === 0) say('service.preApproval', 'approval_scan_missing');
      if (remark !== '') say('service.preApproval', 'approval_remark_left_out');
      return { Nrlx_id: id, Qzsph: number, Spwj: scans };
    }),
  };
}

/** `Wzfb`, `Wzjrfs` and the addresses of `Jr_xx`. */
export function accessPart({ access }: SubmissionToMap, { rows, own }: MapContext, say: Say) {
  const places = (access.places ?? []).map((division) => rows.places.get(division) ?? 0);
  return {
    Wzfb: { Fbdd: withinTable(places, 'service.access.places', say) },
    Wzjrfs: { Jrfs: withinTable(access.methods ?? [], 'service.access.methods', say) },
    Ip_xx: rangesPart(access.ipRanges ?? [], say).map((range, index) => ({ IspIpid: own.ipRange(index), ...range })),
  };
}

function rangesPart(ranges: readonly { readonly first: string; readonly last: string }[], say: Say) {
  const field = 'service.access.ipRanges';
  const numbers = ranges.flatMap(({ first, last }) => {
    const [Qsip, Zzip] = [ipv4Number(first), ipv4Number(last)];
    return Qsip === null || Zzip === null ? [] : [{ Qsip, Zzip }];
  });
  if (numbers.length === 0) say(field, 'no_ipv4');
  else if (numbers.length < ranges.length) say(field, 'ipv6_left_out');
  if (numbers.some(({ Qsip, Zzip }) => Qsip > Zzip)) say(field, 'ip_range_reversed');
  return numbers;
}

/** The rows as they are; a choice that the table does not have is said, not left out. */
function withinTable(rows: readonly number[], field: string, say: Say): readonly number[] {
  if (rows.length === 0) say(field, 'nothing_chosen');
  if (rows.some((row) => row < 1 || row > longestTable)) say(field, 'beyond_table');
  return rows;
}

/** `Fjxx` but for what it belongs to. */
export const filePart = ({ format, purpose, content }: AttachmentToMap) => ({
  Fjwjgs: format,
  Fjyt: purpose,
  Fjnr: content,
});

/** `Ssdxlx`: what a file belongs to. */
export const ownerKinds = { subject: 1, service: 2 } as const;
