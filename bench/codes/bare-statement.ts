import { issueStatement } from '../../packages/server/src/store/issuing/issue-codes.ts';
import { buyer } from './deployment.ts';

/** The issuing statement as a pgbench script: the very text, its parameters made by the script, on one ledger or many. */
export function bareStatement(resources: number, run: string): string {
  const unique = `((:client_id)::text || '_' || (:n)::text || '_${run}')`;
  const place = resources === 1 ? "'0'" : '(:r)::text';
  const resource = `('ins_' || ${place})`;
  const account = `'${buyer.accountId}'`;
  const sealed = `v1.bench.${'s'.repeat(64)}`;
  const values = [
    ...[resource, '1', "'usr_1'", "'bench'", `('key_' || ${unique})`, `'${'h'.repeat(43)}'`],
    ...[`('["code_' || ${unique} || '"]')`, 'now()', `('bench_' || ${place})`, '1000000'],
    ...[`ARRAY['code_' || ${unique}]`, `ARRAY['spd_' || ${unique}]`, `ARRAY['hash_' || md5(${unique})]`],
    ...[`ARRAY['${sealed}']`, "ARRAY['ABCD']", account, 'NULL', "''", `('aud_' || ${unique})`, 'now()'],
    ...["'usr_1'", "'customer'", account, "'CodesIssued'", "'resource'", resource, `('["' || ${unique} || '"]')`],
  ];
  const text = issueStatement.replace(/\$(\d+)/g, (_, index: string) => values[Number(index) - 1] ?? 'NULL');
  return `\\set r random(0, ${resources - 1})\n\\set n :n + 1\n${text.replaceAll('\n', ' ')};\n`;
}
