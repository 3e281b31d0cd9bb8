import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLogger } from '../http/log.ts';
import { type ConfigInput, parseConfig } from './config.ts';
import { startServer } from './server.ts';
import { requireWritableMaterials } from './writable-materials.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-writable-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'file');
writeFileSync(file, '');

const configOf = (more: Partial<ConfigInput>) =>
  parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:1', secret: 's' },
    http: { port: 0 },
    ...more,
  });

const refusedAt = (path: string) => ({ code: 'config.invalid', message: expect.stringContaining(path) });

it('takes a directory that can be made, and makes nothing', async () => {
  await requireWritableMaterials(configOf({ materials: { directory: join(folder, 'a/b') } }));
  await requireWritableMaterials(configOf({ database: { directory: folder } }));
  expect(existsSync(join(folder, 'a'))).toBe(false);
});

it.each([
  ['materials.directory', { materials: { directory: join(file, 'materials') } }],
  ['materials.directory', { materials: { directory: file } }],
  ['database.directory', { database: { directory: file } }],
])('refuses what is no directory at %s: %j', async (path, more) => {
  await expect(requireWritableMaterials(configOf(more))).rejects.toMatchObject(refusedAt(path));
});

it('leaves a store elsewhere alone', async () => {
  const s3 = { endpoint: 'http://127.0.0.1:1', bucket: 'b', accessKeyId: 'k' };
  const config = configOf({
    database: { directory: file },
    materials: { s3, s3SecretAccessKey: 'sixteen-bytes-at-least' },
  });
  await requireWritableMaterials(config);
});

it('ends the start of a server', async () => {
  const config = configOf({
    database: { directory: join(folder, 'data') },
    materials: { directory: join(file, 'materials') },
  });
  await expect(startServer(config, { logger: createLogger('silent') })).rejects.toMatchObject(
    refusedAt('materials.directory'),
  );
});
