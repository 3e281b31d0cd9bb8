import type { AccountRows } from './accounts.ts';
import type { ApiKeyRows } from './api-keys.ts';
import type { AuditRows, AuditSealRows } from './audit.ts';
import type { AuditEventRows } from './audit-events.ts';
import type { CodeClockRows } from './code-clock.ts';
import type { CodeEventRows, CodeRows, QuotaRows } from './code-ledger.ts';
import type { ExchangeRows } from './exchange.ts';
import type { FilingRows } from './filings.ts';
import type { GateLogRows } from './gate-log.ts';
import type { IdempotencyRows } from './idempotency.ts';
import type { JobRows } from './jobs.ts';
import type { KeyRows } from './keys.ts';
import type { NoticeRows } from './notices.ts';
import type { PeopleRows } from './people.ts';
import type { RecordRows } from './records.ts';
import type { ResourceRows } from './resources.ts';
import type { SecondFactorRows } from './second-factors.ts';
import type { SignInRows } from './sign-ins.ts';
import type { DeliveryRows, WebhookRows } from './webhooks.ts';
import type { WorkFailureRows } from './work-failures.ts';

/** Every part lives in one transaction. The parts are grouped by noun; names follow the design's verbs. */
export interface StoreTransaction {
  readonly idempotency: IdempotencyRows;
  readonly apiKeys: ApiKeyRows;
  readonly accounts: AccountRows;
  readonly resources: ResourceRows;
  readonly quota: QuotaRows;
  readonly codes: CodeRows;
  readonly codeEvents: CodeEventRows;
  readonly filings: FilingRows;
  readonly records: RecordRows;
  readonly gateLog: GateLogRows;
  readonly exchange: ExchangeRows;
  readonly jobs: JobRows;
  readonly audit: AuditRows;
  readonly auditSeals: AuditSealRows;
  readonly auditEvents: AuditEventRows;
  readonly webhooks: WebhookRows;
  readonly deliveries: DeliveryRows;
  readonly codeClock: CodeClockRows;
  readonly notices: NoticeRows;
  readonly keys: KeyRows;
  readonly workFailures: WorkFailureRows;
  readonly people: PeopleRows;
  readonly signIns: SignInRows;
  readonly secondFactors: SecondFactorRows;
}
