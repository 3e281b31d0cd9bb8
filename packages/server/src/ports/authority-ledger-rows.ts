import type { ArrivalRows, FiledRows, LineRows, PackageRows } from './authority-ledger.ts';
import type { ReconciliationRows } from './reconciliation.ts';

/** Everything that has to be kept of the lines to authorities; see `store/migrations/0039-authority-ledger.sql`. */
export type AuthorityLedgerRows = LineRows & PackageRows & ArrivalRows & FiledRows & ReconciliationRows;
