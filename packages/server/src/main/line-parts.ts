import type { CodeTables } from '@openbeian/model/code-tables';
import type { Clock, Ids, Store, Vault } from '../ports/index.ts';

/** What lines to authorities are made of besides their configuration. */
export interface LineParts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly ids: Ids;
  readonly codeTables: CodeTables;
}
