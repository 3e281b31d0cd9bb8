import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createLogger,
  formatKeyRing,
  KeyFile,
  loadConfig,
  makeKeyRing,
  openDeployment,
} from '../../packages/server/src/main/index.ts';
import { type RuleWorld, refusalOf, worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';

/**
 * Keys are rotated under a deployment with codes, personal data, webhooks and API keys: everything works before, while
 * and after it is sealed and hashed again, also when that is killed half way; and no key goes that still holds something.
 */
const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');
const root = mkdtempSync(join(tmpdir(), 'openbeian-rotation-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const codes = 450;

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.each([
  ['embedded database', null],
  ['PostgreSQL', database?.url ?? ''],
] as const)('key rotation on the %s', (name, url) => {
  const folder = join(root, name.replaceAll(' ', '-'));
  const [configFile, keyFile] = [join(folder, 'openbeian.json'), join(folder, 'keys.json')];
  const keys = (...given: string[]) => {
    const args = [main, 'keys', ...given, '--config', configFile];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const holds = (...ids: string[]): { count: number }[] => {
    const { keys: known } = JSON.parse(keys('status', '--json').stdout);
    return known.filter((key: { id: string }) => ids.includes(key.id)).flatMap((key: { holds: object[] }) => key.holds);
  };
  const file = () => new KeyFile(loadConfig(configFile, {}));
  const inside = async <T>(work: (world: RuleWorld) => Promise<T>): Promise<T> => {
    const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
    const now = () => new Date(clock.nowMs).toISOString();
    const deployment = await openDeployment(loadConfig(configFile, {}), {
      clock: { now },
      logger: createLogger('silent'),
    });
    try {
      return await work(worldOf(deployment, clock, `${Math.random()}`.slice(2)));
    } finally {
      await deployment.close();
    }
  };
  function prepare(): void {
    const policies = join(folder, 'policies');
    mkdirSync(policies, { recursive: true });
    const sample = readFileSync(join(main, '..', '..', '..', '..', 'policies', 'sample', 'xingyun.yaml'), 'utf8');
    const roomy = sample.replaceAll('limit: 5,', 'limit: 5000,').replace('batchMaximum: 5', 'batchMaximum: 20');
    writeFileSync(join(policies, 'xingyun.yaml'), roomy);
    // As early releases made it: hashes under its first hash key name no key.
    const { keys, hashKeys } = makeKeyRing('k1');
    const ring = { keys, hashKeys: hashKeys.map(({ key }) => ({ id: 'first', key })) };
    writeFileSync(keyFile, formatKeyRing(ring), { mode: 0o600 });
    writeFileSync(
      configFile,
      JSON.stringify({
        provider: 'xingyun',
        name: { zh: '星云', en: 'Xingyun' },
        keyRingFile: keyFile,
        http: { port: 0 },
        database: url === null ? { directory: join(folder, 'data') } : { url },
        policyDirectories: [policies],
        authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
      }),
    );
  }

  it.skipIf(url === '')(
    'works throughout, survives kill -9, and no key in use is taken out',
    async () => {
      prepare();
      const before = await inside(async (world) => {
        const account = await world.account();
        const resourceId = await world.server(account, 'xingyun', 'server');
        const clears: string[] = [];
        while (clears.length < codes) {
          const input = { resourceId, count: 18, granteeAccountId: account, note: '' };
          const issued = await world.flows.issueCodes(world.call(account), input);
          clears.push(...issued.codes.map(({ clear }) => clear));
        }
        const filed = await world.filed(account, { resourceId });
        const draft = await world.draft(account, 9_001);
        const hook = { url: 'https://example.com/hook', types: [], description: '' };
        const { webhook, secret } = await world.flows.createWebhook(world.call(account), hook);
        const scopes = ['codes:read'];
        const made = await world.flows.createApiKey(world.call(account), { name: 'k', scopes, lifetimeDays: null });
        return { account, resourceId, clears, filed, draft, webhookId: webhook.id, secret, apiKey: made.secret ?? '' };
      });
      const { account } = before;
      const works = (clear: string) => (world: RuleWorld) =>
        world.flows.verifyCode(world.call(account), { code: clear, accountId: account });
      const opens = (world: RuleWorld) => {
        const [, keyId = '', secret = ''] = before.apiKey.split('.');
        return world.flows.findApiKey({ actor: world.operator }, { keyId, secret });
      };
      const formOf = (world: RuleWorld) =>
        world.flows.getFilingForm(world.call(account), { filingId: before.draft.filingId });
      const form = await inside(formOf);

      expect(() => file().rotate('k1', { staged: false })).toThrow(keyFile);
      // From AES to SM4, from SHA-256 to SM3.
      expect(keys('rotate', 'k2', '--staged', '--algorithms', 'sm').status).toBe(0);
      const idsIn = (kind: 'keys' | 'hashKeys') =>
        JSON.parse(readFileSync(keyFile, 'utf8'))[kind].map(({ id }: { id: string }) => id);
      expect([idsIn('keys'), idsIn('hashKeys')]).toEqual([
        ['k1', 'k2'],
        ['first', 'k2'],
      ]);
      file().activate('k2');
      expect([idsIn('keys'), idsIn('hashKeys')]).toEqual([
        ['k2', 'k1'],
        ['k2', 'first'],
      ]);
      expect(statSync(keyFile).mode & 0o777).toBe(0o600);

      // Old codes are found, new ones are under the new key, one subject still has one open filing, API keys open.
      const fresh = await inside(async (world) => {
        for (const clear of before.clears.slice(0, 3))
          expect(await works(clear)(world)).toMatchObject({ usable: true });
        expect(await refusalOf(world.draft(account, 9_001))).toBe('filing.already_open');
        expect(await opens(world)).toMatchObject({ actor: { accountId: account } });
        expect(await formOf(world)).toEqual(form);
        return (await world.issue(account, before.resourceId, account)).clear;
      });
      const refused = keys('retire', 'first');
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/\d+ codes/)]);
      expect(() => file().retire('k2', [])).toThrow('k2');

      const child = spawn(process.execPath, [main, 'keys', 'reseal', '--pause-ms', '60000', '--config', configFile]);
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const [left = { count: 0 }] = holds('k1');
      expect(left.count).toBeGreaterThan(0);
      expect(left.count).toBeLessThan(codes);
      const resumed = keys('reseal');
      expect(resumed.status).toBe(0);
      // It goes on where it was: what was done is not done again.
      const again = [...resumed.stdout.matchAll(/^codes: (\d+) \//gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
      expect(again).toBe(left.count);
      const uses = JSON.parse(keys('status', '--json').stdout);
      expect(uses.keys.map((key: { id: string; holds: object[] }) => [key.id, key.holds.length > 0])).toEqual([
        ['k2', true],
        ['k1', false],
        ['first', false],
      ]);
      for (const id of ['k1', 'first']) file().retire(id, []);
      expect([idsIn('keys'), idsIn('hashKeys')]).toEqual([['k2'], ['k2']]);
      await inside(async (world) => {
        for (const clear of [...before.clears, fresh])
          expect(await works(clear)(world)).toMatchObject({ usable: true });
        expect(await formOf(world)).toEqual(form);
        expect(await opens(world)).toMatchObject({ actor: { accountId: account } });
        expect(await refusalOf(world.draft(account, 9_001))).toBe('filing.already_open');
        const row = await world.deps.store.transaction((tx) => tx.webhooks.find(before.webhookId));
        expect(row?.sealedSecret).toMatch(/^v2\.k2\./);
        expect(world.deps.vault.open(row?.sealedSecret ?? '', `webhook:${before.webhookId}`)).toBe(before.secret);
        // The subject that was filed is known: another site of it is added to the existing record.
        const { filings } = await world.flows.listFilings(world.call(account), { state: 'filed' });
        const { subjectHash = '' } =
          (await world.deps.store.transaction((tx) => tx.filings.find(filings[0]?.id ?? ''))) ?? {};
        const subject = await world.deps.store.transaction((tx) => tx.records.findSubjectByHash(subjectHash));
        expect([subjectHash.startsWith('k2.'), subject?.number]).toEqual([true, before.filed.subjectNumber]);
      });
    },
    240_000,
  );
});

it('a key file that cannot be read is named with its place, and stays as it is', () => {
  const [configFile, keyFile] = [join(root, 'bad.json'), join(root, 'bad-keys.json')];
  const text = formatKeyRing(makeKeyRing('k2')).replace('k2', 'Not An Id');
  writeFileSync(keyFile, text, { mode: 0o600 });
  const names = { provider: 'xingyun', name: { zh: '星云', en: 'Xingyun' } };
  const authority = { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' };
  writeFileSync(
    configFile,
    JSON.stringify({ ...names, authority, keyRingFile: keyFile, database: { directory: join(root, 'bad') } }),
  );
  for (const command of [['reseal'], ['rotate', 'k3']]) {
    const args = [main, 'keys', ...command, '--config', configFile];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('keys[0].id')]);
  }
  expect(readFileSync(keyFile, 'utf8')).toBe(text);
}, 60_000);
