import type { ServiceKind } from '@openbeian/model/filing';
import type { ServiceListRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';

interface RecordView {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: ServiceListRow['state'];
  readonly accesses: readonly string[];
  readonly here: boolean;
  readonly shellSubject: boolean;
  readonly recordedAt: string;
  readonly cancelledAt: string | null;
}

const byNumbers: ListOrder<ServiceListRow> = {
  name: 'records',
  columns: ['text', 'text'],
  positionOf: (row) => [row.subjectNumber, row.number],
};

const accountOf = (actor: Actor): string | undefined => (actor.role === 'customer' ? ownAccount(actor) : undefined);

/** A customer's records, or all, by their numbers. */
export const listRecords = query(
  { id: 'listRecords', faults: [], mayLag: true },
  async ({ deps, tx, actor }, input: PageInput) => {
    const accountId = accountOf(actor);
    const { rows, next } = await pageOf(byNumbers, input, (page) => tx.records.listServices({ accountId, ...page }));
    return { records: rows.map((row) => viewOf(row, deps.provider)), next };
  },
);

export const countRecords = query({ id: 'countRecords', faults: [], mayLag: true }, async ({ tx, actor }) => ({
  total: await tx.records.countServices({ accountId: accountOf(actor) }),
}));

const viewOf = (row: ServiceListRow, provider: string): RecordView => ({
  subjectNumber: row.subjectNumber,
  serviceNumber: row.number,
  serviceKind: row.serviceKind,
  serviceName: row.serviceName,
  domainName: row.domainName,
  state: row.state,
  accesses: row.accesses,
  here: row.accesses.includes(provider),
  shellSubject: row.isShellSubject,
  recordedAt: row.recordedAt,
  cancelledAt: row.cancelledAt,
});
