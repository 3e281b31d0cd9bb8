import { dayOf } from '@openbeian/model/calendar';
import type { CodeTables } from '@openbeian/model/code-tables';
import type { Clock, Store } from '../../ports/index.ts';
import { overlay } from './code-rows.ts';

interface TableParts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly codeTables: CodeTables;
}

interface OfProvince {
  readonly seen: string;
  readonly tables: CodeTables;
}

/** Another process may have downloaded newer ones. */
const lookEveryMs = 5 * 60_000;

/**
 * The code tables that forms are made of: those of the release under what the province’s own authority sent last; one that has sent none has those
 * of the release, since another’s may have rows of its own. Looked for from time to time, so that every process has them.
 */
export class CurrentTables {
  readonly #parts: TableParts;
  readonly #byProvince = new Map<string, OfProvince>();
  readonly #looking: NodeJS.Timeout;

  constructor(parts: TableParts) {
    this.#parts = parts;
    // A database that is away has others say so; the tables stay as they are.
    this.#looking = setInterval(() => void this.look().catch(() => {}), lookEveryMs).unref();
  }

  /** @param provinceCode of the province, or of what lies in it */
  of(provinceCode: string): CodeTables {
    const found = this.#byProvince.get(provinceCode) ?? this.#byProvince.get(`${provinceCode.slice(0, 2)}0000`);
    return found?.tables ?? this.#parts.codeTables;
  }

  /** Takes over what has been downloaded meanwhile. */
  async look(): Promise<void> {
    const { store, clock, codeTables } = this.#parts;
    const listed = await store.transaction(({ authorityLedger }) => authorityLedger.listTables());
    for (const { provinceCode, asOf, digest } of listed) {
      const seen = `${asOf} ${digest}`;
      // The same object as long as nothing has changed: forms are made once for it.
      if (this.#byProvince.get(provinceCode)?.seen === seen) continue;
      const newest = await store.transaction(({ authorityLedger }) => authorityLedger.findTables(provinceCode));
      const { tables } = overlay(codeTables, newest, dayOf(clock.now()));
      this.#byProvince.set(provinceCode, { seen, tables });
    }
  }

  close(): void {
    clearInterval(this.#looking);
  }
}
