import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '@openbeian/model/canonical-json';
import { createLogger, loadConfig, openDeployment, sealAudit } from '@openbeian/server/main';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'openbeian-audit-export-'));
const [config, out] = [join(folder, 'openbeian.json'), join(folder, 'out')];
afterAll(() => rmSync(folder, { recursive: true }));
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

const settings = {
  provider: 'xingyun',
  name: { zh: '星云', en: 'Xingyun' },
  database: { directory: join(folder, 'data') },
  authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  log: { level: 'silent' },
};

/** Adds rows of an instant and seals them. */
async function addSealed(at: string, ids: readonly string[]): Promise<void> {
  const now = new Date(Date.parse(at) + 600_000).toISOString();
  const options = { clock: { now: () => now }, logger: createLogger('silent') };
  const deployment = await openDeployment(loadConfig(config, {}), options);
  try {
    await deployment.deps.store.transaction(async (tx) => {
      for (const id of ids) {
        const who = {
          actorId: 'usr_1',
          actorRole: 'operator',
          accountId: null,
          address: '203.0.113.7',
          sessionId: null,
        };
        await tx.audit.append({
          id,
          at,
          ...who,
          action: 'CodesIssued',
          objectKind: 'code',
          objectId: 'c',
          detail: { 备注: id },
        });
      }
    });
    expect(await sealAudit(deployment.deps)).toBe(ids.length);
  } finally {
    await deployment.close();
  }
}

beforeAll(async () => {
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(config, JSON.stringify({ ...settings, audit: { signingKeyFile: join(folder, 'key.pem') } }));
  await addSealed('2026-11-21T01:00:00.000Z', ['aud_1', 'aud_2']);
  await addSealed('2026-11-21T02:00:00.000Z', ['aud_3']);
  await addSealed('2026-11-22T02:00:00.000Z', ['aud_4']);
}, 90_000);

const run = (...more: string[]) =>
  spawnSync(process.execPath, [main, 'audit', 'export', '--dir', out, '--config', config, ...more], {
    encoding: 'utf8',
  });
const linesIn = (day: string) =>
  readFileSync(join(out, `audit-${day}.ndjson`), 'utf8')
    .split('\n')
    .slice(0, -1);

/** As docs/audit.md says how. */
function isSigned(lines: readonly string[]): boolean {
  const { signature, ...end } = JSON.parse(lines.at(-1) ?? '');
  const before = lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('');
  const signed = Buffer.from(`openbeian audit export\n${canonicalJson(end)}`);
  return (
    createHash('sha256').update(before).digest('hex') === end.sha256 &&
    verify(null, signed, publicKey, Buffer.from(signature, 'base64'))
  );
}

it('writes a signed file for each day; the next run adds what is new and leaves what is complete', async () => {
  const first = run();
  expect(first).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('共写入 2 日') });
  expect(readdirSync(out)).toEqual(['audit-2026-11-21.ndjson', 'audit-2026-11-22.ndjson']);
  const lines = linesIn('2026-11-21');
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['day', 'row', 'row', 'seal', 'row', 'seal', 'end']);
  expect(JSON.parse(lines[1] ?? '').row).toMatchObject({
    id: 'aud_1',
    address: '203.0.113.7',
    detail: { 备注: 'aud_1' },
  });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ complete: true, rows: 3, seals: 2 });
  expect(isSigned(lines)).toBe(true);
  expect(isSigned(lines.with(1, (lines[1] ?? '').replace('usr_1', 'usr_2')))).toBe(false);
  // Each day follows the one before.
  expect(JSON.parse(linesIn('2026-11-22')[0] ?? '').previous).toBe(JSON.parse(lines.at(-2) ?? '').seal.digest);
  expect(JSON.parse(linesIn('2026-11-22').at(-1) ?? '')).toMatchObject({ complete: false });

  const written = statSync(join(out, 'audit-2026-11-21.ndjson')).mtimeMs;
  await addSealed('2026-11-22T03:00:00.000Z', ['aud_5']);
  await addSealed('2026-11-23T03:00:00.000Z', ['aud_6']);
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('写入 2 日；此前已导出完整的 1 日未改动') });
  expect(statSync(join(out, 'audit-2026-11-21.ndjson')).mtimeMs).toBe(written);
  expect(JSON.parse(linesIn('2026-11-22').at(-1) ?? '')).toMatchObject({ complete: true, rows: 2 });
  expect(isSigned(linesIn('2026-11-22')) && isSigned(linesIn('2026-11-23'))).toBe(true);

  // A file that was altered is none: it is written again from the rows.
  const path = join(out, 'audit-2026-11-21.ndjson');
  const whole = readFileSync(path, 'utf8');
  for (const other of [whole.replace('usr_1', 'usr_2'), whole.slice(0, -2), `${whole.split('\n').at(-2)}\n`, '']) {
    writeFileSync(path, other);
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('写入 2 日') });
    expect(readFileSync(path, 'utf8')).toBe(whole);
  }
}, 90_000);

it('says that a key is needed, and how to make one', () => {
  const plain = join(folder, 'plain.json');
  writeFileSync(plain, JSON.stringify(settings));
  const found = run('--config', plain);
  expect(found).toMatchObject({ status: 1, stderr: expect.stringContaining('audit.signingKeyFile') });
}, 60_000);

it('leaves a day that syslog did not take to the next run', () => {
  const other = join(folder, 'not-sent');
  const found = run('--dir', other, '--syslog', 'tcp://127.0.0.1:1', '--lang', 'en');
  expect(found).toMatchObject({ status: 1, stderr: expect.stringMatching(/not sent to tcp:.*ECONNREFUSED/) });
  expect(readdirSync(other)).toEqual([]);
}, 60_000);

it('says that there is nothing to export, and refuses a wrong receiver all the same', () => {
  const dir = join(folder, 'nothing');
  const ask = (...more: string[]) => run('--dir', dir, '--from', '2027-01-01', '--lang', 'en', ...more);
  const found = ask('--syslog', 'tcp://127.0.0.1:1');
  expect(found).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^No sealed rows since 2027-01-01.*\nSent to/),
  });
  expect(found.stdout).toContain(': 0 days');
  expect(ask('--syslog', 'tcp://logs.example:514')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('expected tls://HOST:PORT'),
  });
  expect(ask('--syslog', 'tls://logs.example', '--syslog-ca', join(folder, 'none.pem'))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/none\.pem: cannot be read/),
  });
}, 60_000);
