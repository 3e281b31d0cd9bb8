import {
  ConformanceDirector,
  createSimControls,
  defaultInterfaceUnit,
  manualClock,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { wholeFiling } from './testing/line-world.ts';
import { V3Authority } from './v3-authority.ts';

const province = '440000';
let open: OpenStore;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());

/** What an operator answers, not the adapter. */
const byPeople = ['tasks_answered', 'unfiled_answered'];

test('the adapter passes the conformance kit that other providers are given', { timeout: 120_000 }, async () => {
  const unit = { ...defaultInterfaceUnit, ispId: 7900, provider: 'xinghe' };
  const clock = manualClock('2026-11-23T01:30:00.000Z');
  const sim = await startAuthoritySim({ calm: true, clock, log: () => {}, interfaceV3: { units: [unit] } });
  try {
    const controls = createSimControls(sim.url);
    const director = new ConformanceDirector(controls);
    const { ispId, userName, password, cipher } = unit;
    const access = { url: `${sim.url}/v3/${province}`, namespace: null, timeoutMs: 10_000 };
    const now = () => clock.now();
    const adapter = new V3Authority({
      unit: ispId,
      exchanges: new Map([[province, createSoapExchange({ ...access, credentials: { ispId, userName, password } })]]),
      cipher,
      store: open.store,
      vault: new KeyRingVault(makeKeyRing()),
      clock: { now },
      ids: new SortableIds(() => Date.parse(now())),
      codeTables: loadCodeTables(),
      lossesThatStop: [],
      downloadEveryMs: 1_000,
    });
    const passing = (error: unknown) => {
      if (isFault(error, 'authority.unreachable') || isFault(error, 'authority.occupied')) return null;
      throw error;
    };
    const waiting = Array.from({ length: 10 }, (_, index) => ({
      ...wholeFiling(1 + index * 10),
      id: `exc_conformance_${index}`,
      provider: 'xinghe',
    }));
    let report = await controls.getConformance();
    const isSeen = () =>
      report.findings.every(({ check, outcome }) => outcome !== 'not_seen' || byPeople.includes(check));
    for (let round = 0; round < 120 && !isSeen(); round += 1) {
      sim.tick();
      await director.step();
      const next = waiting[0];
      if (next !== undefined && (await adapter.submit(next).catch(passing)) !== null) waiting.shift();
      for (const message of (await adapter.fetchMessages(20).catch(passing)) ?? []) {
        await adapter.acknowledge(message.messageId);
      }
      await controls.advanceClock(round % 4 === 3 ? 'PT2H' : 'PT20S');
      report = await controls.getConformance();
    }
    const named = (wanted: string) =>
      report.findings
        .filter(({ outcome }) => outcome === wanted)
        .map(({ check, seen }) => [check, ...seen.map(({ detail }) => detail)]);
    expect(named('failed').filter(([check]) => !byPeople.includes(check ?? ''))).toEqual([]);
    expect(named('not_seen').filter(([check]) => !byPeople.includes(check ?? ''))).toEqual([]);
  } finally {
    await sim.close();
  }
});
