import type { DemandListRow, DemandRow, DemandRows } from '../../ports/demands.ts';
import { type Session, toJson } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { shownFindings } from './stored-findings.ts';

const columns = `d.id, d.service_number AS "serviceNumber", d.demanded_by AS "demandedBy", d.findings, d.due_on AS "dueOn",
  d.made_at AS "madeAt", d.made_by AS "madeBy", d.ended_at AS "endedAt", d.ending`;
const newestFirst: Keyset = { columns: [['d.id', 'text']], descending: true };

/** That findings cannot be read is a finding: it hides neither their row nor others. */
const read = <Row extends DemandRow>(row: Row): Row => ({ ...row, findings: shownFindings('correction_demand', row) });

const listed = `SELECT ${columns}, o.account_id AS "accountId", s.service_name AS "serviceName",
    s.domain_name AS "domainName" FROM correction_demand d JOIN service_record s ON s.number = d.service_number
  JOIN subject_record o ON o.id = s.subject_record_id`;

export function demandRows(session: Session): DemandRows {
  return {
    async insert(row) {
      const inserted = await session.write(
        `INSERT INTO correction_demand (id, service_number, demanded_by, findings, due_on, made_at, made_by)
         VALUES ($1, $2, $3, $4::jsonb, $5::date, $6, $7) ON CONFLICT DO NOTHING`,
        [row.id, row.serviceNumber, row.demandedBy, toJson(row.findings), row.dueOn, row.madeAt, row.madeBy],
      );
      return inserted === 1;
    },
    async find(id) {
      const row = await session.row<DemandListRow>(`${listed} WHERE d.id = $1`, [id]);
      return row === null ? null : read(row);
    },
    async findOpen(serviceNumber) {
      const sql = `SELECT ${columns} FROM correction_demand d WHERE d.service_number = $1 AND d.ended_at IS NULL`;
      const row = await session.row<DemandRow>(sql, [serviceNumber]);
      return row === null ? null : read(row);
    },
    async listOpen({ accountId, ...page }) {
      const conditions = [
        ['d.ended_at IS NULL', null] as const,
        accountId === undefined ? null : (['o.account_id = $?', accountId] as const),
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      const rows = await session.rows<DemandListRow>(`${listed} ${sql}`, values);
      return rows.map(read);
    },
    async end(id, ending, at) {
      const sql = 'UPDATE correction_demand SET ending = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL';
      return (await session.write(sql, [id, ending, at])) === 1;
    },
  };
}
