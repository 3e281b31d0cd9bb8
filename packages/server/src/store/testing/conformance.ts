import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenStore } from '../engine/open-store.ts';
import { describeApiKeys } from './api-keys.ts';
import { describeAuthorityLedger } from './authority-ledger.ts';
import { describeBlockedNames } from './blocked-names.ts';
import { describeCodeClock } from './code-clock.ts';
import { describeCodeEvents } from './code-events.ts';
import { describeCodes } from './codes.ts';
import { describeConstraints } from './constraints.ts';
import { describeDeliveries } from './deliveries.ts';
import { describeExchange } from './exchange.ts';
import { describeFilings } from './filings.ts';
import { describeGateVectors } from './gate-vectors.ts';
import { describeGateView } from './gate-view.ts';
import { describeHeldNames } from './held-names.ts';
import { describeInventorySyncs } from './inventory-syncs.ts';
import { describeIssuing } from './issuing.ts';
import { describeIssuingTogether } from './issuing-together.ts';
import { describeKeptTotals } from './kept-totals.ts';
import { describeLedger } from './ledger.ts';
import { describeLines } from './lines.ts';
import { describeNotices } from './notices.ts';
import { describeOldRows } from './old-rows.ts';
import { describePages } from './pages.ts';
import { describeProcessReports } from './process-reports.ts';
import { describeQueueAges } from './queue-ages.ts';
import { describeReconciliation } from './reconciliation.ts';
import { describeRecords } from './records.ts';
import { describeSealedThings } from './sealed-things.ts';
import { describeTransactions } from './transactions.ts';
import { describeUnreadableRows } from './unreadable-rows.ts';
import { type World, worldOf } from './world.ts';

/** What every driver of the store must do. All tests share one database, which nothing else uses. */
export function describeConformance(driver: string, open: () => Promise<OpenStore>): void {
  describe(`the store on ${driver}`, () => {
    let opened: OpenStore;
    let shared: World;
    beforeAll(async () => {
      opened = await open();
      shared = worldOf(opened);
    });
    afterAll(() => opened?.close());
    const world = (): World => shared;

    describeTransactions(world);
    describeExchange(world);
    describeAuthorityLedger(world);
    describeReconciliation(world);
    describeLines(world);
    describeLedger(world);
    describeIssuing(world);
    describeIssuingTogether(world);
    describeCodes(world);
    describeCodeEvents(world);
    describeFilings(world);
    describeHeldNames(world);
    describeRecords(world);
    describeGateView(world);
    describeGateVectors(world);
    describeApiKeys(world);
    describeInventorySyncs(world);
    describeProcessReports(world);
    describeBlockedNames(world);
    describeDeliveries(world);
    describeCodeClock(world);
    describeNotices(world);
    describeKeptTotals(world);
    describeOldRows(world);
    describePages(world);
    describeQueueAges(world);
    describeSealedThings(world);
    describeUnreadableRows(world);
    describeConstraints(world);
  });
}
