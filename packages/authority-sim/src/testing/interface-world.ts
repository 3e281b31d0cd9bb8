import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filingPasswordHash } from '@openbeian/authority-wire/v3';
import { readResults } from '@openbeian/model/authority-v3';
import { manualClock } from '../clock.ts';
import { createSimControls } from '../control/client.ts';
import { type AuthoritySim, type AuthoritySimOptions, startAuthoritySim } from '../start-authority-sim.ts';
import { interfaceClient } from './interface-client.ts';
import { sampleBaxx, upload } from './sample-upload.ts';

/** A Monday, 9:30 in Shanghai. */
export const startAt = '2026-11-23T01:30:00.000Z';

/** Simulators with a right client of interface V3.0, for one test file; `stopAll` after each test. */
export function interfaceWorlds() {
  const running: AuthoritySim[] = [];
  const directories: string[] = [];

  async function start(options: AuthoritySimOptions = {}) {
    const sim = await startAuthoritySim({ calm: true, clock: manualClock(startAt), log: () => {}, ...options });
    running.push(sim);
    const controls = createSimControls(sim.url);
    const client = interfaceClient(sim.url);
    /** All SMS confirmed and all reviews over. */
    const decide = async () => {
      sim.tick();
      await controls.confirmEverySms();
      await controls.advanceClock('PT1M');
    };
    const results = async () => (await client.downloadAll()).flatMap((data) => readResults(data.ICP?.BAJG ?? {}));
    const codes = async () =>
      (await results()).map(({ operation, mark, codes: found }) => ({
        operation,
        mark,
        codes: found.map(({ code }) => code),
      }));
    /** As a restart has it: nothing of it goes on. */
    const stop = async () => {
      running.splice(running.indexOf(sim), 1);
      await sim.close();
    };
    return { sim, controls, client, decide, results, codes, stop };
  }

  /** A simulator on which the filing of seed 1 is approved: with the authority’s numbers and its filing password’s hash. */
  async function startWithRecord(options: AuthoritySimOptions = {}) {
    const world = await start(options);
    await world.client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    await world.decide();
    const [data] = await world.client.downloadAll();
    const record = data?.ICP?.BASJ?.Baxx?.[0];
    if (record?.Zt_xx === undefined || record.Wz_xx === undefined) throw new Error('no record came');
    const { subjects } = await world.controls.getState();
    const password = filingPasswordHash(subjects[0]?.filingPassword ?? '');
    const [service] = record.Wz_xx;
    const ids = { Ztid: record.Zt_xx.Ztid ?? 0, Wzid: service?.Wzid ?? 0, Jrid: service?.Jr_xx?.[0]?.Jrid ?? 0 };
    return { ...world, record, data, password, ids };
  }

  return {
    start,
    startWithRecord,
    newDirectory(): string {
      const directory = mkdtempSync(join(tmpdir(), 'authority-sim-v3-'));
      directories.push(directory);
      return directory;
    },
    async stopAll() {
      for (const sim of running.splice(0)) await sim.close();
      for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
    },
  };
}
