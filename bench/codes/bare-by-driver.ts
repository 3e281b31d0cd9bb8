import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  codeColumns,
  commandColumns,
  issueStatement,
} from '../../packages/server/src/store/issuing/issue-statement.ts';
import { buyer } from './deployment.ts';

/**
 * The issuing statement as the flow sends it, by the flow's own driver, but with arguments that cost nothing: no decision,
 * no minting, no sealing. What a caller who is alone can reach at most from Node.
 */
export async function openBareByDriver(url: string, connections: number, places: number) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on('error', () => {});
  const text = issueStatement({ several: false, waits: true });
  return {
    issue: () => pool.query({ name: 'bare', text, values: valuesOf(`${Math.floor(Math.random() * places)}`) }),
    close: () => pool.end(),
  };
}

function valuesOf(place: string): unknown[] {
  const unique = randomUUID();
  const at = new Date();
  const command: Readonly<Record<string, unknown>> = {
    n: 0,
    resource: `ins_${place}`,
    version: 1,
    real_name: 'enterprise',
    actor: 'usr_1',
    operation: 'bench',
    key: `key_${unique}`,
    request_hash: 'h'.repeat(43),
    response: `["code_${unique}"]`,
    at,
    ledger: `bench_${place}`,
    capacity: 1_000_000,
    codes: 1,
    issuer: buyer.accountId,
    note: '',
    audit_id: `aud_${unique}`,
    audit_at: at,
    role: 'customer',
    account: buyer.accountId,
    action: 'CodesIssued',
    object_kind: 'resource',
    object_id: `ins_${place}`,
    detail: `["${unique}"]`,
  };
  const code: Readonly<Record<string, unknown>> = {
    n: 0,
    id: `code_${unique}`,
    spend: `spd_${unique}`,
    lookup_hash: `hash_${unique}`,
    sealed: `v1.bench.${'s'.repeat(64)}`,
    tail: 'ABCD',
  };
  return [...commandColumns.map(({ name }) => command[name] ?? null), ...codeColumns.map(({ name }) => [code[name]])];
}
