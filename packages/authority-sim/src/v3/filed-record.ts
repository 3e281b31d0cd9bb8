import { type DownloadToPack, findUncarriable } from '@openbeian/authority-wire/v3';
import { dayOf } from '@openbeian/model/calendar';
import { certificateRow } from '@openbeian/model/code-tables';
import type { LedgerAccess, LedgerService, LedgerSubject } from '../core/ledger.ts';
import type { SimState } from '../core/sim-state.ts';
import type { Person, Submission } from '../core/words.ts';
import { serviceOnRecord, subjectOnRecord } from './on-record.ts';
import { placeRows, type SimRules } from './rules.ts';

type Icp = NonNullable<Extract<DownloadToPack, { readonly ICP: unknown }>['ICP']>;
export type FiledRecord = NonNullable<Icp['BASJ']>['Baxx'][number];
type FiledService = FiledRecord['Wz_xx'][number];
type TaskRecord = NonNullable<Icp['HSRW']>['Baxx'][number];

export interface RecordContext {
  readonly state: SimState;
  readonly rules: SimRules;
  /** Units by the provider's id on the plain wire. */
  readonly unitOf: (provider: string) => number;
}

/** 2026-11-21 09:30:00 in Asia/Shanghai. */
export const timeText = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/**
 * A record as `BASJ` and `SJTB` have it, for a unit: its own numbers beside the authority's. Null where it has no service with an
 * access, of which the interface cannot speak.
 */
export function filedRecord(
  subjectNumber: string,
  serviceNumbers: readonly string[] | null,
  unit: number,
  context: RecordContext,
): FiledRecord | null {
  const { ledger } = context.state;
  const subject = ledger.subjects.get(subjectNumber);
  if (subject === undefined) return null;
  const services = ledger
    .listServices(subjectNumber)
    .filter(({ number }) => serviceNumbers === null || serviceNumbers.includes(number))
    .filter(({ number }) => ledger.listAccesses(number).length > 0)
    .map((service) => filedService(service, subject, unit, context));
  return services.length === 0 ? null : { Zt_xx: filedSubject(subject, unit, context), Wz_xx: services };
}

function filedSubject(subject: LedgerSubject, unit: number, { state, rules }: RecordContext): FiledRecord['Zt_xx'] {
  const detail = subjectOnRecord(state, subject);
  const { principal } = detail;
  return {
    ...own('IspZtid', subject.owns.get(unit)),
    Ztid: subject.id,
    Dwmc: text(detail.name, 255),
    ...own('Dwxz', detail.nature),
    Txdz: {
      Shengid: Number(subject.province),
      ...divisionsOf(detail.region),
      ...some('Xxdz', detail.contactAddress, 1024),
    },
    Zj: {
      Zjlx: certificateId(detail, rules, dayOf(subject.reportedAt)),
      Zjhm: text(detail.certificateNumber, 128),
      Zjzs: text(detail.certificateAddress, 1024),
    },
    Fzr: { ...personOf(principal, subject.msn, rules), Fzr_dzyj: text(principal.email, 128, 'unknown@example.cn') },
    Baxh: subject.number,
    Bbyhlx: 1,
    ...some('Tzr', detail.superior, 255),
    Scbbsj: timeText(subject.reportedAt),
    Zjxgsj: timeText(subject.changedAt),
    ...some('Bz', detail.remark, 1024),
  };
}

function divisionsOf(region: string | undefined): { Shiid?: number; Xianid?: number } {
  if (region === undefined || !/^[1-9]\d{5}$/.test(region) || region.endsWith('0000')) return {};
  const city = Number(`${region.slice(0, 4)}00`);
  return { Shiid: city, ...(Number(region) !== city && { Xianid: Number(region) }) };
}

function certificateId(
  { certificateId: id, nature, kind, certificateType }: Submission['subject'],
  { tables }: SimRules,
  at: string,
) {
  const word = tables.natures.items.find((row) => row.id === nature)?.key ?? kind;
  return id ?? certificateRow(tables, word, certificateType, at)?.id ?? 1;
}

function personOf(person: Person, msn: string | null, { tables }: SimRules) {
  const kind = tables.certificates.items.find(
    ({ key, holder }) => key === person.certificateType && holder === 'person',
  );
  return {
    ...some('Fzr_xm', person.name, 128),
    ...some('Fzr_dhhm', person.officePhone, 128, 11),
    ...some('Fzr_sjhm', person.mobile, 128, 11),
    ...some('Fzr_dzyj', person.email, 128, 6),
    ...some('Msn', msn ?? undefined, 128, 6),
    ...some('Qq', person.messenger?.id === 1 ? person.messenger.account : undefined, 128, 5),
    ...own('Fzr_zjlx', kind?.id),
    ...some('Fzr_zjhm', person.certificateNumber, 128),
  };
}

function filedService(
  service: LedgerService,
  subject: LedgerSubject,
  unit: number,
  context: RecordContext,
): FiledService {
  const { state, rules } = context;
  const detail = serviceOnRecord(state, service);
  const scans = new Map((service.own?.scans ?? []).map(({ id, files }) => [id, files] as const));
  const approvals = (detail.preApprovals ?? []).filter(({ id }) => scans.has(id));
  return {
    ...own('IspWzid', service.owns.get(unit)),
    Wzid: service.id,
    Wzmc: text(detail.name, 512),
    ...(approvals.length > 0 && {
      Nrlx: { Nrlx_xx: approvals.map(({ id, number }) => ({ Nrlx_id: id, Qzsph: number, Spwj: scans.get(id) ?? [] })) },
    }),
    ...((detail.contents ?? []).length > 0 && { Fwnr: { Fwnr_id: detail.contents ?? [] } }),
    Yylb: { Yylb_id: languageRows(detail.languages, rules) },
    Ym_xx: [
      {
        ...own('IspYmid', service.domain.owns.get(unit)),
        Ymid: service.domain.id,
        Ym: text(detail.domainName, 128, 'none.example.cn'),
      },
    ],
    Jr_xx: state.ledger.listAccesses(service.number).map((access) => filedAccess(access, subject, unit, context)),
    Wz_Fzr: {
      ...personOf(detail.principal, service.own?.msn ?? null, rules),
      Fzr_xm: text(detail.principal.name, 128),
    },
    ...some('Syurl', detail.homeUrl, 255, 4),
    ...some('Wz_Bz', detail.remark, 1024),
    Scbbsj: timeText(service.reportedAt),
    Zjxgsj: timeText(service.changedAt),
    Baxh: service.number,
  };
}

function languageRows(words: readonly string[], { tables }: SimRules): readonly number[] {
  const rows = words.flatMap(
    (word) => tables.languages.items.find(({ id, key }) => (key ?? String(id)) === word)?.id ?? [],
  );
  // The plain wire has words of its own for some; a record is in one language at least.
  return rows.length > 0 ? rows : [1];
}

function filedAccess(
  access: LedgerAccess,
  subject: LedgerSubject,
  unit: number,
  context: RecordContext,
): FiledService['Jr_xx'][number] {
  const rows = placeRows(context.rules, dayOf(subject.reportedAt));
  const rowOf = (division: string) => [...rows].find(([, each]) => each === division)?.[0];
  const places = access.places.length > 0 ? access.places : access.divisions.flatMap((each) => rowOf(each) ?? []);
  const unreported = [{ id: access.id, own: null, ...placeholder }];
  return {
    ...(access.line?.unit === unit && own('IspJrid', access.own ?? undefined)),
    Jrid: access.id,
    Ispid: access.line?.unit ?? context.unitOf(access.provider),
    Wzfb: { Fbdd: places.length > 0 ? places : [rowOf(subject.province) ?? 1] },
    Wzjrfs: { Jrfs: access.methods.length > 0 ? access.methods : [3] },
    Ip_xx: (access.ranges.length > 0 ? access.ranges : unreported).map((range) => ({
      ...(access.line?.unit === unit && own('IspIpid', range.own ?? undefined)),
      Ipid: range.id,
      Qsip: range.first,
      Zzip: range.last,
    })),
  };
}

/** Where no IPv4 address was reported the interface wants one all the same: 192.0.2.1, which is nobody's (RFC 5737). */
const placeholder = { first: 3_221_225_985, last: 3_221_225_985 } as const;

/** A record as a task has it (`HSRW`). */
export function taskRecord(record: FiledRecord): TaskRecord {
  const { Zt_xx, Wz_xx } = record;
  const { Ztid, Dwmc, Dwxz, Txdz, Zj, Fzr, Tzr, Bbyhlx, Scbbsj, Zjxgsj, Bz } = Zt_xx;
  return {
    Zt_xx: { Ztid, Dwmc, Dwxz, Txdz, Zj, Fzr, Tzr, Bbyhlx, Scbbsj, Zjxgsj, Bz },
    Wz_xx: Wz_xx.map(({ IspWzid: _own, Baxh: _number, Ym_xx, Jr_xx, ...service }) => ({
      ...service,
      Ym_xx: Ym_xx.map(({ Ymid, Ym }) => ({ Ymid, Ym })),
      Jr_xx: Jr_xx.map(({ Jrid, Ispid, Wzfb, Wzjrfs, Ip_xx }) => ({
        Jrid,
        Wzfb,
        Wzjrfs,
        Ip_xx: Ip_xx.map(({ Ipid, Qsip, Zzip }) => ({ Ipid, Qsip, Zzip })),
        Bbyhid: Ispid,
        Bbyhlx: 1,
      })),
    })),
  };
}

/** A text that the interface can carry: of characters that GBK has, and not longer. */
export function text(value: string, most: number, none = '无'): string {
  const lost = findUncarriable(value).map(({ character }) => character);
  const carried = lost.reduce((rest, character) => rest.replaceAll(character, '？'), value).slice(0, most);
  return carried.trim() === '' ? none : carried;
}

/** The element where there is something to say. */
function some<Name extends string>(name: Name, value: string | undefined, most: number, least = 1) {
  const given = value ?? '';
  // The key is `name`.
  return (given.trim().length < least ? {} : { [name]: text(given, most) }) as { readonly [One in Name]?: string };
}

function own<Name extends string>(name: Name, value: number | undefined) {
  // The key is `name`.
  return (value === undefined ? {} : { [name]: value }) as { readonly [One in Name]?: number };
}
