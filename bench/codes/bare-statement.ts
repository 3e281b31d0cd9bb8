import {
  codeColumns,
  commandColumns,
  issueStatement,
} from '../../packages/server/src/store/issuing/issue-statement.ts';
import { buyer } from './deployment.ts';

/** The issuing statement as a pgbench script: the very text, its parameters made by the script, on one ledger or many. */
export function bareStatement(resources: number, run: string): string {
  const unique = `((:client_id)::text || '_' || (:n)::text || '_${run}')`;
  const place = resources === 1 ? "'0'" : '(:r)::text';
  const resource = `('ins_' || ${place})`;
  const account = `'${buyer.accountId}'`;
  const command: Readonly<Record<string, string>> = {
    n: '0',
    resource,
    version: '1',
    real_name: "'enterprise'",
    actor: "'usr_1'",
    operation: "'bench'",
    key: `('key_' || ${unique})`,
    request_hash: `'${'h'.repeat(43)}'`,
    response: `('["code_' || ${unique} || '"]')`,
    at: 'now()',
    ledger: `('bench_' || ${place})`,
    capacity: '1000000',
    codes: '1',
    issuer: account,
    note: "''",
    audit_id: `('aud_' || ${unique})`,
    audit_at: 'now()',
    role: "'customer'",
    account,
    action: "'CodesIssued'",
    object_kind: "'resource'",
    object_id: resource,
    detail: `('["' || ${unique} || '"]')`,
  };
  const code: Readonly<Record<string, string>> = {
    n: 'ARRAY[0]',
    id: `ARRAY['code_' || ${unique}]`,
    spend: `ARRAY['spd_' || ${unique}]`,
    lookup_hash: `ARRAY['hash_' || md5(${unique})]`,
    sealed: `ARRAY['v1.bench.${'s'.repeat(64)}']`,
    tail: "ARRAY['ABCD']",
  };
  const values = [...commandColumns.map(({ name }) => command[name]), ...codeColumns.map(({ name }) => code[name])];
  const statement = issueStatement({ several: false, waits: true });
  const text = statement.replace(/\$(\d+)/g, (_, index: string) => values[Number(index) - 1] ?? 'NULL');
  return `\\set r random(0, ${resources - 1})\n\\set n :n + 1\n${text.replaceAll('\n', ' ')};\n`;
}
