import type { ServiceKind } from '@openbeian/model/filing';
import { findProvince } from '@openbeian/model/province';
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

/** What is found among those of all accounts: by the number of the service alone, which begins with that of its subject. */
const byNumber: ListOrder<ServiceListRow> = {
  name: 'records.found',
  columns: ['text'],
  positionOf: (row) => [row.number],
};

interface RecordsFilter {
  readonly state?: ServiceListRow['state'] | undefined;
  readonly serviceKind?: ServiceKind | undefined;
  readonly provinceCode?: string | undefined;
  readonly search?: string | undefined;
}

/** No number begins with the second: a code that no province has finds nothing. */
const letterOf = (code: string | undefined) => code && (findProvince(code)?.letter ?? '-');

/** A customer's records, or all, by their numbers. */
export const listRecords = query(
  { id: 'listRecords', faults: [], mayLag: true },
  async ({ deps, tx, actor }, { provinceCode, state, serviceKind, search, ...input }: RecordsFilter & PageInput) => {
    const accountId = accountOf(actor);
    const narrowing = { state, serviceKind, search, letter: letterOf(provinceCode) };
    const isFound = accountId === undefined && Object.values(narrowing).some((asked) => asked !== undefined);
    const { rows, next } = isFound
      ? await pageOf(byNumber, input, (page) => tx.records.findServices({ ...narrowing, ...page }))
      : await pageOf(byNumbers, input, (page) => tx.records.listServices({ accountId, ...narrowing, ...page }));
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
