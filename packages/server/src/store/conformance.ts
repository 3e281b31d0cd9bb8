import { afterAll, beforeAll, describe } from 'vitest';
import { describeApiKeys } from './conformance/api-keys.ts';
import { describeCodeClock } from './conformance/code-clock.ts';
import { describeCodeEvents } from './conformance/code-events.ts';
import { describeCodes } from './conformance/codes.ts';
import { describeConstraints } from './conformance/constraints.ts';
import { describeDeliveries } from './conformance/deliveries.ts';
import { describeExchange } from './conformance/exchange.ts';
import { describeFilings } from './conformance/filings.ts';
import { describeGateView } from './conformance/gate-view.ts';
import { describeIssuing } from './conformance/issuing.ts';
import { describeIssuingTogether } from './conformance/issuing-together.ts';
import { describeLedger } from './conformance/ledger.ts';
import { describeOldRows } from './conformance/old-rows.ts';
import { describeRecords } from './conformance/records.ts';
import { describeTransactions } from './conformance/transactions.ts';
import { type World, worldOf } from './conformance/world.ts';
import type { OpenStore } from './open-store.ts';

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
    describeLedger(world);
    describeIssuing(world);
    describeIssuingTogether(world);
    describeCodes(world);
    describeCodeEvents(world);
    describeFilings(world);
    describeRecords(world);
    describeGateView(world);
    describeApiKeys(world);
    describeDeliveries(world);
    describeCodeClock(world);
    describeOldRows(world);
    describeConstraints(world);
  });
}
