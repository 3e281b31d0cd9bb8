import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { openFilingStates } from '@openbeian/model/filing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../http/log.ts';
import { parseConfig } from '../config.ts';
import { type Deployment, openDeployment } from '../deployment.ts';
import { loadHistory } from './load-history.ts';
import { loadSample } from './load-sample.ts';
import { samplePeople, sampleUsers } from './people.ts';
import { recordsElsewhere } from './records-elsewhere.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-history-'));
const now = '2026-11-21T01:30:00.000Z';
const logged: string[] = [];
let deployment: Deployment;
beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    // As the sample has it.
    verification: { required: false },
  });
  const logger = createLogger('error', { write: (line: string) => void logged.push(line) });
  deployment = await openDeployment(config, { clock: manualClock(now), inMemory: true, logger });
});
afterAll(async () => {
  await deployment.close();
  rmSync(folder, { recursive: true });
});

const operator = { actor: { userId: 'o', role: 'operator' as const, accountId: null } };
const current = async () => {
  const { filings } = await deployment.flows.listFilings(operator, {});
  return filings.map(({ accountId, kind, state }) => `${accountId} ${kind} ${state}`).sort();
};
const past = ['acct-ruoxi first returned', 'acct-xinghe first filed', 'acct-yunfan add_site_elsewhere awaiting_review'];

it('gives the sample a filed site, a returned one and one that waits, all of them in the past', async () => {
  expect(await loadSample(deployment, () => loadHistory(deployment, folder))).toBe(true);
  expect(logged).toEqual([]);
  expect(await current()).toEqual(past);
  const { filings } = await deployment.flows.listFilings(operator, {});
  for (const { updatedAt } of filings) expect(Date.parse(updatedAt)).toBeLessThan(Date.parse(now));
  const found = await deployment.flows.searchRecords(operator, {
    search: 'xinghe-example.cn',
    serviceKind: 'website',
    pageNum: 1,
    pageSize: 10,
  });
  expect(found.rows[0]?.number).toMatch(/^粤ICP备2026\d{6}号-1$/);
  const { codes } = await deployment.flows.listCodes(operator, { side: 'issued', limit: 100 });
  expect(codes.map((code) => code.state).sort()).toEqual(['bound', 'unused']);
});

it('has those filings that the list of certificates at the start names, so that nobody begins with one of a filing under way', async () => {
  const { filings } = await deployment.flows.listFilings(operator, {});
  const had = filings.map(({ accountId, state }) => `${accountId} ${openFilingStates.includes(state)}`);
  const named = samplePeople.flatMap(({ filing }) => (filing === null ? [] : [filing]));
  const accountOf = (login: string) => sampleUsers.find((user) => user.login === login)?.accountId;
  expect(named.map(({ login, isOpen }) => `${accountOf(login)} ${isOpen}`).sort()).toEqual(had.sort());
});

it('changes nothing when it is told again, as after a start that was cut off before the end', async () => {
  await loadHistory(deployment, folder);
  expect(await current()).toEqual(past);
  expect(logged).toEqual([]);
});

it('is loaded once', async () => {
  const again = loadSample(deployment, () => Promise.reject(new Error('told a second time')));
  expect(await again).toBe(false);
});

it('is remembered by the authority when it runs with the real time', async () => {
  const sim = await startAuthoritySim({ dataDir: folder, seedRecords: recordsElsewhere(), log: () => {} });
  const page = await (await fetch(`${sim.url}/query?search=xinghe-example.cn`)).text();
  await sim.close();
  expect(page).toContain('粤ICP备2026');
});
