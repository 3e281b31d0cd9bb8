import { type Day, dayOf } from '@openbeian/model/calendar';
import { type CodeRow, type CodeTableName, type CodeTables, rowsOn } from '@openbeian/model/code-tables';
import { filingKindNames } from '@openbeian/model/filing';
import { type DivisionTable, findProvince } from '@openbeian/model/province';
import type { AuthorityPrincipal, AuthoritySubmission, AuthorityValidity } from '../../../ports/index.ts';

type Text = { readonly zh: string; readonly en: string };

/** One field of the authority's entry form: what to type, and the number that the form keeps for it. */
interface SheetRow {
  readonly id: string;
  readonly label: Text;
  /** In Chinese, as the form takes it; empty where nothing is said. */
  readonly value: string;
  /** The number in the authority's table; of several choices their sum of bits, as the form keeps it. Null: none. */
  readonly code: string | null;
}
export interface SheetSection {
  readonly id: 'subject' | 'subject_principal' | 'service' | 'service_principal' | 'access';
  readonly title: Text;
  readonly rows: readonly SheetRow[];
}

/** What the sheet is read by. */
interface Tables {
  readonly codeTables: CodeTables;
  readonly divisions: DivisionTable;
}

const row = (
  id: string,
  [zh, en]: readonly [string, string],
  ...[value, code = null]: readonly [value: string, code?: string | null]
): SheetRow => ({ id, label: { zh, en }, value, code });

/**
 * A filing in the order of the authority's entry form for access providers (docs/sources.md `ENTRY-FORM-23`), to be typed in by hand.
 * Rows that the kind of service or of organiser does not have are left out; optional ones that are empty stay, so that nobody looks
 * for them.
 * @param at the instant whose code tables count
 */
export function sheetOf(submission: AuthoritySubmission, tables: Tables, at: string): SheetSection[] {
  const reader = new CodeReader(tables, dayOf(at));
  const { subject, service, access } = submission;
  const isPerson = subject.kind === 'individual';
  return [
    { id: 'subject', title: { zh: '主办者信息', en: 'Organiser' }, rows: subjectRows(submission, reader) },
    {
      id: 'subject_principal',
      title: { zh: '主体负责人', en: 'Person in charge of the organiser' },
      rows: principalRows('subject.principal', subject.principal, reader),
    },
    ...(service.name === '' && service.domainName === ''
      ? []
      : ([
          { id: 'service', title: { zh: '互联网信息服务', en: 'Service' }, rows: serviceRows(submission, reader) },
          {
            id: 'service_principal',
            title: { zh: '互联网信息服务负责人', en: 'Person in charge of the service' },
            rows: principalRows('service.principal', isPerson ? subject.principal : service.principal, reader),
          },
          { id: 'access', title: { zh: '接入信息', en: 'Access' }, rows: accessRows(access, reader) },
        ] as const)),
  ];
}

/** Names and numbers of the authority's tables on one day. */
class CodeReader {
  readonly #tables: Tables;
  readonly #day: Day;

  constructor(tables: Tables, day: Day) {
    this.#tables = tables;
    this.#day = day;
  }

  nameOf(table: CodeTableName, id: number | undefined): string {
    return this.#rows(table).find((one) => one.id === id)?.zh ?? '';
  }

  /** By the word that the form's values have. */
  byWord(table: CodeTableName, word: string): { readonly id: number; readonly zh: string } | undefined {
    return this.#rows(table).find((one) => one.key === word || String(one.id) === word);
  }

  namesOf(table: CodeTableName, ids: readonly number[]): string {
    return ids.map((id) => this.nameOf(table, id) || String(id)).join('、');
  }

  region(code: string | undefined): string {
    const division = this.#tables.divisions.get(code ?? '');
    const city = division === undefined ? undefined : this.#tables.divisions.get(division.cityCode);
    const province = findProvince(division?.provinceCode ?? code ?? '')?.zh ?? '';
    const names = [province, city?.name ?? '', division?.level === 'county' ? division.name : ''];
    return names.filter((name) => name !== '').join(' ');
  }

  /** The bits of the provinces where servers stand. */
  placeBits(divisions: readonly string[]): string | null {
    const rows = this.#tables.codeTables['server-places'].items.filter(({ division }) => divisions.includes(division));
    return rows.length === 0 ? null : String(rows.reduce((sum, { id }) => sum + 2 ** id, 0));
  }

  #rows(table: CodeTableName) {
    // Of the rows of any table only what all of them have is read.
    return rowsOn(this.#tables.codeTables[table] as { readonly items: readonly CodeRow[] }, this.#day);
  }
}

/** The entry form keeps several choices as one number: a bit for each, counted from one. */
const bitsOf = (ids: readonly number[]): string | null =>
  ids.length === 0 ? null : String(ids.reduce((sum, id) => sum + 2 ** (id - 1), 0));

const periodOf = (validity: AuthorityValidity | undefined): string =>
  validity === undefined ? '' : `${validity.from} 至 ${validity.to ?? '长期'}`;

function subjectRows({ subject, provinceCode, kind }: AuthoritySubmission, reader: CodeReader): SheetRow[] {
  const isUnit = subject.kind !== 'individual';
  const { legalRepresentative } = subject;
  const number = (id: number | undefined) => (id === undefined ? null : String(id));
  return [
    row('operation', ['办理事项', 'What is filed'], filingKindNames[kind].zh),
    ...(subject.number === null
      ? []
      : [row('subject.recordNumber', ['主体备案号', 'Organiser’s ICP number'], subject.number)]),
    row(
      'subject.nature',
      ['单位性质', 'Type of organiser'],
      reader.nameOf('natures', subject.nature),
      number(subject.nature),
    ),
    row(
      'subject.region',
      ['省/市/县', 'Region'],
      reader.region(subject.region ?? provinceCode),
      subject.region ?? provinceCode,
    ),
    row(
      'subject.certificate.type',
      ['证件类型', 'Type of certificate'],
      reader.nameOf('certificates', subject.certificateId),
      number(subject.certificateId),
    ),
    row('subject.certificate.number', ['证件号码', 'Certificate number'], subject.certificateNumber),
    row('subject.certificate.address', ['证件地址', 'Address on the certificate'], subject.certificateAddress),
    row('subject.certificate.validity', ['证件有效期', 'Validity of the certificate'], periodOf(subject.validity)),
    row('subject.name', [isUnit ? '主办单位名称' : '姓名', 'Name'], subject.name),
    row('subject.address', ['通信地址', 'Postal address'], subject.contactAddress),
    ...(isUnit
      ? [row('subject.superior', ['投资者或上级主管单位', 'Investor or superior body'], subject.superior ?? '')]
      : []),
    ...(legalRepresentative === null || legalRepresentative === undefined
      ? []
      : [
          row('subject.legalRepresentative.name', ['法定代表人姓名', 'Legal representative'], legalRepresentative.name),
          row(
            'subject.legalRepresentative.certificateNumber',
            ['法定代表人证件号码', 'Certificate number of the legal representative'],
            legalRepresentative.certificateNumber,
          ),
        ]),
    row(
      'subject.submittedBy',
      ['报备方式', 'Handed in by'],
      reader.nameOf('submitters', subject.submittedBy),
      number(subject.submittedBy),
    ),
    row('subject.remark', ['备注', 'Remark'], subject.remark ?? ''),
  ];
}

function principalRows(owner: string, principal: AuthorityPrincipal, reader: CodeReader): SheetRow[] {
  const certificate = reader.byWord('certificates', principal.certificateType);
  const { messenger } = principal;
  return [
    row(`${owner}.name`, ['姓名', 'Name'], principal.name),
    row(
      `${owner}.certificate.type`,
      ['证件类型', 'Type of certificate'],
      certificate?.zh ?? '',
      certificate === undefined ? null : String(certificate.id),
    ),
    row(`${owner}.certificate.number`, ['证件号码', 'Certificate number'], principal.certificateNumber),
    row(`${owner}.certificate.validity`, ['证件有效期', 'Validity of the certificate'], periodOf(principal.validity)),
    row(`${owner}.mobile`, ['手机号码（联系方式一）', 'Mobile'], principal.mobile),
    row(`${owner}.phone2`, ['联系方式二', 'Second phone'], principal.officePhone ?? ''),
    row(`${owner}.emergencyPhone`, ['应急联系电话', 'Emergency phone'], principal.emergencyMobile),
    row(`${owner}.email`, ['电子邮件', 'E-mail'], principal.email),
    row(
      `${owner}.im`,
      ['即时通信', 'Messenger'],
      messenger === null || messenger === undefined
        ? ''
        : `${reader.nameOf('messengers', messenger.id)} ${messenger.account}`,
      String(messenger?.id ?? -1),
    ),
    row(`${owner}.remark`, ['备注', 'Remark'], principal.remark ?? ''),
  ];
}

function serviceRows({ service }: AuthoritySubmission, reader: CodeReader): SheetRow[] {
  const isApp = service.kind === 'app';
  const { contents = [], preApprovals = [], app } = service;
  const languages = service.languages.flatMap((word) => reader.byWord('languages', word)?.id ?? []);
  return [
    ...(service.number === null
      ? []
      : [row('service.recordNumber', ['网站或 APP 备案号', 'ICP number (site or app)'], service.number)]),
    row('service.kind', ['服务类型', 'Kind of service'], isApp ? 'APP' : '网站', isApp ? '6' : '1'),
    row('service.name', [isApp ? 'APP 名称' : '网站名称', 'Name'], service.name),
    row('service.domains', ['域名', 'Domain'], service.domainName),
    ...(isApp ? [] : [row('service.homeUrl', ['首页网址', 'Address of the first page'], service.homeUrl)]),
    row(
      'service.contents',
      ['服务内容', 'Contents'],
      reader.namesOf(isApp ? 'app-contents' : 'website-contents', contents),
      isApp ? contents.join(',') || null : bitsOf(contents),
    ),
    row('service.languages', ['语言', 'Languages'], reader.namesOf('languages', languages), bitsOf(languages)),
    ...(preApprovals.length === 0
      ? [row('service.preApprovals', ['前置审批', 'Pre-approvals'], '以上都不涉及', '24')]
      : preApprovals.map(({ id, number, remark }, index) =>
          row(
            `service.preApprovals[${index}]`,
            ['前置审批', 'Pre-approval'],
            [reader.nameOf('pre-approvals', id), number, remark].filter((text) => text !== '').join(' '),
            String(id),
          ),
        )),
    ...(app === undefined ? [] : appRows(app, reader)),
    row('service.remark', ['备注', 'Remark'], service.remark),
  ];
}

function appRows(app: NonNullable<AuthoritySubmission['service']['app']>, reader: CodeReader): SheetRow[] {
  return [
    ...app.platforms.flatMap(({ platform, packageName, publicKey, fingerprint, domains, addresses }, index) => {
      const at = `app.platforms[${index}]`;
      return [
        row(`${at}.platform`, ['运行平台', 'Platform'], reader.byWord('app-platforms', platform)?.zh ?? platform),
        row(`${at}.packageName`, ['包名', 'Package name'], packageName),
        row(`${at}.publicKey`, ['公钥', 'Public key'], publicKey),
        row(`${at}.fingerprint`, ['证书指纹', 'Fingerprint of the certificate'], fingerprint),
        row(`${at}.domains`, ['平台域名', 'Domains'], domains.join('、')),
        row(`${at}.addresses`, ['平台 IP', 'Addresses'], addresses.join('、')),
      ];
    }),
    row('app.sdk.present', ['是否涉及 SDK', 'Uses SDKs'], app.sdks.length > 0 ? '是' : '否'),
    ...app.sdks.map(({ name, use, provider }, index) =>
      row(`app.sdk.items[${index}]`, ['SDK', 'SDK'], [name, use, provider].filter((text) => text !== '').join(' · ')),
    ),
  ];
}

function accessRows(access: AuthoritySubmission['access'], reader: CodeReader): SheetRow[] {
  const { methods = [], places = [], ipRanges = [] } = access;
  return [
    row(
      'access.methods',
      ['接入方式', 'How it is connected'],
      reader.namesOf('access-methods', methods),
      bitsOf(methods),
    ),
    row(
      'access.serverPlaces',
      ['服务器放置地', 'Where the servers are'],
      places.map((code) => findProvince(code)?.zh ?? code).join('、'),
      reader.placeBits(places),
    ),
    ...ipRanges.flatMap(({ first, last }, index) => [
      row(`access.ipRanges[${index}].from`, ['起始 IP', 'First address'], first),
      row(`access.ipRanges[${index}].to`, ['终止 IP', 'Last address'], last),
    ]),
  ];
}
