import { type AuthorityCaseKind, isNoticeKind } from '@openbeian/model/authority-case';
import type { AnswerChoice, AuthorityDesk, CaseRow, LineOverview } from '../../../ports/index.ts';
import { queryInParts } from '../../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../../command/page.ts';
import { lineOf } from './line-desk-of.ts';

interface OfLine {
  readonly provinceCode: string;
}

/** By province; none where the deployment has no lines of this kind. */
export const listAuthorityLines = queryInParts({ id: 'listAuthorityLines', faults: [] }, async ({ deps, at }) => {
  const lines = (await deps.authorityDesk?.listLines()) ?? [];
  return { lines: lines.map((line) => lineView(line, at)) };
});

function lineView(line: LineOverview, at: string) {
  const { provinceCode, stoppedAt, lastOperation, lastCode, lastAt, acceptedSequence } = line;
  const { waiting, oldestWaitingAt, withOperator, openCases, sendingSince } = line;
  const isClosed = line.closedUntil !== null && line.closedUntil > at;
  const closedUntil = isClosed ? line.closedUntil : null;
  const state = stoppedAt !== null ? ('stopped' as const) : isClosed ? ('closed' as const) : ('open' as const);
  const isWaiting = line.downloadBecause !== null && line.downloadAfter !== null && line.downloadAfter > at;
  const downloadsWait = isWaiting ? { until: line.downloadAfter, because: line.downloadBecause } : null;
  const because = { stopped: line.stoppedBecause, closed: line.closedBecause, open: null }[state];
  const exchange = { lastOperation, lastCode, lastAt, acceptedSequence, sendingSince };
  const counts = { waiting, oldestWaitingAt, withOperator, openCases };
  return { provinceCode, state, closedUntil, stoppedAt, because, downloadsWait, ...exchange, ...counts };
}

const bySequence: ListOrder<{ readonly sequence: number }> = {
  name: 'authority-packages',
  columns: ['text'],
  positionOf: ({ sequence }) => [String(sequence)],
};

/** Cursors are checked for damage, not for forgery: one that somebody makes up begins at the start. */
function sequenceIn(position: string | undefined): number | undefined {
  const sequence = Number(position);
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}

/** Of a line, the newest first. */
export const listAuthorityPackages = queryInParts(
  { id: 'listAuthorityPackages', faults: ['object.not_found'] },
  async (request, { provinceCode, ...input }: OfLine & PageInput) => {
    const { desk } = await lineOf(request, provinceCode);
    const { rows, next } = await pageOf(bySequence, input, ({ after: [before] = [], limit }) =>
      desk.listPackages(provinceCode, { before: sequenceIn(before), limit }),
    );
    const packages = rows.map(({ id, sequence, state, bytes, madeAt, tries, answeredAt, answerCode, ...row }) => {
      const { filingId, domainName } = row;
      return { id, sequence, state, bytes, madeAt, tries, answeredAt, answerCode, filingId, domainName };
    });
    return { packages, next };
  },
);

const usualFiles = 100;

/** Of a line, the newest first. */
export const listAuthorityFiles = queryInParts(
  { id: 'listAuthorityFiles', faults: ['object.not_found'] },
  async (request, { provinceCode, limit = usualFiles }: OfLine & { readonly limit?: number | undefined }) => {
    const { desk } = await lineOf(request, provinceCode);
    const rows = await desk.listDownloads(provinceCode, limit);
    return {
      files: rows.map(({ id, fileName, fetchedAt, acknowledgedAt, trouble }) => {
        return { id, fileName, fetchedAt, acknowledgedAt, trouble };
      }),
    };
  },
);

interface CaseListInput extends PageInput {
  readonly provinceCode?: string | undefined;
  readonly kind?: AuthorityCaseKind | undefined;
}

/** Of all lines or of one, of all kinds or of one, those that nobody has settled, the newest first. */
export const listAuthorityCases = queryInParts(
  { id: 'listAuthorityCases', faults: [] },
  async ({ deps }, { provinceCode, kind, ...input }: CaseListInput) => {
    const desk = deps.authorityDesk;
    if (desk === null) return { cases: [], next: null };
    const { rows, next } = await pageOf(byId('authority-cases'), input, ({ after: [before] = [], limit }) =>
      desk.listCases({ before, limit, provinceCode, kind }),
    );
    const answersOf = await answersByKind(desk, rows);
    const abouts = await aboutsOf(desk, rows);
    const cases = rows.map(({ id, kind, openedAt, filingId, domainName, waits, ...row }) => {
      const answers = answersOf(kind, row.provinceCode);
      const about = abouts.get(id) ?? null;
      const { provinceCode: of, downloadId } = row;
      return { id, provinceCode: of, kind, openedAt, about, waits, answers, downloadId, filingId, domainName };
    });
    return { cases, next };
  },
);

/** What each notice of a page is about, masked: one file may bring hundreds of a kind. Whatever else there is may be large. */
async function aboutsOf(desk: AuthorityDesk, rows: readonly CaseRow[]): Promise<ReadonlyMap<string, string | null>> {
  const notices = rows.filter(({ kind }) => isNoticeKind(kind));
  if (notices.length === 0) return new Map();
  const { aboutOfNotice } = await contents();
  const found = await desk.readContents(notices);
  return new Map([...found].map(([id, content]) => [id, aboutOfNotice(content)]));
}

/** Loaded by whoever looks at notices: no worker does. */
const contents = () => import('@openbeian/model/authority-v3');

/** Cases that the authority wants an answer to. */
const answeredKinds = ['verification_task', 'unfiled_site'];

/** What a page of cases can be answered with; each table is read once. */
async function answersByKind(
  desk: AuthorityDesk,
  rows: readonly Pick<CaseRow, 'kind' | 'provinceCode'>[],
): Promise<(kind: string, provinceCode: string) => readonly AnswerChoice[]> {
  const found = new Map<string, readonly AnswerChoice[]>();
  const keyOf = (kind: string, provinceCode: string) => `${kind} ${provinceCode}`;
  for (const { kind, provinceCode } of rows) {
    const key = keyOf(kind, provinceCode);
    if (!answeredKinds.includes(kind) || found.has(key)) continue;
    found.set(key, await desk.listAnswers(kind, provinceCode));
  }
  return (kind, provinceCode) => found.get(keyOf(kind, provinceCode)) ?? [];
}
