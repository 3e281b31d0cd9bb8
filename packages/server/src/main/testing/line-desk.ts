import type { AuthorityDesk, FilingNamed, LineOverview, ListedCase, PackageRow } from '../../ports/index.ts';

const key = { provider: '7', provinceCode: '440000' };
const at = '2026-11-21T01:00:00.000Z';

export const deskLine: LineOverview = {
  ...key,
  acceptedSequence: 3,
  downloadAfter: null,
  downloadBecause: null,
  closedUntil: null,
  closedBecause: null,
  stoppedAt: null,
  stoppedBecause: null,
  lastOperation: 'isp_download',
  lastCode: 0,
  lastAt: at,
  waiting: 2,
  oldestWaitingAt: at,
  withOperator: 1,
  openCases: 1,
  sendingSince: null,
};

export const deskCase = (id: string, about: Partial<ListedCase> = {}): ListedCase => ({
  ...key,
  id,
  kind: 'unclear_result',
  about: id,
  submissionId: null,
  downloadId: null,
  paperId: 'pap_1',
  openedAt: at,
  endedAt: null,
  endedBy: null,
  ending: null,
  filingId: null,
  domainName: null,
  waits: false,
  ...about,
});

const deskPackage = (sequence: number): PackageRow & FilingNamed => ({
  ...key,
  id: `pkg_${sequence}`,
  sequence,
  submissionId: 'exc_1',
  caseId: null,
  madeBy: null,
  state: 'accepted',
  contentDigest: 'd',
  bytes: 900,
  paperId: 'pap_2',
  madeAt: at,
  tries: 1,
  answeredAt: at,
  answerCode: 0,
  filingId: 'fil_1',
  domainName: 'example.cn',
});

/** What is exchanged, with a name and a number of a person that nobody is. */
export const exchanged = { Zt_xx: { Dwmc: '张三丰', Zj: { Zjlx: 2, Zjhm: '110101199003070011' } }, Czlx: 1 };

/** A desk with one line, three packages and two cases that settles what it is told to. */
export function fictionalDesk(some: Partial<AuthorityDesk> = {}): AuthorityDesk {
  const cases = [deskCase('cas_2'), deskCase('cas_1', { provinceCode: '110000' })];
  return {
    listLines: async () => [deskLine],
    listPackages: async (_, { before = 9, limit }) =>
      [3, 2, 1]
        .filter((sequence) => sequence < before)
        .slice(0, limit)
        .map(deskPackage),
    listAnswers: async (kind) => (kind === 'unfiled_site' ? [{ id: 1, zh: '已关闭' }] : []),
    readPackage: async (id) => (id === 'pkg_1' ? { upload: exchanged } : null),
    listDownloads: async (_, limit) =>
      [{ ...key, id: 'dwn_1', fileName: 'a1', contentDigest: 'd', trouble: null, paperId: 'pap_3' }]
        .slice(0, limit)
        .map((row) => ({ ...row, fetchedAt: at, acknowledgedAt: null })),
    readFile: async (id) => (id === 'dwn_1' ? { ICP: { BASJ: { Baxx: [exchanged] } } } : null),
    listCases: async ({ before = 'z', limit, provinceCode, kind }) =>
      cases
        .filter((row) => row.id < before && (provinceCode === undefined || row.provinceCode === provinceCode))
        .filter((row) => kind === undefined || row.kind === kind)
        .slice(0, limit),
    async readCase(id) {
      const row = cases.find((one) => one.id === id);
      return row === undefined ? null : { row, content: exchanged };
    },
    readContents: async (rows) => new Map(rows.map(({ id }) => [id, exchanged])),
    settle: async () => 'settled',
    readOrganiser: async () => null,
    readDelivered: async (id) => (id === 'dif_1' ? exchanged : null),
    askStatus: async () => null,
    openCase: async () => {},
    ...some,
  };
}
