import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, type KeyRing, makeKeyRing, withActive, withNewKey, withoutKey } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { worldOf } from './testing/rule-world.ts';

const root = mkdtempSync(join(tmpdir(), 'openbeian-wrong-keys-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const database = await createTestDatabase();
afterAll(() => database?.drop());

let made = 0;

/** Opens the database with these keys; as a process does when it starts. */
function openWith(ring: KeyRing): Promise<Deployment> {
  const keyRingFile = join(root, `${(made += 1)}.json`);
  writeFileSync(keyRingFile, formatKeyRing(ring), { mode: 0o600 });
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { url: database?.url ?? '' },
    keyRingFile,
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'of-at-least-sixteen-bytes' },
  });
  return openDeployment(config, { logger: createLogger('silent') });
}

/** The fault's code, or null when it started. */
async function outcomeOf(ring: KeyRing): Promise<string | null> {
  try {
    await (await openWith(ring)).close();
    return null;
  } catch (error) {
    if (!isFault(error)) throw error;
    return error.code;
  }
}

describe.skipIf(database === null)('a process with other keys than the database’s', () => {
  const ring = makeKeyRing();
  const [id = ''] = ring.keys.map((key) => key.id);

  beforeEach(async () => {
    const deployment = await openWith(ring);
    await sql`DELETE FROM key_check WHERE key_id <> ${id}`.execute(deployment.open.kysely);
    await deployment.close();
  });

  test.each([
    ['another ring', makeKeyRing()],
    ['another ring under the same ids', makeKeyRing(id)],
    ['another sealing key under the same id', { ...ring, keys: makeKeyRing(id).keys }],
    ['another hash key under the same id', { ...ring, hashKeys: makeKeyRing(id).hashKeys }],
  ])('does not start: %s', async (_, other) => {
    expect(await outcomeOf(other)).toBe('secret.wrong_key');
    expect(await outcomeOf(ring)).toBe(null);
  });

  test('starts with a newer key beside the known one, and without a retired one', async () => {
    const rotated = withNewKey(ring, 'next', true);
    expect(await outcomeOf(rotated)).toBe(null);
    const reopened = await openWith(ring);
    const added = await sql`SELECT object_id, detail FROM audit WHERE action = 'KeyAdded'`.execute(
      reopened.open.kysely,
    );
    await reopened.close();
    expect(added.rows).toEqual(
      expect.arrayContaining([
        { object_id: 'next', detail: { use: 'sealing' } },
        { object_id: 'next', detail: { use: 'hashing' } },
      ]),
    );
    expect(await outcomeOf(withoutKey(withActive(rotated, 'next'), id))).toBe(null);
    expect(await outcomeOf(ring)).toBe(null);
  });

  test('does not start on rows of a release that kept no check values', async () => {
    const deployment = await openWith(ring);
    const world = worldOf(deployment, { nowMs: Date.parse('2026-11-21T01:30:00.000Z') });
    const account = await world.account();
    await world.issue(account, await world.server(account, 'tencent', 'cvm'), account);
    await sql`DELETE FROM key_check`.execute(deployment.open.kysely);
    await deployment.close();
    expect(await outcomeOf(makeKeyRing())).toBe('secret.wrong_key');
    expect(await outcomeOf({ ...ring, hashKeys: makeKeyRing(id).hashKeys })).toBe('secret.wrong_key');
    expect(await outcomeOf(ring)).toBe(null);
  });

  test('is not ready once the database is another one', async () => {
    const deployment = await openWith(ring);
    expect(await deployment.findObstacle()).toBe(null);
    await sql`UPDATE key_check SET value = 'of another key' WHERE key_id = ${id}`.execute(deployment.open.kysely);
    expect(await deployment.findObstacle()).toBe('secret.wrong_key');
    await sql`DELETE FROM key_check`.execute(deployment.open.kysely);
    await deployment.close();
  });

  test('a key that was retired leaves its id to others', async () => {
    const deployment = await openWith(withNewKey(ring, 'again', true));
    await deployment.forgetKey('again');
    await deployment.close();
    expect(await outcomeOf(withNewKey(ring, 'again', true))).toBe(null);
  });
});
