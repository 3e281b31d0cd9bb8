import { toldFinding } from '@openbeian/model/forms';
import type { DemandListRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';

/** Open demands, of the account's records or of all; the newest first. */
export const listDemands = query(
  { id: 'listDemands', faults: [], mayLag: true },
  async ({ tx, actor }, input: PageInput) => {
    const accountId = actor.role === 'customer' ? ownAccount(actor) : undefined;
    const { rows, next } = await pageOf(byId('demands'), input, (page) => tx.demands.listOpen({ accountId, ...page }));
    return { demands: rows.map(demandViewOf), next };
  },
);

export const demandViewOf = (row: DemandListRow) => ({
  id: row.id,
  accountId: row.accountId,
  serviceNumber: row.serviceNumber,
  serviceName: row.serviceName,
  domainName: row.domainName,
  demandedBy: row.demandedBy,
  findings: row.findings.map((finding) => toldFinding(finding)),
  dueOn: row.dueOn,
  madeAt: row.madeAt,
});
