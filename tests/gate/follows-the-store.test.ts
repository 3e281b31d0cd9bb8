import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGate } from '@openbeian/gate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FlowDeps } from '../../packages/server/src/flows/deps.ts';
import { createFlows } from '../../packages/server/src/flows/index.ts';
import { createHttpServer } from '../../packages/server/src/http/server.ts';
import { needsWith } from '../../packages/server/src/http/testing.ts';
import { type OpenStore, openStore } from '../../packages/server/src/store/index.ts';

/** The whole way of a change: real store, flow and HTTP of the control plane, real gate. */
const folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-store-'));
const closing: (() => Promise<unknown>)[] = [];
let open: OpenStore;
let controlUrls: string[];

beforeAll(async () => {
  open = await openStore({ dataDir: null });
  closing.push(() => open.close());
  const deps: Pick<FlowDeps, 'store' | 'provider' | 'gate'> = {
    store: open.store,
    provider: 'xingyun',
    gate: { region: 'cn-mainland', defaultNames: ['app.xingyun-cloud.cn'] },
  };
  // Two server processes would do the same: nothing of a snapshot lives in a process.
  const apps = [1, 2].map(() => createHttpServer(needsWith(createFlows(deps as FlowDeps)).needs));
  controlUrls = await Promise.all(apps.map((app) => app.listen({ host: '127.0.0.1', port: 0 })));
  closing.unshift(...apps.map((app) => () => app.close()));
});
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function recordName(count: number, domainName: string, at: string): Promise<void> {
  await open.store.transaction(async ({ accounts, records }) => {
    await accounts.put({ id: 'acct-a', realName: 'enterprise', displayName: '' }, at);
    const subject = { number: '粤ICP备2026000123号', subjectHash: 'h', unitName: '星河科技', sealedName: 's' };
    const of = {
      id: 'sub_1',
      accountId: 'acct-a',
      subjectKind: 'enterprise',
      provinceCode: '440000',
      recordedAt: at,
    } as const;
    await records.putSubject({ ...subject, ...of });
    const service = {
      id: `srv_${count}`,
      number: `粤ICP备2026000123号-${count}`,
      subjectRecordId: 'sub_1',
      serviceKind: 'website',
    } as const;
    await records.putService({ ...service, serviceName: '星河', domainName, state: 'suspended', recordedAt: at });
  });
}

// A bound on real time: a machine that is busy with other things gets another try, with another name.
let attempt = 0;
test('what is written to the store is what the gate decides by, within a second', { retry: 2 }, async () => {
  attempt += 1;
  const name = `xinghe${attempt}.cn`;
  const gate = await startGate(
    {
      listen: { port: 0 },
      controlUrl: controlUrls[0] ?? '',
      token: 'gate-token',
      snapshotFile: join(folder, `${attempt}.json`),
    },
    { log: () => {} },
  );
  closing.unshift(() => gate.close());
  const reason = async () => {
    const answer = (await (await fetch(`${gate.url}/explain?host=www.${name}`)).json()) as { reason: string };
    return answer.reason;
  };
  await vi.waitUntil(async () => (await reason()) === 'unfiled', { timeout: 8000, interval: 20 });
  await recordName(attempt, name, '2026-11-21T01:30:00.000Z');
  const begun = performance.now();
  await vi.waitUntil(async () => (await reason()) === 'suspended', { timeout: 8000, interval: 20 });
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('two server processes hand out one and the same snapshot', async () => {
  const [one, other] = await Promise.all(
    controlUrls.map(async (url) => {
      const headers = { authorization: 'Bearer gate-token' };
      const answer = await fetch(`${url}/api/v1/gate/snapshot`, { headers });
      return [answer.status, answer.headers.get('etag'), await answer.text()];
    }),
  );
  expect(one).toEqual(other);
  expect(one?.[0]).toBe(200);
});
