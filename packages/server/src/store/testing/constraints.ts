import { describe, expect, test } from 'vitest';
import { at, draft, fresh, jobPayload, refusal, type World } from './world.ts';

/** What a row must be and may refer to, for every writer. */
export function describeConstraints(world: () => World): void {
  describe('no statement of anybody', () => {
    test('makes a row that refers to what there is not', async () => {
      const { run, open } = world();
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const bare = await world().resource(accountId);
      await world().issue(resource);
      const filing = await world().filing(accountId);
      const id = fresh('row');
      await open.store.transaction(async ({ records, exchange }) => {
        await records.putSubject({
          id,
          number: id,
          accountId,
          subjectKind: 'society',
          subjectHash: id,
          unitName: null,
          sealedName: 's',
          provinceCode: '440000',
          recordedAt: at,
        });
        await records.putService({
          id,
          number: id,
          subjectRecordId: id,
          serviceKind: 'app',
          serviceName: 'x',
          domainName: `${id}.cn`,
          state: 'filed',
          recordedAt: at,
        });
        await records.putAccess({
          id,
          serviceRecordId: id,
          provider: 'sample',
          resourceId: resource.id,
          filingId: filing.id,
          at,
        });
        await records.putGrace({ domainName: id, number: id, filingId: filing.id, until: null, at });
        await exchange.insertSubmission({ id, filingId: filing.id, at });
      });
      await run(`UPDATE quota SET capacity = NULL WHERE ledger_key = 'codes:${resource.id}'`);
      await run(
        `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ('${id}', 'codes:${resource.id}', 'code', '${at}')`,
      );
      const code = (columns: string) =>
        `INSERT INTO filing_code (id, lookup_hash, sealed, tail, spend_id, issued_at, granted_at, resource_id,
           issuer_account_id, grantee_account_id)
         VALUES ('${id}', '${id}', 's', 't', '${id}', '${at}', '${at}', ${columns})`;
      const attempts: [string, string][] = [
        [`UPDATE resource SET account_id = 'none' WHERE id = '${bare.id}'`, 'resource_account_id_fkey'],
        [`UPDATE resource SET account_id = 'none' WHERE id = '${resource.id}'`, 'filing_code_of_its_resource'],
        [code(`'none', '${accountId}', '${accountId}'`), 'filing_code_of_its_resource'],
        [code(`'${resource.id}', 'none', '${accountId}'`), 'filing_code_of_its_resource'],
        [code(`'${resource.id}', '${accountId}', 'none'`), 'filing_code_grantee_account_id_fkey'],
        [`UPDATE filing SET account_id = 'none' WHERE id = '${filing.id}'`, 'filing_account_id_fkey'],
        [`UPDATE filing SET resource_id = 'none' WHERE id = '${filing.id}'`, 'filing_resource_id_fkey'],
        [`UPDATE filing SET code_id = 'none' WHERE id = '${filing.id}'`, 'filing_code_id_fkey'],
        [`UPDATE filing SET spend_id = 'none' WHERE id = '${filing.id}'`, 'filing_spend_id_fkey'],
        [
          `INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type) VALUES ('none', '${at}', 'u', 'r', 'T')`,
          'filing_event_filing_id_fkey',
        ],
        [`UPDATE subject_record SET account_id = 'none' WHERE id = '${id}'`, 'subject_record_account_id_fkey'],
        [
          `UPDATE service_record SET subject_record_id = 'none' WHERE id = '${id}'`,
          'service_record_subject_record_id_fkey',
        ],
        [`UPDATE access SET service_record_id = 'none' WHERE id = '${id}'`, 'access_service_record_id_fkey'],
        [`UPDATE access SET resource_id = 'none' WHERE id = '${id}'`, 'access_resource_id_fkey'],
        [`UPDATE access SET filing_id = 'none' WHERE id = '${id}'`, 'access_filing_id_fkey'],
        [`UPDATE grace SET filing_id = 'none' WHERE domain_name = '${id}'`, 'grace_filing_id_fkey'],
        [`UPDATE submission SET filing_id = 'none' WHERE id = '${id}'`, 'submission_filing_id_fkey'],
        [`DELETE FROM account WHERE id = '${accountId}'`, 'resource_account_id_fkey'],
      ];
      for (const [statement, refusedBy] of attempts) expect(await refusal(run(statement)), statement).toBe(refusedBy);
    });

    test('makes a row that contradicts itself', async () => {
      const { run, open } = world();
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [codeId] = await world().issue(resource);
      const filing = await world().filing(accountId, { submissionId: fresh('exc') });
      const id = fresh('row');
      const key = `codes:${resource.id}`;
      await open.store.transaction(async ({ jobs, exchange, records }) => {
        await jobs.enqueue({ id, topic: 'authority.submit', payload: jobPayload, runAt: '2999-01-01T00:00:00.000Z' });
        await exchange.insertSubmission({ id, filingId: filing.id, at });
        await records.putSubject({
          id,
          number: id,
          accountId,
          subjectKind: 'society',
          subjectHash: id,
          unitName: null,
          sealedName: 's',
          provinceCode: '440000',
          recordedAt: at,
        });
      });
      const attempts: [string, string][] = [
        [`UPDATE account SET real_name = '' WHERE id = '${accountId}'`, 'account_real_name_check'],
        [
          `INSERT INTO resource (id, account_id, provider, product, facts, version, changed_at)
           VALUES ('${id}', '${accountId}', 'p', 'q', '{}', 0, '${at}')`,
          'resource_version_check',
        ],
        [`UPDATE quota SET capacity = -1 WHERE ledger_key = '${key}'`, 'quota_capacity_not_negative'],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ('${id}', '${key}', 'nobody', '${at}')`,
          'quota_spend_holder_check',
        ],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ('${id}', '${key}', 'direct', '${at}')`,
          'quota_spend_direct_has_filing',
        ],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, filing_id, spent_at)
           VALUES ('${id}', '${key}', 'code', '${filing.id}', '${at}')`,
          'quota_spend_direct_has_filing',
        ],
        [`UPDATE filing_code SET granted_at = '${at}' WHERE id = '${codeId}'`, 'filing_code_granted_to_somebody'],
        [`UPDATE filing SET province_code = '粤' WHERE id = '${filing.id}'`, 'filing_province_code_check'],
        [`UPDATE filing SET version = 0 WHERE id = '${filing.id}'`, 'filing_version_check'],
        [`UPDATE subject_record SET province_code = '44' WHERE id = '${id}'`, 'subject_record_province_code_check'],
        [
          `INSERT INTO service_record VALUES ('${id}', '${id}', '${id}', 'app', 'x', 'x.cn', 'lost', '${at}')`,
          'service_record_state_known',
        ],
        [`UPDATE submission SET receipt = 'R' WHERE id = '${id}'`, 'submission_receipt_when'],
        [`UPDATE job SET lease_owner = 'w' WHERE id = '${id}'`, 'job_lease_both_or_neither'],
        [`INSERT INTO gate_change VALUES (false, 1, '${at}')`, 'gate_change_only_row_check'],
        [`INSERT INTO gate_change VALUES (true, 1, '${at}')`, 'gate_change_pkey'],
      ];
      for (const [statement, refusedBy] of attempts) expect(await refusal(run(statement)), statement).toBe(refusedBy);
      await run(`DELETE FROM job WHERE id = '${id}'`);
    });

    test('gives two filings one submission', async () => {
      const accountId = await world().account();
      const filing = await world().filing(accountId, { submissionId: fresh('exc') });
      const twin = await world().filing(accountId);
      const taking = world().open.store.transaction((tx) =>
        tx.filings.update({ id: twin.id, version: 1 }, 'draft', { submissionId: filing.submissionId }, at),
      );
      expect(await refusal(taking)).toBe('filing_by_submission');
      const born = { ...draft(accountId), submissionId: filing.submissionId };
      expect(await world().open.store.transaction((tx) => tx.filings.insert(born))).toBe(false);
    });
  });
}
