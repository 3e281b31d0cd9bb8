import { dayOf } from '@openbeian/model/calendar';
import type { CodeTables } from '@openbeian/model/code-tables';
import type { Clock, Store } from '../../ports/index.ts';
import { overlay } from './code-rows.ts';

interface TableParts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly codeTables: CodeTables;
}

/** Another process may have downloaded newer ones. */
const lookEveryMs = 5 * 60_000;

/**
 * The code tables that forms are made of: those of the release under what an authority sent last, whichever province it was; the tables are
 * the ministry's. Looked for from time to time, so that every process has them.
 */
export class CurrentTables {
  readonly #parts: TableParts;
  #now: CodeTables;
  #seen = '';
  readonly #looking: NodeJS.Timeout;

  constructor(parts: TableParts) {
    this.#parts = parts;
    this.#now = parts.codeTables;
    // A database that is away has others say so; the tables stay as they are.
    this.#looking = setInterval(() => void this.look().catch(() => {}), lookEveryMs).unref();
  }

  get now(): CodeTables {
    return this.#now;
  }

  /** Takes over what has been downloaded meanwhile. */
  async look(): Promise<void> {
    const { store, clock, codeTables } = this.#parts;
    const [newest] = await store.transaction(({ authorityLedger }) => authorityLedger.listTables());
    const seen = newest === undefined ? '' : `${newest.asOf} ${newest.tables}`;
    // The same object as long as nothing has changed: forms are made once for it.
    if (seen === this.#seen) return;
    this.#now = overlay(codeTables, newest, dayOf(clock.now())).tables;
    this.#seen = seen;
  }

  close(): void {
    clearInterval(this.#looking);
  }
}
