import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearAudit, createLogger, loadConfig, openDeployment, sealAudit } from '@openbeian/server/main';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'openbeian-audit-verify-'));
const config = join(folder, 'openbeian.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

/** Works on the embedded database of the configuration, at an instant of its own. */
async function working(at: string, work: (deployment: Awaited<ReturnType<typeof openDeployment>>) => Promise<unknown>) {
  const options = { clock: { now: () => at }, logger: createLogger('silent') };
  const deployment = await openDeployment(loadConfig(config, {}), options);
  await work(deployment).finally(() => deployment.close());
}

beforeAll(async () => {
  const settings = {
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { directory: join(folder, 'data') },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    log: { level: 'silent' },
  };
  writeFileSync(config, JSON.stringify(settings));
  await working('2026-11-21T02:00:00.000Z', async ({ deps }) => {
    await deps.store.transaction(async (tx) => {
      for (const id of ['aud_1', 'aud_2', 'aud_3']) {
        const who = {
          actorId: 'usr_1',
          actorRole: 'operator',
          accountId: null,
          address: '203.0.113.7',
          sessionId: null,
        };
        const what = { action: 'CodesIssued', objectKind: 'code', objectId: 'code_1', detail: {} };
        await tx.audit.append({ id, at: '2026-11-21T01:30:00.000Z', ...who, ...what });
      }
    });
    expect(await sealAudit(deps)).toBe(3);
  });
}, 90_000);

const verify = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'audit', 'verify', '--config', config, ...args], { encoding: 'utf8' });

it('says that the audit is whole, with the last seal, which is worth keeping elsewhere', () => {
  const found = verify();
  expect(found).toMatchObject({ status: 0, stderr: '' });
  expect(found.stdout).toMatch(/一致：3 条记录，1 个封印\n最后一个封印 1：[0-9a-f]{64}\n尚未封印：0 条/);
  expect(JSON.parse(verify('--json', '--from', '2026-11-22').stdout)).toMatchObject({ rows: 0, difference: null });
  expect(verify('--from', '2026-02-30').status).toBe(2);
  // As it was printed; of a seal that is there no more, whole newest days were removed.
  const [, printed = ''] = /最后一个封印 (1：[0-9a-f]{64})/.exec(found.stdout) ?? [];
  expect(verify('--known', printed)).toMatchObject({ status: 0, stderr: '' });
  const removed = verify('--known', `7:${'a'.repeat(64)}`, '--lang', 'en');
  expect(removed).toMatchObject({ status: 3, stderr: '' });
  expect(removed.stdout).toContain('The audit was altered: 2026-11-21, seal 7\n  this seal is missing');
  expect(verify('--known', `1:${'a'.repeat(64)}`).stdout).toContain('此封印被修改');
  expect(verify('--known', '1').status).toBe(2);
}, 90_000);

it('says which days were cleared by policy', async () => {
  const other = join(folder, 'cleared.yaml');
  const settings = JSON.parse(readFileSync(config, 'utf8'));
  writeFileSync(other, JSON.stringify({ ...settings, database: { directory: join(folder, 'cleared') } }));
  const options = { clock: { now: () => '2026-11-21T02:00:00.000Z' }, logger: createLogger('silent') };
  const { deps, close } = await openDeployment(loadConfig(other, {}), options);
  await deps.store.transaction(async (tx) => {
    for (const at of ['2023-01-01T00:00:00.000Z', '2023-01-03T00:00:00.000Z', '2026-11-01T00:00:00.000Z']) {
      const who = { actorId: 'usr_1', actorRole: 'operator', accountId: null, address: null, sessionId: null };
      const what = { action: 'CodesIssued', objectKind: 'code', objectId: 'code_1', detail: {} };
      await tx.audit.append({ id: `aud_${at}`, at, ...who, ...what });
    }
  });
  while ((await sealAudit(deps)) > 0);
  // The clock was found right long ago.
  await deps.store.transaction((tx) => tx.clockMarks.add('2026-10-01T00:00:00.000Z'));
  while ((await clearAudit(deps, () => {})) > 0);
  await close();
  const found = verify('--config', other);
  expect(found).toMatchObject({ status: 0, stderr: '' });
  expect(found.stdout).toMatch(/按保留期限清除：2023-01-01 至 2023-01-03，共 2 日、2 条/);
}, 90_000);

it('names the row that the owner of the database has changed, and ends with 3', async () => {
  await working('2026-11-21T02:00:00.000Z', async ({ open }) => {
    for (const text of [
      'ALTER TABLE audit DISABLE TRIGGER USER',
      `UPDATE audit SET detail = '{"count": 5}' WHERE id = 'aud_2'`,
      'ALTER TABLE audit ENABLE TRIGGER USER',
    ]) {
      await open.kysely.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never);
    }
  });
  const found = verify('--lang', 'en');
  expect(found).toMatchObject({ status: 3, stderr: '' });
  expect(found.stdout).toContain('The audit was altered: 2026-11-21, seal 1\n  row aud_2 (2026-11-21T01:30:00');
  expect(verify('--json').status).toBe(3);
}, 90_000);
