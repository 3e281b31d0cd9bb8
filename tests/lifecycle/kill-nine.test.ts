import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSimControls } from '../../packages/authority-sim/src/index.ts';
import { createHttpWorld, until } from '../../packages/cli/src/demo/http-world.ts';
import { createStepReport } from '../../packages/cli/src/demo/step-report.ts';
import { runStory } from '../../packages/cli/src/demo/story.ts';
import { sampleLogins, takenSiteName } from '../../packages/server/src/main/index.ts';
import { strayPictures } from '../../packages/server/src/main/testing/stray-pictures.ts';
import { type OwnProcess, startOpenbeian } from './child-process.ts';
import { freePort } from './free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-kill-'));
let running: OwnProcess | null = null;
afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const kills = 6;
/** Requests of the whole story, roughly; the kills are spread over them. */
const storyRequests = 170;

/** A small seeded generator (mulberry32): the same kills every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('kill -9 of everything (server, background work, gate, simulated authority) during the story', () => {
  it('loses nothing acknowledged and spends no quota twice', { timeout: 300_000 }, async () => {
    const [port, gatePort, authorityPort] = [await freePort(), await freePort(), await freePort()];
    const flags = { data: folder, port, 'gate-port': gatePort, 'authority-port': authorityPort };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const start = async () => {
      running = await startOpenbeian(['start', ...args], /Ctrl\+C/);
    };
    await start();

    const random = seeded(20261121);
    const killAt = new Set(
      Array.from({ length: kills }, (_, n) => Math.floor(((n + random()) * storyRequests) / kills)),
    );
    let requests = 0;
    let killed = 0;
    /** Sends; at its turn the process dies while the request is under way, is started again, and the request repeated. */
    const network: typeof fetch = async (url, init) => {
      requests += 1;
      if (!killAt.has(requests)) return fetch(url, init);
      const sent = fetch(url, init).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, random() * 12));
      await running?.kill();
      await sent;
      killed += 1;
      await start();
      return fetch(url, init);
    };
    const controls = createSimControls(`http://127.0.0.1:${authorityPort}`);
    const login = (name: string) => ({
      login: name,
      password: sampleLogins.find((one) => one.login === name)?.password ?? '',
    });
    const world = createHttpWorld({
      serverUrl: () => `http://127.0.0.1:${port}`,
      gateUrl: `http://127.0.0.1:${gatePort}`,
      simUrl: `http://127.0.0.1:${authorityPort}`,
      logins: {
        company: login('xinghe'),
        individual: login('individual'),
        reviewer: login('reviewer'),
        operator: login('operator'),
      },
      accounts: { company: 'acct-xinghe', individual: 'acct-individual' },
      takenSiteName,
      rest: () =>
        until(
          'jobs and messages are done',
          async () => {
            const { jobs } = await (await world.as('operator')).listJobs();
            return jobs.length === 0 && (await controls.getState()).unacknowledgedMessages === 0;
            // A job that was under way when its process died comes free when its lease ends.
          },
          60_000,
        ),
      // The clock is the real one: an hour is as long as the simulated authority takes for its verdict.
      advance: () =>
        until(
          'the authority has decided',
          async () => {
            // Interface V3.0 does not say when the SMS was confirmed: until the verdict a filing waits as it did for that.
            const { filings } = await (await world.as('operator')).listFilings({ query: { state: 'awaiting_sms' } });
            return filings.length === 0;
          },
          60_000,
        ),
      fetch: network,
    });
    const lines: string[] = [];
    await runStory(
      world,
      createStepReport((line) => lines.push(line), 'zh'),
      false,
    );
    expect(killed).toBeGreaterThanOrEqual(kills - 2);

    // The books: every code that was acknowledged is there once, and exactly their quota is out.
    const company = await world.as('company');
    const { codes } = await company.listCodes({ query: { resourceId: 'story-server' } });
    const { check } = await company.getResource({ params: { resourceId: 'story-server' } });
    expect(codes).toHaveLength(2);
    expect(check.issue.quota?.used).toBe(codes.length);
    expect(codes.map((code) => code.state).sort()).toEqual(['unused', 'used']);

    // Every picture that is listed opens, original and copy.
    const individual = await world.as('individual');
    const { filings } = await individual.listFilings({ query: { limit: 100 } });
    let opened = 0;
    for (const { id } of filings) {
      const { needed } = await individual.listMaterials({ params: { filingId: id } });
      for (const material of needed.flatMap(({ materials }) => materials)) {
        for (const which of ['original', 'copy'] as const) {
          const picture = await individual.openMaterial({ params: { materialId: material.id }, body: { which } });
          expect(picture.bytes.byteLength).toBe(which === 'copy' ? material.copyBytes : material.bytes);
          opened += 1;
        }
      }
    }
    expect(opened).toBeGreaterThan(0);
    await running?.kill();
    running = null;
    expect(await strayPictures(folder)).toEqual([]);
  });
});
