import type { NameProofRow, NameProofRows, ProvableName } from '../../ports/name-proofs.ts';
import { type Session, toJson } from '../engine/session.ts';

const columns = `account_id AS "accountId", domain_name AS "domainName", token, token_until AS "tokenUntil",
  proven_at AS "provenAt", proven_until AS "provenUntil", method`;

export function nameProofRows(session: Session): NameProofRows {
  return {
    find: (accountId, domainName) =>
      session.row<NameProofRow>(`SELECT ${columns} FROM name_proof WHERE account_id = $1 AND domain_name = $2`, [
        accountId,
        domainName,
      ]),
    listProven: (names, at) =>
      session.rows<ProvableName>(
        // Each looked up by the key: a join would read a table of some ten thousand proofs whole.
        `SELECT "accountId", "domainName" FROM jsonb_to_recordset($1::jsonb) AS asked ("accountId" text, "domainName" text)
         WHERE (SELECT proven_until FROM name_proof
           WHERE account_id = asked."accountId" AND domain_name = asked."domainName") > $2`,
        [toJson(names), at],
      ),
    async putToken({ accountId, domainName, token, until }) {
      await session.write(
        `INSERT INTO name_proof (account_id, domain_name, token, token_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, domain_name) DO UPDATE SET token = excluded.token, token_until = excluded.token_until`,
        [accountId, domainName, token, until],
      );
    },
    async prove({ accountId, domainName, token, method, at, until }) {
      const written = await session.write(
        `INSERT INTO name_proof AS known (account_id, domain_name, proven_at, proven_until, method)
         VALUES ($1, $2, $5, $6, $4)
         ON CONFLICT (account_id, domain_name) DO UPDATE SET token = NULL, token_until = NULL,
           proven_at = excluded.proven_at, proven_until = excluded.proven_until, method = excluded.method
         WHERE known.token IS NOT DISTINCT FROM $3::text`,
        [accountId, domainName, token, method, at, until],
      );
      return written === 1;
    },
    async revoke(accountId, domainName) {
      await session.write(`DELETE FROM name_proof WHERE account_id = $1 AND domain_name = $2`, [accountId, domainName]);
    },
  };
}
