import { addDays } from '../calendar/index.ts';
import { type CodeTables, certificateRow, certificatesOf, rowOf, rowsOn, valueOf } from '../code-tables/index.ts';
import type { ServiceKind } from '../filing/kinds.ts';
import { organisationCheck, residentIdCheckDigit } from '../forms/identifiers.ts';
import type { FormContext, FormValues } from '../forms/index.ts';
import { type DivisionTable, divisionsBelow } from '../province/index.ts';
import { type FictionalPerson, fictionalCreditCode, fictionalPerson } from './people.ts';

/** Which filing is made up. */
export interface FictionalCase {
  readonly tables: CodeTables;
  readonly divisions: DivisionTable;
  /** A day in Asia/Shanghai. */
  readonly at: string;
  readonly provinceCode: string;
  /** A nature's word: `enterprise`, `law_practice`. */
  readonly nature: string;
  readonly serviceKind: ServiceKind;
  /** Its word; unless said, the nature's first that is no old organisation code. */
  readonly certificate?: string;
}

export interface FictionalFiling {
  readonly context: FormContext;
  readonly values: FormValues;
}

/** Somebody of an age at which people are in charge everywhere: born from 1975 on. */
const personOf = (seed: number, region: string): FictionalPerson =>
  fictionalPerson(seed * 30 + 5 + (seed % 25), region);

/** Parts of names that no rule of a province objects to, with what a unit of each nature is called. */
const words = ['星河', '云帆', '北辰', '青禾', '远山', '知行', '澄海', '长风'];
const unitNames: Readonly<Record<string, string>> = {
  defence: '装备研究所',
  government: '档案局',
  institution: '图书馆',
  enterprise: '科技有限公司',
  society: '徒步协会',
  private_non_enterprise: '助学服务站',
  foundation: '教育基金会',
  law_practice: '律师事务所',
  foreign_cultural_centre: '文化中心',
  mass_organisation: '职工联合会',
  forensic_institution: '司法鉴定所',
  religious_body: '禅院',
  overseas_institution: '海外协会代表处',
  medical_institution: '口腔诊所',
  notary_institution: '公证处',
  collective_organisation: '村股份经济合作社',
  arbitration_institution: '仲裁委员会',
};

/**
 * A fictional filing that is filled in wholly and passes the check of its day: the same seed and case always give the same one.
 * Nobody and nothing in it exists (see `people.ts`); addresses are those of RFC 5737.
 */
export function fictionalFiling(seed: number, of: FictionalCase): FictionalFiling {
  const { tables, divisions, at, provinceCode, nature, serviceKind } = of;
  const row = rowOf(tables.natures, nature, at);
  if (row === undefined) throw new RangeError(`no such nature: ${nature}`);
  const own = certificatesOf(tables, row.id, at);
  const certificate = of.certificate ?? (own.find(({ key }) => key !== 'organisation_code') ?? own[0])?.key ?? '';
  const isPerson = row.subjectKind === 'individual';
  const domainName = row.subjectKind === 'government' ? `example${seed}.gov.cn` : `example${seed}.cn`;
  const region = provinceCode.slice(0, 2);
  const values = {
    ...subjectValues(seed, of, certificate),
    ...(isPerson ? contactValues('subject.principal', personOf(seed, region)) : unitPeople(seed, region)),
    ...serviceValues(seed, of, { isPerson, domainName }),
  };
  const context = { kind: 'first', subjectKind: row.subjectKind, serviceKind, provinceCode, domainName, at } as const;
  return { context: { ...context, tables, divisions }, values };
}

function subjectValues(
  seed: number,
  { tables, divisions, at, provinceCode, nature }: FictionalCase,
  certificate: string,
) {
  const person = personOf(seed, provinceCode.slice(0, 2));
  const isPerson = nature === 'individual';
  const name = isPerson ? person.name : `示例${words[seed % words.length]}${unitNames[nature] ?? ''}`;
  const lowest = divisionsBelow(divisions, provinceCode).flatMap((city) =>
    city.isLowest ? [city] : divisionsBelow(divisions, city.code),
  );
  const id = certificateRow(tables, nature, certificate, at)?.id ?? 0;
  return {
    'subject.nature': nature,
    'subject.name': name,
    'subject.certificateType': certificate,
    'subject.certificateNumber': fictionalCertificateNumber(id, seed, provinceCode.slice(0, 2)),
    ...validityValues('subject', at, seed),
    'subject.region': lowest[seed % lowest.length]?.code ?? '',
    'subject.certificateAddress': person.address,
    'subject.contactAddress': person.address,
    'subject.submittedBy': 'self',
    ...(isPerson
      ? { 'subject.residenceProof': 'residence_permit' }
      : { 'subject.legalRepresentative.isPrincipal': 'yes' }),
  };
}

/** Long-term or for years to come; begun before the day. */
function validityValues(owner: string, at: string, seed: number) {
  return {
    [`${owner}.certificateValidFrom`]: addDays(at, -400 - (seed % 2000)),
    [`${owner}.certificateValidTo`]: seed % 3 === 0 ? 'long_term' : addDays(at, 800 + (seed % 2000)),
  };
}

function unitPeople(seed: number, region: string) {
  return {
    ...principalValues('subject.principal', seed, region),
    ...principalValues('service.principal', seed + 1, region),
  };
}

const principalValues = (at: string, seed: number, region: string) => {
  const person = personOf(seed, region);
  return {
    [`${at}.name`]: person.name,
    [`${at}.certificateType`]: 'resident_id',
    [`${at}.certificateNumber`]: person.residentId,
    ...validityValues(at, '2026-01-01', seed),
    ...contactValues(at, person),
  };
};

const contactValues = (at: string, person: FictionalPerson) => ({
  [`${at}.mobile`]: person.mobile,
  [`${at}.emergencyMobile`]: person.emergencyMobile,
  [`${at}.email`]: person.email,
});

interface Of {
  readonly isPerson: boolean;
  readonly domainName: string;
}

function serviceValues(seed: number, of: FictionalCase, { isPerson, domainName }: Of) {
  const { serviceKind, provinceCode } = of;
  const isApp = serviceKind === 'app';
  return {
    'service.name': `${words[(seed + 3) % words.length]}${isPerson ? '摄影手册' : '业务介绍'}`,
    ...(isApp ? {} : { 'service.homeUrl': `https://www.${domainName}/` }),
    'service.content': isApp ? appContents(of, seed) : [isPerson ? 'other' : 'portal'],
    'service.languages': seed % 4 === 0 ? ['zh_hans', 'en'] : ['zh_hans'],
    'service.preApproval': [{ type: 'none' }],
    'service.remark': '用于展示本单位或本人的介绍与文章，不含经营性内容，不提供交易、论坛、新闻和下载等任何交互服务。',
    ...(isApp ? appValues(seed, of, domainName) : {}),
    'service.access.methods': ['cloud'],
    'service.access.places': [provinceCode],
    'service.access.ipRanges': [{ first: `203.0.113.${seed % 200}`, last: `203.0.113.${(seed % 200) + 3}` }],
  };
}

function appContents({ tables, at }: FictionalCase, seed: number): string[] {
  const rows = rowsOn(tables['app-contents'], at).filter((row) => row.unitsOnly !== true);
  return [seed, seed + 7].map((index) => rows[index % rows.length]).flatMap((row) => (row ? [valueOf(row)] : []));
}

function appValues(seed: number, { tables, at }: FictionalCase, domainName: string) {
  const hexLengths = { md5: 32, sha1: 40, sha256: 64 };
  const platforms = rowsOn(tables['app-platforms'], at).flatMap(({ key, fingerprints }) =>
    fingerprints?.[0] === undefined
      ? []
      : [
          {
            platform: key,
            packageName: `cn.example.app${seed}`,
            publicKey: hexOf(seed, 512),
            fingerprint: hexOf(seed + 1, hexLengths[fingerprints[0]]),
            domains: [`api.${domainName}`],
            addresses: ['203.0.113.7', '2001:db8::7'],
          },
        ],
  );
  return {
    'service.hasIcon': 'yes',
    'service.platforms': platforms.slice(0, (seed % platforms.length) + 1),
    'service.hasSdks': seed % 2 === 0 ? 'yes' : 'no',
    ...(seed % 2 === 0 && { 'service.sdks': [{ name: '示例推送', use: '推送', provider: '示例云帆科技有限公司' }] }),
  };
}

/** So many hexadecimal digits that look like a digest. */
function hexOf(seed: number, length: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(16).padStart(8, '0').slice(-4);
  }
  return text.slice(0, length);
}

const digits = (value: number, length: number): string => String(value % 10 ** length).padStart(length, '0');

/** A number as certificates of this kind bear it, by their number in the authority's table; `region` is two digits. */
export function fictionalCertificateNumber(certificate: number, seed: number, region: string): string {
  const resident = personOf(seed, region).residentId;
  const permitOf = (first: string) => {
    const body = `${first}0000${resident.slice(6, 17)}`;
    return `${body}${residentIdCheckDigit(body)}`;
  };
  switch (certificate) {
    case 2:
      return resident;
    case 7:
      return `E${digits(seed, 8)}`;
    case 11:
      return digits(seed, 8);
    case 14:
      return `H${digits(seed, 8)}`;
    case 30: {
      const body = `911999${resident.slice(6, 17)}`;
      return `${body}${residentIdCheckDigit(body)}`;
    }
    case 41:
      return permitOf('81');
    case 42:
      return permitOf('83');
    case 3:
    case 9:
    case 10:
    case 12:
    case 16:
    case 18:
    case 20: {
      const body = digits(90_000_000 + seed, 8);
      return `${body}-${organisationCheck(body)}`;
    }
    case 5:
    case 22:
    case 23:
    case 34:
    case 35:
    case 37:
    case 40:
      return `示例第${digits(seed, 4)}号`;
    case 1:
    case 27:
      return fictionalCreditCode(seed);
    case 13:
      return fictionalCreditCode(seed, '11');
    case 4:
    case 15:
      return fictionalCreditCode(seed, '12');
    default:
      return fictionalCreditCode(seed, '52');
  }
}
