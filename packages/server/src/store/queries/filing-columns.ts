import type { FilingListRow } from '../../ports/filings.ts';
import { shownFindings } from './stored-findings.ts';

/** What lists read of a filing. */
export const filingColumns = `id, account_id AS "accountId", provider, kind, state, version, domain_name AS "domainName",
  service_kind AS "serviceKind", subject_kind AS "subjectKind", province_code AS "provinceCode",
  subject_hash AS "subjectHash", subject_number AS "subjectNumber", service_number AS "serviceNumber",
  resource_id AS "resourceId", code_id AS "codeId", spend_id AS "spendId", findings,
  submission_id AS "submissionId", by_hand AS "byHand", submitted_by AS "submittedBy", started_at AS "startedAt",
  updated_at AS "updatedAt", due_at AS "dueAt", name_proven_at AS "nameProvenAt",
  subject_given_at AS "subjectGivenAt", set_aside_at AS "setAsideAt", told_kind AS "toldKind", claim_holder_id AS "claimHolderId",
  (SELECT name FROM auth_user WHERE auth_user.id = claim_holder_id) AS "claimHolderName", claimed_at AS "claimedAt",
  claim_until AS "claimUntil",
  state_since AS "stateSince", review_round AS "reviewRound", first_passed_by AS "firstPassedBy", asked_at AS "askedAt",
  calls_missed AS "callsMissed", last_call AS "lastCall", call_again_at AS "callAgainAt",
  (SELECT lapsed_at FROM filing_lapse WHERE filing_lapse.filing_id = filing.id) AS "lapsedAt"`;

/** As the columns are read. */
export type ReadFiling<Row extends FilingListRow> = Omit<Row, 'claim'> & {
  readonly claimHolderId: string | null;
  readonly claimHolderName: string | null;
  readonly claimedAt: string | null;
  readonly claimUntil: string | null;
};

export function withClaim(read: ReadFiling<FilingListRow>): FilingListRow {
  const { claimHolderId: holderId, claimHolderName: holderName, claimedAt: since, claimUntil: until, ...row } = read;
  const claim = holderId === null || since === null || until === null ? null : { holderId, holderName, since, until };
  return { ...row, claim };
}

/** A filing as lists show it: that its findings cannot be read is a finding. */
export function shownFiling(read: ReadFiling<FilingListRow>): FilingListRow {
  const row = withClaim(read);
  return { ...row, findings: shownFindings('filing', row) };
}
