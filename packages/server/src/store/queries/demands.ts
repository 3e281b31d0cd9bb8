import type { DemandListRow, DemandRow, DemandRows } from '../../ports/demands.ts';
import { type Session, toJson } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { shownFindings } from './stored-findings.ts';

const columns = `d.id, d.service_number AS "serviceNumber", d.demanded_by AS "demandedBy", d.findings, d.due_on AS "dueOn",
  d.made_at AS "madeAt", d.made_by AS "madeBy", d.ended_at AS "endedAt", d.ending`;
const newestFirst: Keyset = { columns: [['d.id', 'text']], descending: true };

/** That findings cannot be read is a finding: it hides neither their row nor others. */
const read = <Row extends DemandRow>(row: Row): Row => ({ ...row, findings: shownFindings('correction_demand', row) });

export function demandRows(session: Session): DemandRows {
  const find = async (condition: string, value: string) => {
    const row = await session.row<DemandRow>(`SELECT ${columns} FROM correction_demand d WHERE ${condition}`, [value]);
    return row === null ? null : read(row);
  };
  return {
    async insert(row) {
      const inserted = await session.write(
        `INSERT INTO correction_demand (id, service_number, demanded_by, findings, due_on, made_at, made_by)
         VALUES ($1, $2, $3, $4::jsonb, $5::date, $6, $7) ON CONFLICT DO NOTHING`,
        [row.id, row.serviceNumber, row.demandedBy, toJson(row.findings), row.dueOn, row.madeAt, row.madeBy],
      );
      return inserted === 1;
    },
    find: (id) => find('d.id = $1', id),
    findOpen: (serviceNumber) => find('d.service_number = $1 AND d.ended_at IS NULL', serviceNumber),
    async listOpen({ accountId, ...page }) {
      const conditions = [
        ['d.ended_at IS NULL', null] as const,
        accountId === undefined ? null : (['o.account_id = $?', accountId] as const),
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      const rows = await session.rows<DemandListRow>(
        `SELECT ${columns}, o.account_id AS "accountId", s.service_name AS "serviceName", s.domain_name AS "domainName"
         FROM correction_demand d JOIN service_record s ON s.number = d.service_number
         JOIN subject_record o ON o.id = s.subject_record_id ${sql}`,
        values,
      );
      return rows.map(read);
    },
    async end(id, ending, at) {
      const sql = 'UPDATE correction_demand SET ending = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL';
      return (await session.write(sql, [id, ending, at])) === 1;
    },
  };
}
