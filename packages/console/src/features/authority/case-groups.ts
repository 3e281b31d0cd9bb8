import type { AnswerOf } from '../../api/client.ts';

export type Case = AnswerOf<'listAuthorityCases'>['cases'][number];

/** Entries of one notice, such as the sites of one list; at least two. */
export interface CaseGroup {
  readonly id: string;
  readonly members: readonly [Case, ...Case[]];
}

/** A case by itself, a notice with its entries, or one of the entries of a notice that is opened. */
export type CaseRow =
  | { readonly id: string; readonly case: Case; readonly isEntry: boolean; readonly group: null }
  | { readonly id: string; readonly case: null; readonly isEntry: false; readonly group: CaseGroup };

/** What one file says of one kind is one notice; it is listed where its newest entry is. */
const noticeOf = ({ kind, downloadId, filingId }: Case): string | null =>
  downloadId === null || filingId !== null ? null : `${downloadId} ${kind}`;

/** The rows of a page of cases, entries of a notice below it where it is opened. */
export function caseRows(cases: readonly Case[], opened: ReadonlySet<string>): readonly CaseRow[] {
  const notices = new Map<string, [Case, ...Case[]]>();
  for (const one of cases) {
    const notice = noticeOf(one);
    if (notice === null) continue;
    const members = notices.get(notice);
    if (members === undefined) notices.set(notice, [one]);
    else members.push(one);
  }
  return cases.flatMap((one) => {
    const id = noticeOf(one);
    const members = id === null ? undefined : notices.get(id);
    if (id === null || members === undefined || members.length < 2) return [rowOf(one, false)];
    if (members[0] !== one) return [];
    const group: CaseRow = { id, case: null, isEntry: false, group: { id, members } };
    return opened.has(id) ? [group, ...members.map((member) => rowOf(member, true))] : [group];
  });
}

const rowOf = (one: Case, isEntry: boolean): CaseRow => ({ id: one.id, case: one, isEntry, group: null });
