import type { CodeTables } from '@openbeian/model/code-tables';
import type {
  AuthorityMessage,
  AuthoritySubmission,
  Ids,
  LineKey,
  Store,
  StoreTransaction,
  Vault,
} from '../../../ports/index.ts';
import { firstFiling } from '../../testing/harness.ts';
import type { LineOptions } from '../line-options.ts';
import { createSoapExchange } from '../soap-exchange.ts';
import { V3Authority } from '../v3-authority.ts';
import { SmallAuthority } from './small-authority.ts';

export const province = '440000';

/** A whole filing as the form of today gives it: what interface V3.0 wants is there. */
export function wholeFiling(seed: number, changes: Parameters<typeof firstFiling>[1] = {}): AuthoritySubmission {
  const filing = firstFiling(seed, changes);
  return {
    ...filing,
    subject: {
      nature: 4,
      certificateId: 1,
      region: '440106',
      superior: filing.subject.name,
      submittedBy: 1,
      ...filing.subject,
    },
    service: { contents: [8], preApprovals: [], ...filing.service, languages: ['zh_hans'] },
    access: {
      methods: [3],
      places: ['440000'],
      ipRanges: [{ first: '203.0.113.7', last: '203.0.113.7' }],
      ...filing.access,
    },
  };
}

export interface LineWorld {
  readonly unit: number;
  readonly line: LineKey;
  readonly store: Store;
  readonly there: SmallAuthority;
  readonly clock: { nowMs: number };
  /** One of this world: `wholeFiling` under an id of its own. */
  filing(...given: Parameters<typeof wholeFiling>): AuthoritySubmission;
  /** An adapter as another process has it. */
  adapter(some?: Partial<LineOptions>): V3Authority;
  ledger<Result>(work: (ledger: StoreTransaction['authorityLedger']) => Promise<Result>): Promise<Result>;
  /** Takes what has come, and acknowledges it. */
  take(adapter: V3Authority): Promise<AuthorityMessage[]>;
}

/** Of the rooms that the tests alone may use. */
export interface LineParts {
  readonly store: Store;
  readonly unit: number;
  readonly vault: Vault;
  readonly makeIds: (nowMs: () => number) => Ids;
  readonly codeTables: CodeTables;
}

/** An adapter, the other side, and a database between; `unit` tells lines of several tests apart. */
export async function lineWorld({ store, unit, vault, makeIds, codeTables }: LineParts): Promise<LineWorld> {
  const there = new SmallAuthority();
  const url = await there.start();
  const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
  const now = () => new Date(clock.nowMs).toISOString();
  const access = { url, credentials: there.credentials, namespace: null, timeoutMs: 5_000 };
  const line = { provider: String(unit), provinceCode: province };
  await store.transaction(({ authorityLedger }) => authorityLedger.putLine(line));
  return {
    unit,
    line,
    store,
    there,
    clock,
    filing: (seed, changes) => ({ ...wholeFiling(seed, changes), id: `exc_${unit}_${seed}` }),
    adapter: (some = {}) =>
      new V3Authority({
        unit,
        exchanges: new Map([[province, createSoapExchange(access)]]),
        cipher: there.cipher,
        store,
        vault,
        clock: { now },
        ids: makeIds(() => clock.nowMs),
        codeTables,
        lossesThatStop: [],
        downloadEveryMs: 60_000,
        ...some,
      }),
    ledger: (work) => store.transaction(({ authorityLedger }) => work(authorityLedger)),
    async take(adapter) {
      const taken: AuthorityMessage[] = [];
      for (;;) {
        const batch = await adapter.fetchMessages(20);
        if (batch.length === 0) return taken;
        for (const message of batch) {
          if (message.kind === 'unreadable') throw new Error(`${message.messageId} cannot be read`);
          await adapter.acknowledge(message.messageId);
          taken.push(message);
        }
      }
    },
  };
}
