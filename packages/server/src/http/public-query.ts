import { createHash } from 'node:crypto';
import { faultCatalogue, isFault } from '@openbeian/model/fault';
import type { ServiceKind } from '@openbeian/model/filing';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../flows/command/call.ts';
import { charge, type Paces } from './allowances.ts';
import { countedAddress } from './caller-address.ts';
import type { PublicRecord } from './flow-table.ts';
import type { HttpNeeds } from './needs.ts';
import { languageOf } from './problem.ts';
import { anybody } from './read-after.ts';
import { visitorOf } from './session.ts';

/**
 * The public query, with the paths, envelope and field names that existing filing-query clients read (docs/sources.md
 * `PUBLIC-QUERY`). It answers from our own records only. HTTP status is 200 throughout, as those clients expect;
 * `code` carries the outcome. Personal fields are always blank.
 */
const kinds = {
  web: { serviceKind: 'website', serviceType: 1, isBlacklist: false },
  app: { serviceKind: 'app', serviceType: 6, isBlacklist: false },
  mapp: { serviceKind: 'mini_program', serviceType: 7, isBlacklist: false },
  /** Quick apps (快应用): asked for by clients; no provider files them with us yet, so there are none. */
  kapp: { serviceKind: null, serviceType: 8, isBlacklist: false },
  bweb: { serviceKind: 'website', serviceType: 1, isBlacklist: true },
  bapp: { serviceKind: 'app', serviceType: 6, isBlacklist: true },
  bmapp: { serviceKind: 'mini_program', serviceType: 7, isBlacklist: true },
  bkapp: { serviceKind: null, serviceType: 8, isBlacklist: true },
} as const satisfies Record<string, Kind>;

interface Kind {
  readonly serviceKind: ServiceKind | null;
  readonly serviceType: number;
  readonly isBlacklist: boolean;
}

const maxPageSize = 100;
/** As the costs of the contract's operations: a search reads more than a look-up. */
const costOfSearch = 3;

export function registerPublicQuery(app: FastifyInstance, needs: HttpNeeds, paces: Paces): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      if (!isFault(error, 'auth.rate_limited')) throw error;
      // In the envelope of this query, for clients that read nothing else.
      const { retryAfterSeconds = 1 } = error.extras;
      const { zh, en } = faultCatalogue[error.code];
      const msg = { zh, en }[languageOf(request.headers['accept-language'])];
      return reply.code(429).header('retry-after', String(retryAfterSeconds)).send({ code: 429, msg, success: false });
    });
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, text, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(text))));
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/query/:kind',
      bodyLimit: 4096,
      onRequest: async (request, reply) =>
        charge(reply, [await paces.address.take(countedAddress(request.ip), costOfSearch)]),
      handler: async (request, reply) => {
        // Anybody may read it from any page: it is public and no cookie counts here.
        reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
        const asked = { ...(request.query as object), ...(request.body as object | undefined) };
        const { kind } = request.params as { kind: string };
        const { code, msg, ...rest } = await answer(needs, visitorOf(request), kind, asked);
        return { code, msg: msg[languageOf(request.headers['accept-language'])], ...rest };
      },
    });
  });
}

async function answer(needs: HttpNeeds, actor: Actor, word: string, asked: Readonly<Record<string, unknown>>) {
  if (!Object.hasOwn(kinds, word)) return refusal(102, texts.kind);
  const kind = kinds[word as keyof typeof kinds];
  // No name has a NUL or half a character, and the database would not take one.
  const search = typeof asked.search === 'string' ? asked.search.replaceAll('\u0000', '').toWellFormed().trim() : '';
  if (search === '') return refusal(101, texts.searchMissing);
  if (search.length > 300) return refusal(103, texts.searchLong);
  const pageNum = pageNumber(asked.pageNum, 1);
  const pageSize = pageNumber(asked.pageSize, 10);
  if (pageNum === null || pageSize === null) return refusal(103, texts.page);
  const size = Math.min(pageSize, maxPageSize);
  const found = await find(needs, actor, kind, { search, pageNum, pageSize: size });
  if ('problem' in found) return refusal(103, found.problem);
  const { total, rows } = found;
  if (kind.isBlacklist) return success(pageOf([blacklistRow(kind, search, rows)], 1, 1, size));
  const list = rows.map((row) => (kind.serviceKind === 'website' ? websiteRow(row) : appRow(row, kind)));
  return success(pageOf(list, total, pageNum, size));
}

interface Search {
  readonly search: string;
  readonly pageNum: number;
  readonly pageSize: number;
}

type Found = Awaited<ReturnType<HttpNeeds['flows']['searchRecords']>>;

async function find(
  needs: HttpNeeds,
  actor: Actor,
  { serviceKind }: Kind,
  search: Search,
): Promise<Found | { problem: Message }> {
  if (serviceKind === null) return { total: 0, rows: [] };
  try {
    return await needs.flows.searchRecords({ actor, ...anybody }, { ...search, serviceKind });
  } catch (error) {
    // What cannot be read as a name, a number or a unit is said in these clients' own envelope.
    const [place] = isFault(error, 'input.invalid') ? (error.extras.places ?? []) : [];
    if (place === undefined) throw error;
    return { problem: { zh: place.expectedZh ?? place.expected, en: place.expected } };
  }
}

/** Null when it is no positive whole number; an absent or empty one is the default. */
function pageNumber(value: unknown, byDefault: number): number | null {
  if (value === undefined || value === '' || value === null) return byDefault;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 1 && number <= 1_000_000 ? number : null;
}

/** Chinese unless the client asks for English; existing clients read the code. */
const texts = {
  kind: {
    zh: `查询类型无效，应为 ${Object.keys(kinds).join('、')} 之一`,
    en: `Unknown kind of query: use one of ${Object.keys(kinds).join(', ')}`,
  },
  searchMissing: { zh: '缺少参数 search', en: 'The parameter search is missing' },
  searchLong: {
    zh: '参数 search 过长，至多 300 个字符',
    en: 'The parameter search is too long: use up to 300 characters',
  },
  page: {
    zh: '参数 pageNum、pageSize 应为正整数',
    en: 'The parameters pageNum and pageSize must be positive whole numbers',
  },
  done: { zh: '操作成功', en: 'OK' },
} as const;

interface Message {
  readonly zh: string;
  readonly en: string;
}

function refusal(code: number, msg: Message) {
  return { code, msg, success: false };
}

function success(params: object) {
  return { code: 200, msg: texts.done, params, success: true };
}

const natures: Record<PublicRecord['subject']['subjectKind'], string> = {
  individual: '个人',
  enterprise: '企业',
  institution: '事业单位',
  government: '政府机关',
  society: '社会团体',
};

/** What every kind of row carries. */
function baseRow(row: PublicRecord) {
  return {
    contentTypeName: '',
    leaderName: '',
    mainId: numberOf(row.subject.id),
    mainLicence: row.subject.number,
    natureName: natures[row.subject.subjectKind],
    serviceId: numberOf(row.id),
    serviceLicence: row.number,
    serviceName: row.serviceName,
    unitName: row.subject.subjectKind === 'individual' ? '' : (row.subject.unitName ?? ''),
    updateRecordTime: inShanghai(row.recordedAt),
  };
}

function websiteRow(row: PublicRecord) {
  return {
    ...baseRow(row),
    domain: row.domainName,
    domainId: numberOf(`${row.id}/${row.domainName}`),
    homeUrl: row.domainName,
    limitAccess: row.state === 'filed' ? '否' : '是',
  };
}

function appRow(row: PublicRecord, { serviceType }: Kind) {
  return {
    ...baseRow(row),
    cityId: '',
    countyId: '',
    provinceId: '',
    dataId: numberOf(`data/${row.id}`),
    mainUnitAddress: '',
    mainUnitCertNo: '',
    mainUnitCertType: '',
    natureId: Object.keys(natures).indexOf(row.subject.subjectKind) + 1,
    serviceType,
    version: '',
  };
}

/** Level 2 says that nothing is known against it; of other levels only that they are something else [K]. */
function blacklistRow(kind: Kind, search: string, rows: readonly PublicRecord[]) {
  const blackListLevel = rows.some((row) => row.state === 'blacklisted') ? 1 : 2;
  return { blackListLevel, [kind.serviceKind === 'website' ? 'domain' : 'serviceName']: search };
}

/** Typed clients read ids as numbers; ours are texts. The number is made from the text and stays the same. */
function numberOf(id: string): number {
  return createHash('sha256').update(id).digest().readUIntBE(0, 6);
}

/** `YYYY-MM-DD HH:mm:ss` in Asia/Shanghai (UTC+8, no daylight saving). */
function inShanghai(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A page in the format of those clients. Rows count from 1; an empty page has startRow and endRow 0. */
function pageOf(list: readonly object[], total: number, pageNum: number, pageSize: number) {
  const pages = Math.ceil(total / pageSize);
  const startRow = list.length === 0 ? 0 : (pageNum - 1) * pageSize + 1;
  const firstOfBar = Math.max(1, Math.min(pageNum - 4, pages - 7));
  const navigatepageNums = Array.from({ length: Math.min(pages, 8) }, (_, index) => firstOfBar + index);
  return {
    endRow: list.length === 0 ? 0 : startRow + list.length - 1,
    firstPage: navigatepageNums[0] ?? 0,
    hasNextPage: pageNum < pages,
    hasPreviousPage: pageNum > 1,
    isFirstPage: pageNum === 1,
    isLastPage: pageNum >= pages,
    lastPage: navigatepageNums.at(-1) ?? 0,
    list,
    navigatePages: 8,
    navigatepageNums,
    nextPage: pageNum < pages ? pageNum + 1 : 0,
    orderBy: '',
    pageNum,
    pageSize,
    pages,
    prePage: pageNum > 1 ? pageNum - 1 : 0,
    size: list.length,
    startRow,
    total,
  };
}
