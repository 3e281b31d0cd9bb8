import { addDays, type Day, startOfDay } from '@openbeian/model/calendar';
import type { AuditRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';

const newestFirst: ListOrder<AuditRow> = {
  name: 'audit',
  columns: ['instant', 'text'],
  positionOf: ({ at, id }) => [at, id],
};

interface AuditQuestion extends PageInput {
  readonly objectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  /** The first and the last day, in Asia/Shanghai. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** Audit rows for which everything that is asked holds, newest first, with the names of who and what they are about. */
export const listAudit = query({ id: 'listAudit', faults: [], mayLag: true }, async ({ tx }, input: AuditQuestion) => {
  const { objectId, actorId, action, from, to } = input;
  // The calendar and the database end somewhere; nothing was recorded before this program, or after the last day there is.
  const since = from === undefined || from < '2000-01-01' ? undefined : startOfDay(from);
  const before = to === undefined || to >= '9999-01-01' ? undefined : startOfDay(addDays(to, 1));
  const { rows, next } = await pageOf(newestFirst, input, (page) =>
    tx.audit.list({ objectId, actorId, action, since, before, ...page }),
  );
  const ids = new Set(rows.flatMap((row) => [row.actorId, row.objectId, ...idsIn(row.detail)]));
  const listed = await tx.audit.listNames([...ids]);
  const names = new Map(listed.map(({ id, name }) => [id, name]));
  const view = ({ accountId: _accountId, ...row }: AuditRow) => ({
    ...row,
    actorName: names.get(row.actorId) ?? null,
    objectName: names.get(row.objectId) ?? null,
  });
  return { rows: rows.map(view), names: listed, next };
});

/** Texts in a detail that can be the id of somebody or something; what is none has no name. */
function idsIn(detail: unknown): string[] {
  if (typeof detail === 'string') return /^[\w.:-]{3,64}$/.test(detail) ? [detail] : [];
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.values(detail).flatMap(idsIn);
}
