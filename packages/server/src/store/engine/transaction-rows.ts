import type { StoreTransaction } from '../../ports/store-transaction.ts';
import { accountRows } from '../queries/accounts.ts';
import { apiKeyRows } from '../queries/api-keys.ts';
import { auditRows } from '../queries/audit.ts';
import { auditCheckRows } from '../queries/audit-checks.ts';
import { auditClearingRows } from '../queries/audit-clearings.ts';
import { auditEventRows } from '../queries/audit-events.ts';
import { auditSealRows } from '../queries/audit-seals.ts';
import { arrivalRows } from '../queries/authority-arrivals.ts';
import { filedRows } from '../queries/authority-filed.ts';
import { lineRows } from '../queries/authority-lines.ts';
import { packageRows } from '../queries/authority-packages.ts';
import { blockedNameRows } from '../queries/blocked-names.ts';
import { codeClockRows } from '../queries/code-clock.ts';
import { codeEventRows } from '../queries/code-events.ts';
import { codeRows } from '../queries/codes.ts';
import { contestRows } from '../queries/contests.ts';
import { dayTallyRows } from '../queries/day-tallies.ts';
import { deliveryRows } from '../queries/deliveries.ts';
import { demandRows } from '../queries/demands.ts';
import { exchangeRows } from '../queries/exchange.ts';
import { filingRows } from '../queries/filings.ts';
import { gateLogRows } from '../queries/gate-log.ts';
import { idempotencyRows } from '../queries/idempotency.ts';
import { inventorySyncRows } from '../queries/inventory-syncs.ts';
import { jobRows } from '../queries/jobs.ts';
import { keyRows } from '../queries/keys.ts';
import { clockMarkRows, lapseRows } from '../queries/lapses.ts';
import { lookUpRows } from '../queries/look-ups.ts';
import { materialRows } from '../queries/materials.ts';
import { moveRows } from '../queries/moves.ts';
import { nameProofRows } from '../queries/name-proofs.ts';
import { noticeRows } from '../queries/notices.ts';
import { operationsRows } from '../queries/operations.ts';
import { peopleRows } from '../queries/people.ts';
import { processReportRows } from '../queries/process-reports.ts';
import { quotaRows } from '../queries/quota.ts';
import { reconciliationRows } from '../queries/reconciliation.ts';
import { recordRows } from '../queries/records.ts';
import { reminderRows } from '../queries/reminders.ts';
import { resourceRows } from '../queries/resources.ts';
import { revealRows } from '../queries/reveals.ts';
import { reviewRows } from '../queries/reviews.ts';
import { rowCountRows } from '../queries/row-counts.ts';
import { saidTextRows } from '../queries/said-texts.ts';
import { secondFactorRows } from '../queries/second-factors.ts';
import { signInRows } from '../queries/sign-ins.ts';
import { supportAccessRows } from '../queries/support-accesses.ts';
import { verificationRows } from '../queries/verification.ts';
import { webhookRows } from '../queries/webhooks.ts';
import { workFailureRows } from '../queries/work-failures.ts';
import type { Session } from './session.ts';

const makers: { readonly [Rows in keyof StoreTransaction]: (session: Session) => StoreTransaction[Rows] } = {
  idempotency: idempotencyRows,
  apiKeys: apiKeyRows,
  accounts: accountRows,
  resources: resourceRows,
  inventorySyncs: inventorySyncRows,
  quota: quotaRows,
  codes: codeRows,
  codeEvents: codeEventRows,
  filings: filingRows,
  lapses: lapseRows,
  clockMarks: clockMarkRows,
  nameProofs: nameProofRows,
  contests: contestRows,
  demands: demandRows,
  moves: moveRows,
  reminders: reminderRows,
  verification: verificationRows,
  supportAccesses: supportAccessRows,
  records: recordRows,
  gateLog: gateLogRows,
  exchange: exchangeRows,
  authorityLedger: (session) => ({
    ...lineRows(session),
    ...packageRows(session),
    ...arrivalRows(session),
    ...filedRows(session),
    ...reconciliationRows(session),
  }),
  jobs: jobRows,
  audit: auditRows,
  saidTexts: saidTextRows,
  lookUps: lookUpRows,
  materials: materialRows,
  auditSeals: auditSealRows,
  auditClearings: auditClearingRows,
  auditChecks: auditCheckRows,
  auditEvents: auditEventRows,
  reveals: revealRows,
  reviews: reviewRows,
  webhooks: webhookRows,
  deliveries: deliveryRows,
  codeClock: codeClockRows,
  notices: noticeRows,
  keys: keyRows,
  workFailures: workFailureRows,
  rowCounts: rowCountRows,
  people: peopleRows,
  processReports: processReportRows,
  dayTallies: dayTallyRows,
  blockedNames: blockedNameRows,
  operations: operationsRows,
  signIns: signInRows,
  secondFactors: secondFactorRows,
};

/** Its rows are made when they are first asked for: a request needs a few of them, and making all would cost more than its queries. */
class TransactionRows {
  readonly session: Session;
  readonly made: Partial<Record<string, unknown>> = {};

  constructor(session: Session) {
    this.session = session;
  }
}

function addRows(rows: keyof StoreTransaction): void {
  Object.defineProperty(TransactionRows.prototype, rows, {
    get(this: TransactionRows) {
      this.made[rows] ??= makers[rows](this.session);
      return this.made[rows];
    },
  });
}
// The keys of the table.
for (const rows of Object.keys(makers) as (keyof StoreTransaction)[]) addRows(rows);

/** All rows, over this session. Their names are looked up, not listed: to replace some, put an object before it. */
export const transactionOver = (session: Session): StoreTransaction =>
  // Each of its names has a getter, by the table.
  new TransactionRows(session) as unknown as StoreTransaction;
