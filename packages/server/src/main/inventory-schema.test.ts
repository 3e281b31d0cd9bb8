import { parseEndpoint } from '@openbeian/cloud-sync';
import { clouds } from '@openbeian/model/cloud-import';
import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const sync = { name: 'gz', cloud: 'tencent', regions: ['ap-guangzhou'], account: 'acct-a' };
function parsed(...syncs: object[]) {
  const config = {
    provider: 'tencent',
    name: { zh: '测', en: 'T' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 's' },
    inventory: { sync: syncs },
  };
  try {
    return parseConfig(config).inventory.sync;
  } catch (error) {
    if (!isFault(error, 'config.invalid')) throw error;
    return error.extras.places?.map(({ path }) => path);
  }
}

test('a sync has safe defaults: nothing is released, nothing partial is imported', () => {
  expect(parsed(sync)).toEqual([
    {
      ...sync,
      realName: null,
      endpoint: null,
      variablesPrefix: null,
      everyHours: 24,
      timeoutMinutes: 15,
      partial: false,
      releaseGone: false,
      mostGone: 20,
      mostGonePercent: 10,
    },
  ]);
  for (const cloud of clouds) expect(parsed({ ...sync, cloud })).toMatchObject([{ cloud }]);
});

test.each([
  [{ ...sync, regions: ['evil.example/x'] }, 'regions[0]'],
  [{ ...sync, variablesPrefix: 'OPENBEIAN_' }, 'variablesPrefix'],
  [{ ...sync, secretKey: 'x' }, ''],
  [{ ...sync, cloud: 'other' }, 'cloud'],
])('refused at its place: %j', (wrong, place) => {
  const paths = parsed(wrong);
  expect(paths).toHaveLength(1);
  expect(paths?.[0]).toContain(place === '' ? 'inventory.sync[0]' : `inventory.sync[0].${place}`);
});

test('names differ; an endpoint is what the adapters of the clouds take', () => {
  expect(parsed(sync, sync)).toEqual([expect.stringContaining('inventory.sync')]);
  for (const endpoint of [
    'https://{service}.{region}.cloud.example',
    'http://127.0.0.1:8080',
    'http://{service}.localhost:80/',
    'http://cloud.example',
    'https://a@b',
    'https://cloud.example/x',
    'http://127.0.0.1.evil.example',
  ]) {
    const isTaken = typeof parsed({ ...sync, endpoint })?.[0] === 'object';
    expect(isTaken, endpoint).toBe(parseEndpoint(endpoint) !== null);
  }
});

test('two sets of credentials for the same regions of one account do not release what the other one lists', () => {
  const first = { ...sync, releaseGone: true };
  const isTaken = (more: object) => typeof parsed(first, { ...sync, name: 'gz2', ...more })?.[0] === 'object';
  expect(isTaken({ variablesPrefix: 'SECOND_' })).toBe(false);
  expect(isTaken({ variablesPrefix: 'SECOND_', regions: ['ap-shanghai'] })).toBe(true);
  expect(isTaken({ variablesPrefix: 'SECOND_', account: 'acct-b' })).toBe(true);
  expect(isTaken({ releaseGone: true })).toBe(true);
});
