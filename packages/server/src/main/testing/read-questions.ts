import { noticeGroupNames } from '@openbeian/model/filing';
import { workKinds } from '@openbeian/model/work';
import { roles } from '../../auth/roles.ts';
import type { Actor } from '../../flows/command/call.ts';
import type { FlowTable } from '../../flows/index.ts';

export type Question = readonly [by: Actor, input: object];

const digits = (number: number) => String(number).padStart(7, '0');
const idOf = (prefix: string, number: number) => `${prefix}_${digits(number)}`;
const inStates = (...states: string[]) => states.map((state) => ({ state }));
const searches = (...terms: string[]) => terms.map((search) => ({ search }));
const operator: Actor = { userId: 'usr_operator', role: 'operator', accountId: null };
const staff = (...inputs: object[]): Question[] => inputs.map((input) => [operator, input]);

interface About {
  /** A row by number: it belongs to the account of the number `owner`. */
  readonly row: number;
  readonly owner: number;
}
type Questions = Partial<Record<keyof FlowTable, readonly Question[]>>;

/** What is asked of every operation that lists, counts, searches or looks something up, over the rows of `many-rows.ts`. */
export function questionsAbout(about: About): Questions {
  const asking = askersOf(about);
  return { ...ofServersAndCodes(asking), ...ofFilings(asking), ...ofTheRest(asking), ...ofTyped(asking) };
}

function askersOf({ row: n, owner: number }: About) {
  const owner = idOf('acct', number);
  const customer: Actor = { userId: idOf('usr', number), role: 'customer', accountId: owner };
  const own = (...inputs: object[]): Question[] => inputs.map((input) => [customer, input]);
  return {
    n,
    owner,
    site: `site${n}.cn`,
    webhook: idOf('whk', number),
    row: (prefix: string) => idOf(prefix, n),
    own,
    both: (...inputs: object[]): Question[] => [...staff(...inputs), ...own(...inputs)],
  };
}
type Asking = ReturnType<typeof askersOf>;

const ofServersAndCodes = ({ owner, row, own, both }: Asking): Questions => ({
  listAccounts: staff({}, ...searches(row('acct'), '商城', '商', 'shop有限公司4', '没有这个')),
  nameAccounts: both({ ids: [owner, row('acct'), idOf('acct', 1), 'acct-nobody'] }),
  countAccounts: staff({}, ...searches(row('acct'), '没有这个')),
  findAccounts: own({ name: row('acct') }, { name: '测试环境有限公司2' }, { name: '没有这个公司' }),
  listResources: both({}, { show: 'all' }, ...searches(row('ins'), '没有这个')),
  countResources: own({ days: 30 }),
  getResource: own({ resourceId: row('ins') }),
  compareInventory: staff(
    inventoryOf(owner, row('ins')),
    // What is gone is looked for among the resources of an account, up to one of them.
    { ...inventoryOf(owner, 'ins_new'), complete: 'all', ...upTo(owner, row('ins')) },
  ),
  listCodes: both(
    {},
    { side: 'granted' },
    ...(['bound', 'used', 'revoked'] as const).map((state) => ({ state })),
    { resourceId: row('ins') },
    { accountId: owner },
    ...searches('官网400', '测试环境', '旧', '1EEF', owner, '没有这个'),
  ),
  countCodes: own({}, { side: 'either' }, { resourceId: row('ins') }, ...searches('官网400', '没有这个')),
  getCode: own({ codeId: row('code') }),
  listStoppingCodes: both({ days: 30 }),
  listApiKeys: both({}, ...inStates('active', 'expired', 'revoked'), { accountId: owner }),
  listLapsedFilings: staff({ from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' }),
});

/** One resource, with other facts than the rows have. */
const inventoryOf = (account: string, id: string) => {
  const facts = { id, account, provider: 'tencent', product: 'cvm', region: 'ap-guangzhou' };
  const resources = [{ ...facts, billing: 'prepaid', boughtAt: '2025-01-01', expiresAt: '2026-01-01' }];
  return { body: { accounts: [], resources } };
};

/** The resources of an account up to one of them. */
const upTo = (account: string, resource: string) => ({
  afterAccount: account,
  afterResource: idOf('ins', 0),
  untilAccount: account,
  untilResource: resource,
});

const ofFilings = ({ n, owner, site, row, own, both }: Asking): Questions => ({
  listFilings: both(
    {},
    { order: 'due' },
    { state: 'awaiting_review', order: 'due' },
    { state: 'awaiting_sms' },
    { group: 'open' },
    { group: 'open', order: 'due' },
    { group: 'with_others' },
    { group: 'with_customer', order: 'due' },
    ...narrowedFilings({ n, site }),
  ),
  listReviewQueue: staff(
    {},
    { order: 'age' },
    { claim: 'unclaimed' },
    { claimedBy: 'usr_1' },
    { provinceCode: '440000', kind: 'first', nature: 'enterprise', overdue: 'true', secondLook: 'false' },
    { search: `site${n}` },
    { accountId: owner },
  ),
  countReviewQueue: staff({}, { overdue: 'true' }, { search: `site${n}` }),
  getReview: staff({ filingId: row('fil') }),
  getReviewStatistics: staff(
    { from: '2026-02-01', to: '2026-02-07' },
    { from: '2026-02-01', to: '2026-02-07', provinceCode: '440000', reviewerId: 'usr_1' },
    { from: '2026-02-01', to: '2026-02-07', kind: 'first' },
  ),
  getDayStatistics: staff(
    { from: '2026-02-01', to: '2026-02-07' },
    { from: '2026-02-01', to: '2026-02-07', provinceCode: '440000', kind: 'first' },
  ),
  listBlockedNames: staff(
    { from: '2026-02-01', to: '2026-02-07' },
    { from: '2026-02-01', to: '2026-02-07', reason: 'unfiled' },
  ),
  compareFleet: staff({ from: '2026-02-01', to: '2026-02-07' }),
  countFilings: both({}, { group: 'open' }, { state: 'filed' }),
  getFiling: own({ filingId: row('fil') }),
  getFilingForm: own({ filingId: row('fil') }),
  listMaterials: own({ filingId: row('fil') }),
  getVerification: own({ filingId: row('fil') }),
  getUpload: own({ uploadId: row('upl') }),
});

/** By what there are few kinds of, by texts that many, one and none have, and by days. */
const narrowedFilings = ({ n, site }: Pick<Asking, 'n' | 'site'>): object[] => [
  { kind: 'first' },
  { kind: 'move_in', state: 'filed' },
  { provinceCode: '440000', serviceKind: 'website', group: 'open' },
  { provinceCode: '540000', order: 'due' },
  ...[site, `${2026000000 + n}`, '7.CN', '官网', 'not there at all'].map((search) => ({ search })),
  { search: site, provinceCode: '440000', group: 'open', order: 'due' },
  { due: 'overdue' },
  { due: 'week', group: 'open' },
  { due: 'day', serviceKind: 'app' },
  { from: '2026-02-01', to: '2026-02-03' },
  { to: '2026-02-03', group: 'with_customer' },
  { from: '2026-02-01', kind: 'first' },
];

const ofTheRest = ({ n, owner, site, webhook, row, own, both }: Asking): Questions => ({
  listRecords: both(
    {},
    { state: 'filed' },
    { state: 'blacklisted' },
    { serviceKind: 'app', provinceCode: '440000' },
    { provinceCode: '540000', search: site },
    ...[site, '7号', '7.CN', 'not there at all'].map((search) => ({ search })),
  ),
  countRecords: both({}),
  listMoves: both({}, ...inStates('waiting', 'moved', 'refused', 'withdrawn', 'lapsed')),
  listDemands: both({}),
  listAudit: staff(
    {},
    { objectId: row('code') },
    { actorId: 'usr_1' },
    { actorId: 'usr_nobody', action: 'CodesIssued' },
    { action: 'CodesIssued' },
    { action: 'FilingStarted', from: '2026-01-02', to: '2026-01-20' },
    { from: '2026-01-02', to: '2026-01-20' },
  ),
  getAuditChain: staff({}),
  listJobs: staff({}, { failing: 'true' }),
  countJobs: staff({}),
  listWorkFailures: staff({}, { parked: 'true' }, ...workKinds.map((kind) => ({ kind, parked: 'true' }))),
  countWorkFailures: staff({}),
  getOperations: staff({}),
  listContests: both({ undecided: 'false' }, { undecided: 'true' }),
  listSupportAccesses: both({}, { accountId: owner }),
  listSupportViews: own({ accessId: row('sup') }),
  explainHost: staff({ host: `www.${site}` }),
  listWebhooks: both({}, ...inStates('active', 'paused')),
  countWebhooks: both({}),
  getWebhook: staff({ webhookId: row('whk') }),
  listDeliveries: staff(
    { webhookId: webhook },
    ...inStates('waiting', 'delivered', 'dead').map((asked) => ({ webhookId: webhook, ...asked })),
  ),
  listNotices: both({}, { unread: 'true' }, ...noticeGroupNames.map((group) => ({ group }))),
  markNoticesRead: both({}, { ids: [row('ntc')] }),
  getNoticeMail: own({}),
  getNoticeChoice: own({}),
  listPeople: staff(
    {},
    ...roles.map((role) => ({ role })),
    ...inStates('invited', 'active', 'disabled'),
    ...searches(`user${digits(n)}`, `商城${n}`, '没有这个'),
  ),
  listMembers: own({}),
  getOwnSubject: own({}),
  listPersonSessions: staff({ personId: row('usr') }),
  listOwnSessions: own({}),
  getOwnAccess: own({}),
  getOwnTour: own({}),
});

/** By what somebody types or pastes. */
const ofTyped = ({ n, owner, site, row, own, both }: Asking): Questions => ({
  verifyCode: own({ code: 'SE-none', accountId: owner, domainName: site }),
  queryPartnerCodes: own({ codes: ['SE-none'] }),
  queryPartnerResource: own({ resourceId: row('ins') }),
  searchRecords: own(
    ...[`示例${n}有限公司`, `粤ICP备${2026000000 + n}号`, `粤ICP备${2026000000 + n}号-1`, site].map((search) => ({
      search,
      serviceKind: 'website',
      pageNum: 1,
      pageSize: 20,
    })),
  ),
  searchEverything: both(
    ...[
      site,
      `https://www.${site}/a?b`,
      `粤ICP备${2026000000 + n}号-1`,
      row('ins'),
      row('fil'),
      '测试环境',
      '官网',
    ].map(asText),
    ...['商城', `shop有限公司${n}`, '7', '1EEF', '91440300MA5EXAMPL3', '没有这个'].map(asText),
  ),
});

const asText = (text: string) => ({ text });

/** What is left out, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  findFilingRoute: 'asks the authority first; then for what startFiling asks, by number and name',
  getDeployment: 'asks no table',
  listAuthorityLines: 'the ledger’s own rows, which are asked in store/testing/authority-ledger.ts',
  listAuthorityPackages: 'as listAuthorityLines',
  listAuthorityFiles: 'as listAuthorityLines',
  listAuthorityCases: 'as listAuthorityLines',
  getAuthorityDocument: 'as listAuthorityLines, by id',
  listReconciliations: 'as listAuthorityLines: some for each line',
  listDifferences: 'as listAuthorityLines: what differs now',
  getSession: 'the library’s own look-up by token',
  listInventorySyncs: 'a row for each that is configured',
  getHeldSync: 'as listInventorySyncs, by name',
  listHelp: 'a catalogue',
  listNatures: 'a catalogue',
  listPreparations: 'a catalogue',
  getRuleBook: 'the rules as files hold them',
  listReturnReasons: 'a catalogue',
  getGateSnapshot: 'everything, as gates of former releases take it',
  getGateChanges: 'by sequence; see the gate’s own tests',
  getGateFile: 'everything, as a file that is made once for all gates',
};
