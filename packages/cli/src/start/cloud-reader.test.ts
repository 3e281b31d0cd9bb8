import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { createCloudReader } from './cloud-reader.ts';
import { useCredentials } from './sync-credentials.ts';

const sync = {
  name: 'gz',
  cloud: 'tencent',
  regions: ['ap-guangzhou'],
  account: 'acct-a',
  realName: null,
  endpoint: null,
  variablesPrefix: 'SHOP_',
  everyHours: 24,
  timeoutMinutes: 1,
  partial: false,
  releaseGone: true,
  mostGone: 20,
  mostGonePercent: 10,
};
const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A cloud on this machine: what each service lists; null: it never answers. */
async function cloud(listOf: (service: string, region: string) => object | null): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      await text(request);
      const { host = '', 'x-tc-region': region } = request.headers;
      const answer = listOf(host.split('.')[0] ?? '', String(region));
      if (answer !== null) response.end(JSON.stringify({ Response: { ...answer, RequestId: 'fiction' } }));
    })();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://{service}.localhost:${(server.address() as AddressInfo).port}`;
}

const instance = {
  InstanceId: 'ins-1',
  Placement: { Zone: 'ap-guangzhou-3' },
  InstanceChargeType: 'PREPAID',
  InstanceState: 'RUNNING',
  PublicIpAddresses: ['203.0.113.1'],
  InternetAccessible: { InternetMaxBandwidthOut: 5 },
  CreatedTime: '2026-06-01T02:00:00Z',
  ExpiredTime: '2026-12-31T02:00:00Z',
};
const listed = (service: string, rows: readonly object[] = []) => {
  const shown = service === 'cvm' ? rows : [];
  return { TotalCount: shown.length, [service === 'vpc' ? 'AddressSet' : 'InstanceSet']: shown };
};
const keys = () => {
  vi.stubEnv('SHOP_TENCENTCLOUD_SECRET_ID', 'AKIDfiction');
  vi.stubEnv('SHOP_TENCENTCLOUD_SECRET_KEY', 'fiction-secret');
};

test('a cloud is read with the credentials of the environment: what it lists, and what was read whole', async () => {
  keys();
  const endpoint = await cloud((service) => listed(service, [instance]));
  const read = await createCloudReader().read({ ...sync, endpoint });
  expect(read).toMatchObject({
    resources: [{ id: 'ins-1', provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', account: 'acct-a' }],
    covered: [
      { product: 'cvm', region: 'ap-guangzhou' },
      { product: 'lighthouse', region: 'ap-guangzhou' },
    ],
  });
});

test('a list that cannot be read ends all of it, or its region, as configured; credentials are in no text', async () => {
  keys();
  const refused = { Error: { Code: 'UnauthorizedOperation', Message: 'AKIDfiction may not' } };
  const endpoint = await cloud((service, region) =>
    region === 'ap-beijing' && service === 'vpc' ? refused : listed(service, region === 'ap-beijing' ? [] : [instance]),
  );
  const both = { ...sync, endpoint, regions: ['ap-guangzhou', 'ap-beijing'] };
  const whole = await createCloudReader().read(both);
  expect(whole).toMatchObject({ trouble: { zh: expect.stringContaining('VPC DescribeAddresses (ap-beijing)') } });
  const partial = await createCloudReader().read({ ...both, partial: true });
  expect(partial).toMatchObject({
    resources: [{ id: 'ins-1' }],
    covered: [
      { product: 'cvm', region: 'ap-guangzhou' },
      { product: 'lighthouse', region: 'ap-guangzhou' },
    ],
    unread: expect.arrayContaining([{ zh: expect.anything(), en: expect.stringContaining('ap-beijing') }]),
  });
  expect(JSON.stringify([whole, partial])).not.toMatch(/AKIDfiction|fiction-secret/);
});

test('a cloud that never answers is given up in time, and at once where the process ends', async () => {
  keys();
  const endpoint = await cloud(() => null);
  const late = await createCloudReader().read({ ...sync, endpoint, timeoutMinutes: 0.02 });
  expect(late).toMatchObject({ trouble: { en: expect.stringContaining('Not read within') } });
  const reader = createCloudReader();
  const hanging = reader.read({ ...sync, endpoint });
  await reader.stop();
  expect(await hanging).toBe('stopped');
});

test('with a prefix, never another account’s credentials', async () => {
  vi.stubEnv('TENCENTCLOUD_SECRET_ID', 'another');
  vi.stubEnv('TENCENTCLOUD_SECRET_KEY', 'another');
  const missing = await createCloudReader().read(sync);
  expect(missing).toMatchObject({ trouble: { en: expect.stringContaining('SHOP_TENCENTCLOUD_SECRET_ID') } });
  const environment = { VOLC_SESSION_TOKEN: 'another', B_VOLC_ACCESSKEY: 'b', B_VOLC_SECRETKEY: 'c' };
  expect(useCredentials(environment, 'volcengine', 'B_')).toEqual([]);
  expect(environment).toEqual({
    VOLC_ACCESSKEY: 'b',
    VOLC_SECRETKEY: 'c',
    B_VOLC_ACCESSKEY: 'b',
    B_VOLC_SECRETKEY: 'c',
  });
});
