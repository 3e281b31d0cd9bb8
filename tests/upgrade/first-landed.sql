-- Rows of a small deployment as the release of commit c48a3d0 left them (migrations 1 to 6 of the first list): at least
-- one in each table. All people and numbers are fictional; sealed values and hashes are of no real key.
BEGIN;
INSERT INTO account (id, real_name, display_name, changed_at) VALUES
  ('acc_a', '云杉科技有限公司', '云杉', '2026-01-02T03:04:05Z'), ('acc_b', '林小满', '', '2026-01-02T03:04:06.789Z');
INSERT INTO resource (id, account_id, provider, product, facts, version, changed_at) VALUES
  ('ins_1', 'acc_a', 'xingyun', 'cvm', '{"id":"ins_1","expiresOn":"2027-01-01"}', 3, '2026-01-03T00:00:00Z'),
  ('ins_2', 'acc_a', 'xingyun', 'lighthouse', '{"id":"ins_2"}', 1, '2026-01-03T00:00:01Z');
INSERT INTO quota (ledger_key, capacity, changed_at) VALUES
  ('resource:ins_1', 5, '2026-01-03T00:00:00Z'), ('resource:ins_2', NULL, '2026-01-03T00:00:00Z');
INSERT INTO quota_spend (id, ledger_key, holder, filing_id, spent_at) VALUES
  ('spd_free', 'resource:ins_1', 'code', NULL, '2026-01-04T00:00:00Z'),
  ('spd_bound', 'resource:ins_1', 'code', NULL, '2026-01-04T00:00:01Z'),
  ('spd_revoked', 'resource:ins_1', 'code', NULL, '2026-01-04T00:00:02Z'),
  ('spd_direct', 'resource:ins_2', 'direct', 'flg_filed', '2026-01-04T00:00:03Z');
INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id, spend_id, note,
  issued_at, granted_at) VALUES
  ('code_free', 'hash-1', 'sealed-1', 'ABCD', 'ins_1', 'acc_a', NULL, 'spd_free', '给分公司', '2026-01-04T00:00:00Z', NULL),
  ('code_bound', 'hash-2', 'sealed-2', 'EFGH', 'ins_1', 'acc_a', 'acc_b', 'spd_bound', '', '2026-01-04T00:00:01Z',
   '2026-01-04T00:00:01Z'),
  ('code_revoked', 'hash-3', 'sealed-3', 'JKLM', 'ins_1', 'acc_a', NULL, 'spd_revoked', '', '2026-01-04T00:00:02Z', NULL);
INSERT INTO filing (id, account_id, provider, kind, state, version, domain_name, service_kind, subject_kind, province_code,
  subject_hash, subject_number, service_number, resource_id, code_id, spend_id, form, findings, submission_id, submitted_by,
  started_at, updated_at, due_at) VALUES
  ('flg_draft', 'acc_b', 'xingyun', 'first', 'draft', 1, 'draft.example.cn', 'website', 'individual', '440000', 'subject-1',
   NULL, NULL, NULL, NULL, NULL, '{"subject.name":{"sealed":"x"}}', '[]', NULL, NULL, '2026-01-05T00:00:00Z',
   '2026-01-05T00:00:00Z', '2026-03-05T00:00:00Z'),
  ('flg_review', 'acc_b', 'xingyun', 'first', 'awaiting_review', 4, 'review.example.cn', 'website', 'enterprise', '110000',
   'subject-2', NULL, NULL, 'ins_1', 'code_bound', 'spd_bound', '{}', '[]', NULL, 'usr_b', '2026-01-05T00:00:01Z',
   '2026-01-05T02:00:00Z', '2026-01-07T00:00:00Z'),
  ('flg_filed', 'acc_a', 'xingyun', 'first', 'filed', 9, 'filed.example.cn', 'website', 'enterprise', '440000', 'subject-3',
   '粤ICP备2026000001号', '粤ICP备2026000001号-1', 'ins_2', NULL, 'spd_direct', '{}', '[]', 'sub_1', 'usr_a',
   '2026-01-05T00:00:02Z', '2026-01-20T00:00:00Z', NULL);
UPDATE filing_code SET bound_filing_id = 'flg_review', bound_at = '2026-01-05T01:00:00Z' WHERE id = 'code_bound';
UPDATE filing_code SET revoked_at = '2026-01-05T01:00:00Z' WHERE id = 'code_revoked';
UPDATE quota_spend SET returned_at = '2026-01-05T01:00:00Z' WHERE id = 'spd_revoked';
INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type, detail) VALUES
  ('flg_draft', '2026-01-05T00:00:00Z', 'usr_b', 'customer', 'FilingStarted', NULL),
  ('flg_review', '2026-01-05T02:00:00Z', 'usr_b', 'customer', 'FilingSubmitted', '{"note":"已补充"}');
INSERT INTO subject_record (id, number, account_id, subject_kind, subject_hash, unit_name, sealed_name, province_code,
  recorded_at) VALUES
  ('sbj_1', '粤ICP备2026000001号', 'acc_a', 'enterprise', 'subject-3', '云杉科技有限公司', 'sealed-name', '440000',
   '2026-01-20T00:00:00Z');
INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state, recorded_at) VALUES
  ('srv_1', '粤ICP备2026000001号-1', 'sbj_1', 'website', '云杉', 'filed.example.cn', 'filed', '2026-01-20T00:00:00Z'),
  ('srv_2', '粤ICP备2026000001号-2', 'sbj_1', 'website', '云杉', 'was.example.cn', 'cancelled', '2026-01-20T00:00:00Z');
INSERT INTO access (id, service_record_id, provider, resource_id, filing_id, started_at, ended_at) VALUES
  ('ace_1', 'srv_1', 'xingyun', 'ins_2', 'flg_filed', '2026-01-20T00:00:00Z', NULL),
  ('ace_2', 'srv_2', 'xingyun', NULL, NULL, '2026-01-20T00:00:00Z', '2026-01-21T00:00:00Z');
INSERT INTO grace (filing_id, domain_name, number, until, changed_at) VALUES
  ('flg_review', 'review.example.cn', '京ICP备2026000002号-1', '2026-02-01', '2026-01-06T00:00:00Z');
INSERT INTO submission (id, filing_id, made_at, receipt, received_at) VALUES
  ('sub_1', 'flg_filed', '2026-01-06T00:00:00Z', 'R-1', '2026-01-06T00:00:01Z');
INSERT INTO authority_message (message_id, submission_id, body, received_at, outcome) VALUES
  ('msg_1', 'sub_1', '{"kind":"approved","serviceNumber":"粤ICP备2026000001号-1"}', '2026-01-20T00:00:00Z', 'applied');
INSERT INTO job (id, topic, payload, run_at, attempts, lease_owner, lease_until, last_error) VALUES
  ('job_1', 'forward-filing', '{"filingId":"flg_review"}', '2026-01-06T00:00:00Z', 2, NULL, NULL, 'no answer');
INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail) VALUES
  ('aud_1', '2026-01-04T00:00:00Z', 'usr_a', 'customer', 'acc_a', 'CodesIssued', 'resource', 'ins_1', '{"count":3}');
INSERT INTO idempotency (actor_id, operation, key, request_hash, response, claimed_at) VALUES
  ('usr_a', 'issueCodes', 'k-1', 'h-1', '{"codes":[]}', '2026-01-04T00:00:00Z');
INSERT INTO auth_user (id, name, email, username, role, "accountId", "createdAt", "updatedAt") VALUES
  ('usr_a', '云杉', 'usr_a@people.example', 'yunshan', 'customer', 'acc_a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
  ('usr_r', '审核员', 'usr_r@people.example', 'reviewer', 'reviewer', NULL, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO auth_session (id, token, "userId", "expiresAt", "createdAt", "updatedAt") VALUES
  ('ses_1', 'token-1', 'usr_a', '2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO auth_credential (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") VALUES
  ('crd_1', 'usr_a', 'credential', 'usr_a', 'hashed', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO auth_verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt") VALUES
  ('ver_1', 'who', 'what', '2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO auth_rate_limit (id, key, count, "lastRequest") VALUES ('rl_1', '192.0.2.1/sign-in', 3, 1767225600000);
COMMIT;
