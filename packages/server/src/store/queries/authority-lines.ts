import type { LineKey, LineOverview, LineRow, LineRows, LineTrouble, LineWork } from '../../ports/authority-ledger.ts';
import type { Session } from '../engine/session.ts';

const columns = `provider, province_code AS "provinceCode", accepted_sequence AS "acceptedSequence",
  download_after AS "downloadAfter", download_because AS "downloadBecause", closed_until AS "closedUntil", closed_because AS "closedBecause",
  stopped_at AS "stoppedAt", stopped_because AS "stoppedBecause", last_operation AS "lastOperation", last_code AS "lastCode",
  last_at AS "lastAt"`;
const oneLine = 'provider = $1 AND province_code = $2';

const turns: Readonly<Record<LineWork, { readonly by: string; readonly until: string }>> = {
  upload: { by: 'upload_by', until: 'upload_until' },
  download: { by: 'download_by', until: 'download_until' },
};

/** Code and both texts, as the column has them. */
type Written<Row> = Omit<Row, 'closedBecause' | 'stoppedBecause' | 'downloadBecause'> & {
  readonly downloadBecause: readonly string[] | null;
  readonly closedBecause: readonly string[] | null;
  readonly stoppedBecause: readonly string[] | null;
};

function troubleOf(texts: readonly string[] | null): LineTrouble | null {
  if (texts === null) return null;
  const [code = '', zh = '', en = ''] = texts;
  return { code, zh, en };
}

const textsOf = (trouble: LineTrouble | null) => (trouble === null ? null : [trouble.code, trouble.zh, trouble.en]);

const lineOf = <Row extends LineRow>(row: Written<Row>): Row =>
  // The three columns have been read; the others are as they are.
  ({
    ...row,
    downloadBecause: troubleOf(row.downloadBecause),
    closedBecause: troubleOf(row.closedBecause),
    stoppedBecause: troubleOf(row.stoppedBecause),
  }) as unknown as Row;

export function lineRows(session: Session): LineRows {
  const find = async ({ provider, provinceCode }: LineKey, more: string) => {
    const row = await session.row<Written<LineRow>>(`SELECT ${columns} FROM authority_line WHERE ${oneLine} ${more}`, [
      provider,
      provinceCode,
    ]);
    return row === null ? null : lineOf(row);
  };
  const set = ({ provider, provinceCode }: LineKey, what: string, values: readonly unknown[]) =>
    session.write(`UPDATE authority_line SET ${what} WHERE ${oneLine}`, [provider, provinceCode, ...values]);
  return {
    async putLine({ provider, provinceCode }) {
      await session.write(
        'INSERT INTO authority_line (provider, province_code) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [provider, provinceCode],
      );
    },
    findLine: (line) => find(line, ''),
    findLineForUpdate: (line) => find(line, 'FOR NO KEY UPDATE'),
    async holdLine({ provider, provinceCode }, { work, owner }, at, until) {
      const { by, until: end } = turns[work];
      const sql = `UPDATE authority_line SET ${by} = $3, ${end} = $5
        WHERE ${oneLine} AND (${by} IS NULL OR ${by} = $3 OR ${end} <= $4)`;
      return (await session.write(sql, [provider, provinceCode, owner, at, until])) === 1;
    },
    async releaseLine({ provider, provinceCode }, { work, owner }) {
      const { by, until } = turns[work];
      await session.write(`UPDATE authority_line SET ${by} = NULL, ${until} = NULL WHERE ${oneLine} AND ${by} = $3`, [
        provider,
        provinceCode,
        owner,
      ]);
    },
    async noteAnswer(line, operation, code, at) {
      await set(line, 'last_operation = $3, last_code = $4, last_at = $5', [operation, code, at]);
    },
    async closeLine(line, until, because) {
      await set(line, 'closed_until = $3, closed_because = $4::text[]', [until, textsOf(because)]);
    },
    async stopLine({ provider, provinceCode }, at, because) {
      const sql = `UPDATE authority_line SET stopped_at = $3, stopped_because = $4::text[]
        WHERE ${oneLine} AND stopped_at IS NULL`;
      return (await session.write(sql, [provider, provinceCode, at, textsOf(because)])) === 1;
    },
    async resumeLine({ provider, provinceCode }) {
      const sql = `UPDATE authority_line SET stopped_at = NULL, stopped_because = NULL, closed_until = NULL,
          closed_because = NULL, download_after = NULL, download_because = NULL
        WHERE ${oneLine} AND stopped_at IS NOT NULL`;
      return (await session.write(sql, [provider, provinceCode])) === 1;
    },
    async putDownloadAfter(line, at, because) {
      await set(line, 'download_after = $3, download_because = $4::text[]', [at, textsOf(because)]);
    },
    async putNextLook(line, { awaited, quiet }) {
      await set(
        line,
        `download_because = NULL, download_after = CASE WHEN ${isAwaited} THEN $3::timestamptz ELSE $4::timestamptz END`,
        [awaited, quiet],
      );
    },
    async hastenLook(line, at) {
      await set(line, 'download_after = CASE WHEN download_after > $3 THEN $3 ELSE download_after END', [at]);
    },
    async listBusyProvinces(provider, at) {
      const rows = await session.rows<{ provinceCode: string }>(busyLines, [provider, at]);
      return rows.map(({ provinceCode }) => provinceCode);
    },
    async setAccepted(line, sequence) {
      await set(line, 'accepted_sequence = $3', [sequence]);
    },
    async takeOwnIds({ provider, provinceCode }, count) {
      const row = await session.row<{ first: number }>(
        `UPDATE authority_line SET next_own_id = next_own_id + $3 WHERE ${oneLine}
         RETURNING next_own_id - $3 AS first`,
        [provider, provinceCode, count],
      );
      if (row === null) throw new Error(`there is no line of ${provider} to ${provinceCode}`);
      return row.first;
    },
    async listLines() {
      const rows = await session.rows<Written<LineOverview>>(overview);
      return rows.map(lineOf<LineOverview>);
    },
  };
}

const isAwaited = `EXISTS (SELECT FROM authority_handover h
    WHERE h.provider = $1 AND h.province_code = $2 AND h.state NOT IN ('ended', 'with_operator'))`;

const busyLines = `SELECT l.province_code AS "provinceCode" FROM authority_line l
  WHERE l.provider = $1 AND l.stopped_at IS NULL
    AND (l.download_after IS NULL OR l.download_after <= $2
      OR ((l.closed_until IS NULL OR l.closed_until <= $2) AND EXISTS (SELECT FROM authority_handover h
        WHERE ${of('h')} AND h.state IN ('retry', 'awaiting_numbers') AND h.due_at <= $2)))
  ORDER BY l.province_code`;

const overview = `SELECT ${columns},
    (SELECT count(*) FROM authority_handover h WHERE ${of('h')} AND h.state IN ('waiting', 'awaiting_numbers', 'retry')) AS waiting,
    (SELECT min(h.accepted_at) FROM authority_handover h
      WHERE ${of('h')} AND h.state IN ('waiting', 'awaiting_numbers', 'retry')) AS "oldestWaitingAt",
    (SELECT count(*) FROM authority_handover h WHERE ${of('h')} AND h.state = 'with_operator') AS "withOperator",
    (SELECT count(*) FROM authority_case c WHERE ${of('c')} AND c.ended_at IS NULL) AS "openCases",
    (SELECT p.made_at FROM authority_package p WHERE ${of('p')} AND p.state = 'sending') AS "sendingSince"
  FROM authority_line l ORDER BY province_code, provider`;

function of(other: string): string {
  return `${other}.provider = l.provider AND ${other}.province_code = l.province_code`;
}
