import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { syncedClouds } from '@openbeian/cloud-sync';
import { type Cloud, clouds } from '@openbeian/model/cloud-import';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { InputError } from '../io/input.ts';
import { syncCloud } from './sync-report.ts';

// A server on this machine that answers in the clouds' documented shapes; the command talks to it over the real SDKs.
interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Answer = { readonly status?: number; readonly body: unknown };
let answer: (request: Request) => Answer;
const requests: Request[] = [];
const server = createServer((request, response) => {
  void (async () => {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://loopback');
    const seen = { method: request.method ?? '', url, headers: request.headers, body };
    requests.push(seen);
    const { status = 200, body: told } = answer(seen);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof told === 'string' ? told : JSON.stringify(told));
  })();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());
beforeEach(() => {
  requests.length = 0;
});

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const keys = {
  TENCENTCLOUD_SECRET_ID: 'AKIDfiction',
  TENCENTCLOUD_SECRET_KEY: 'fiction-secret',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'AKIDfiction',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'fiction-secret',
  HUAWEICLOUD_SDK_AK: 'AKIDfiction',
  HUAWEICLOUD_SDK_SK: 'fiction-secret',
  HUAWEICLOUD_SDK_SECURITY_TOKEN: 'fiction-token',
  VOLC_ACCESSKEY: 'AKIDfiction',
  VOLC_SECRETKEY: 'fiction-secret',
};
const folder = mkdtempSync(join(tmpdir(), 'sync-'));
async function sync(cloud: string, args: readonly string[] = [], env: object = keys, input?: string) {
  const host = cloud === 'tencent' ? '{service}.localhost' : '127.0.0.1';
  const given = input === undefined ? ['sync', cloud, '--endpoint', `http://${host}:${port}`, '--lang', 'en'] : [];
  const child = spawn(process.execPath, [main, ...given, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  // Whatever happens, credentials are never printed.
  for (const secret of ['AKIDfiction', 'fiction-secret', 'fiction-token'])
    expect(stdout + stderr).not.toContain(secret);
  return { stdout, stderr, status };
}

const instance = (index: number) => ({
  InstanceId: `ins-${index}`,
  Placement: { Zone: 'ap-guangzhou-3' },
  InstanceChargeType: 'PREPAID',
  InstanceState: 'RUNNING',
  PublicIpAddresses: [`203.0.113.${index % 250}`],
  InternetAccessible: { InternetMaxBandwidthOut: 5 },
  CreatedTime: '2026-06-01T02:00:00Z',
  ExpiredTime: '2026-12-31T02:00:00Z',
});
const servers = Array.from({ length: 230 }, (_, index) => instance(index));
function tencent({ headers, body }: Request): Answer {
  const { Offset, Limit } = JSON.parse(body) as { Offset: number; Limit: number };
  const service = String(headers.host).split('.')[0];
  const rows = service === 'cvm' ? servers.slice(Offset, Offset + Limit) : [];
  const list = service === 'vpc' ? { AddressSet: rows } : { InstanceSet: rows };
  return { body: { Response: { TotalCount: service === 'cvm' ? servers.length : 0, ...list, RequestId: 'fiction' } } };
}

test('Tencent: all pages, throttling waited out, an inventory that check reads from standard input', async () => {
  let throttled = 0;
  answer = (request) =>
    throttled++ < 2
      ? { body: { Response: { Error: { Code: 'RequestLimitExceeded', Message: 'slow down' }, RequestId: 'x' } } }
      : tencent(request);
  const args = ['--region', 'ap-guangzhou', '--account', 'acct-a', '--real-name', 'enterprise'];
  const { stdout, stderr, status } = await sync('tencent', args);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(stderr).toContain('not read: scf, cloudbase_run');
  const checked = await sync('', ['check', '-', '--at', '2026-11-21', '--json'], {}, stdout);
  const results = JSON.parse(checked.stdout).results as { resource: string; file: { outcome: string } }[];
  expect(results).toHaveLength(230);
  expect(new Set(results.map(({ resource }) => resource)).size).toBe(230);
  expect(results[229]?.file.outcome).toBe('eligible');
});

test('Tencent: the request on the wire has the documented action, version, region and a signature that is right', async () => {
  answer = tencent;
  await sync('tencent', ['--region', 'ap-guangzhou']);
  const request = requests.find(({ headers }) => String(headers.host).startsWith('cvm.')) as Request;
  const { headers, body, method } = request;
  expect(headers).toMatchObject({
    'x-tc-action': 'DescribeInstances',
    'x-tc-version': '2017-03-12',
    'x-tc-region': 'ap-guangzhou',
    'content-type': 'application/json',
  });
  const sha = (told: string) => createHash('sha256').update(told).digest('hex');
  const hmac = (key: string | Buffer, told: string) => createHmac('sha256', key).update(told).digest();
  const day = new Date(Number(headers['x-tc-timestamp']) * 1000).toISOString().slice(0, 10);
  // The port is no part of what is signed.
  const canonical = `${method}\n/\n\ncontent-type:application/json\nhost:cvm.localhost\n\ncontent-type;host\n${sha(body)}`;
  const toSign = `TC3-HMAC-SHA256\n${headers['x-tc-timestamp']}\n${day}/cvm/tc3_request\n${sha(canonical)}`;
  const signing = hmac(hmac(hmac(`TC3${keys.TENCENTCLOUD_SECRET_KEY}`, day), 'cvm'), 'tc3_request');
  expect(headers.authorization).toBe(
    `TC3-HMAC-SHA256 Credential=AKIDfiction/${day}/cvm/tc3_request, SignedHeaders=content-type;host, Signature=${hmac(signing, toSign).toString('hex')}`,
  );
});

test('Alibaba: next tokens and page numbers to the end, once per region; the account’s packages once', async () => {
  const ecs = (id: string, region: string) => ({
    InstanceId: id,
    RegionId: region,
    Status: 'Running',
    PublicIpAddress: { IpAddress: [] },
  });
  answer = ({ headers, url }) => {
    const region = url.searchParams.get('RegionId') ?? '';
    const page = url.searchParams.get('PageNumber') ?? url.searchParams.get('PageNum');
    switch (`${headers['x-acs-action']} ${headers['x-acs-version']}`) {
      case 'DescribeInstances 2014-05-26': {
        const token = url.searchParams.get('NextToken');
        return {
          body: {
            Instances: { Instance: [ecs(`i-${region}-${token ?? 'first'}`, region)] },
            NextToken: token ? '' : 'second',
          },
        };
      }
      case 'ListInstances 2020-06-01':
        return { body: { Instances: [], TotalCount: 0 } };
      case 'DescribeEipAddresses 2016-04-28': {
        if (region !== 'cn-hangzhou') return { body: { EipAddresses: { EipAddress: [] }, TotalCount: 0 } };
        const free = Array.from({ length: 100 }, (_, index) => ({ IpAddress: `198.51.100.${index}`, InstanceId: '' }));
        const bound = {
          IpAddress: '203.0.113.2',
          InstanceId: `i-${region}-first`,
          InstanceType: 'EcsInstance',
          Bandwidth: '9',
        };
        return { body: { EipAddresses: { EipAddress: page === '1' ? free : [bound] }, TotalCount: 101 } };
      }
      default: {
        const bag = { InstanceId: 'fcbag-1', CommodityCode: 'fc_bag', EffectiveTime: '2026-01-01T00:00:00Z' };
        return { body: { Success: true, Code: 'Success', Data: { TotalCount: '1', Instances: { Instance: [bag] } } } };
      }
    }
  };
  const { stdout, stderr, status } = await sync('alibaba', ['--region', 'cn-hangzhou,cn-beijing', '--json']);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout).resources.map(({ id }: { id: string }) => id)).toEqual([
    'i-cn-hangzhou-first',
    'i-cn-hangzhou-second',
    'i-cn-beijing-first',
    'i-cn-beijing-second',
    'fcbag-1',
  ]);
  expect(JSON.parse(stdout).resources[0]).toMatchObject({ bandwidthMbps: 9, publicIps: [{ address: '203.0.113.2' }] });
  const packages = requests.filter(({ headers }) => headers['x-acs-action'] === 'QueryResourcePackageInstances');
  expect(packages).toHaveLength(1);
  expect(requests[0]?.headers.authorization).toMatch(
    /^ACS3-HMAC-SHA256 Credential=AKIDfiction,SignedHeaders=[a-z0-9;-]*x-acs-action;[a-z0-9;-]*,Signature=[0-9a-f]{64}$/,
  );
});

test('Alibaba: an empty list of servers that hides a missing permission is found out', async () => {
  answer = ({ headers, url }) => {
    if (url.searchParams.get('DryRun') === 'true')
      return { status: 403, body: { Code: 'Forbidden.RAM', Message: 'no' } };
    if (headers['x-acs-action'] === 'DescribeInstances')
      return { body: { Instances: { Instance: [] }, NextToken: '' } };
    if (headers['x-acs-action'] === 'ListInstances') return { body: { Instances: [], TotalCount: 0 } };
    if (headers['x-acs-action'] === 'DescribeEipAddresses')
      return { body: { EipAddresses: { EipAddress: [] }, TotalCount: 0 } };
    return { body: { Success: false, Code: 'NotAuthorized', Message: 'no BSS for you' } };
  };
  const refused = await sync('alibaba', ['--region', 'cn-hangzhou']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /ECS DescribeInstances \(cn-hangzhou\): these credentials may not .* \[Forbidden\.RAM/,
  );
  expect(refused.stderr).toMatch(/BSS QueryResourcePackageInstances: these credentials may not .* \[NotAuthorized/);
  const partial = await sync('alibaba', ['--region', 'cn-hangzhou', '--partial']);
  expect(partial).toMatchObject({ status: 0, stdout: 'accounts: []\nresources: []\n' });
  expect(partial.stderr).toContain('not read: ECS DescribeInstances (cn-hangzhou)');
});

test('Huawei: project and domain are looked up, markers followed, terms and Flexus L joined, nothing written to disk', async () => {
  const row = (index: number) => ({
    id: `srv-${index}`,
    status: 'ACTIVE',
    created: '2026-05-22T03:30:52Z',
    'OS-EXT-AZ:availability_zone': 'cn-north-4a',
    metadata: { charging_mode: '1' },
    addresses: {},
  });
  answer = ({ url, method, body }) => {
    if (url.pathname === '/v3/projects')
      return { body: { projects: [{ id: 'project-1', name: url.searchParams.get('name') }] } };
    if (url.pathname === '/v3/auth/domains') return { body: { domains: [{ id: 'domain-1' }] } };
    if (url.pathname === '/v1/project-1/cloudservers/detail') {
      const from = url.searchParams.get('marker') === 'srv-199' ? 200 : 0;
      return {
        body: { count: 201, servers: Array.from({ length: from === 0 ? 200 : 1 }, (_, index) => row(from + index)) },
      };
    }
    if (url.pathname === '/v1/project-1/publicips') return { body: { publicips: [] } };
    if (url.pathname === '/v1/resource-manager/domains/domain-1/all-resources')
      return { body: { resources: [], page_info: {} } };
    if (method === 'POST' && url.pathname === '/v2/orders/suscriptions/resources/query') {
      const { offset } = JSON.parse(body) as { offset: number };
      const term = (id: string) => ({
        resource_id: id,
        effective_time: '2026-06-01T02:00:00Z',
        expire_time: '2027-06-01T15:00:00Z',
      });
      return { body: { data: [term(offset === 0 ? 'srv-0' : 'srv-200')], total_count: 2 } };
    }
    return { status: 404, body: { error_code: 'APIGW.0101', error_msg: 'no such address' } };
  };
  const { stdout, stderr, status } = await sync('huawei', ['--region', 'cn-north-4', '--json']);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const { resources } = JSON.parse(stdout) as { resources: { id: string; expiresAt?: string }[] };
  expect(resources).toHaveLength(201);
  expect([resources[0]?.expiresAt, resources[1]?.expiresAt, resources[200]?.expiresAt]).toEqual([
    '2027-06-01',
    undefined,
    '2027-06-01',
  ]);
  expect(requests.filter(({ url }) => url.pathname === '/v3/projects')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
  const list = requests.find(({ url }) => url.pathname.endsWith('/detail'));
  expect(list?.headers).toMatchObject({ 'x-project-id': 'project-1', 'x-security-token': 'fiction-token' });
  expect(list?.headers.authorization).toMatch(
    /^SDK-HMAC-SHA256 Access=AKIDfiction, SignedHeaders=[a-z0-9;-]*x-sdk-date[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
  );
});

test('Volcengine: next tokens, version and signature scope as documented', async () => {
  answer = ({ url }) => {
    const token = url.searchParams.get('NextToken');
    const id = token ? 'i-2' : 'i-1';
    const page =
      url.searchParams.get('Action') === 'DescribeInstances'
        ? {
            Instances: [{ InstanceId: id, ZoneId: 'cn-beijing-a', Status: 'RUNNING' }],
            NextToken: token ? '' : 'second',
          }
        : {
            EipAddresses: [{ EipAddress: '203.0.113.9', InstanceId: 'i-2', InstanceType: 'EcsInstance', Bandwidth: 7 }],
          };
    return { body: { ResponseMetadata: { RequestId: 'x' }, Result: page } };
  };
  const { stdout, status } = await sync('volcengine', ['--region', 'cn-beijing', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).resources).toMatchObject([{ id: 'i-1' }, { id: 'i-2', bandwidthMbps: 7 }]);
  const vpc = requests.find(({ url }) => url.searchParams.get('Action') === 'DescribeEipAddresses');
  expect(vpc?.url.searchParams.get('Version')).toBe('2020-04-01');
  expect(vpc?.headers.authorization).toMatch(
    /^HMAC-SHA256 Credential=AKIDfiction\/\d{8}\/cn-beijing\/vpc\/request, SignedHeaders=[a-z0-9;-]*x-date[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
  );
});

/** The same without a process of its own; answers the refusal's text. */
async function refusalOf(cloud: Cloud, region: string, to = port): Promise<string> {
  const endpoint = `http://${cloud === 'tencent' ? '{service}.localhost' : '127.0.0.1'}:${to}`;
  const told = await syncCloud({ cloud, regions: [region], endpoint, partial: false, lang: 'en' }).catch(
    (error: unknown) => error,
  );
  expect(told).toBeInstanceOf(InputError);
  const { message } = told as InputError;
  for (const secret of ['AKIDfiction', 'fiction-secret', 'fiction-token']) expect(message).not.toContain(secret);
  return message;
}

test('wrong credentials, unknown regions, malformed answers and a network that is down are named', async () => {
  Object.assign(process.env, keys);
  const wrong = {
    tencent: {
      body: { Response: { Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'AKIDfiction unknown' } } },
    },
    alibaba: { status: 404, body: { Code: 'InvalidAccessKeyId.NotFound', Message: 'AKIDfiction unknown' } },
    huawei: { status: 401, body: { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication: AKIDfiction' } },
    volcengine: {
      status: 401,
      body: { ResponseMetadata: { Error: { Code: 'InvalidAccessKey', Message: 'AKIDfiction' } } },
    },
  };
  for (const cloud of clouds) {
    answer = () => wrong[cloud];
    const refused = await refusalOf(cloud, 'cn-north-4');
    expect(refused).toContain(`${cloud}: the credentials were refused; check ${syncedClouds[cloud].variables[0]}`);
    for (const body of ['<html>not JSON', '{"unexpected":1}', '{"Response":']) {
      answer = () => ({ body });
      expect(await refusalOf(cloud, 'cn-north-4')).toContain('the response does not have the documented format');
    }
    expect(await refusalOf(cloud, 'cn-north-4', 1)).toMatch(/cannot be reached.*ECONNREFUSED/);
  }
  answer = () => ({ body: { Response: { Error: { Code: 'UnsupportedRegion', Message: 'no' } } } });
  const region = await refusalOf('tencent', 'ap-nowhere');
  expect(region).toContain('CVM DescribeInstances (ap-nowhere): the cloud has no such region');
  // A row that the importer refuses is named with its operation, region and place.
  answer = () => ({ body: { Response: { TotalCount: 1, InstanceSet: [{ InstanceId: 7 }], AddressSet: [] } } });
  expect(await refusalOf('tencent', 'ap-guangzhou')).toContain(
    'CVM DescribeInstances (ap-guangzhou): InstanceSet[0].InstanceId',
  );
});

test('a product that a region lacks is no failure; without credentials the variables to set are named', async () => {
  answer = (request) =>
    String(request.headers.host).startsWith('lighthouse.')
      ? { body: { Response: { Error: { Code: 'UnsupportedRegion', Message: 'no' } } } }
      : tencent(request);
  const some = await sync('tencent', ['--region', 'ap-guangzhou']);
  expect(some.status).toBe(0);
  expect(some.stderr).toContain('not read: Lighthouse DescribeInstances (ap-guangzhou): the cloud does not offer');
  for (const cloud of clouds) {
    const bare = await sync(cloud, ['--region', 'ap-guangzhou'], {});
    expect(bare).toMatchObject({ status: 1, stdout: '' });
    for (const variable of syncedClouds[cloud].variables) expect(bare.stderr).toContain(variable);
  }
}, 30_000);

test('invalid regions and endpoints are usage errors', async () => {
  for (const args of [
    [],
    ['--region', 'evil.example/x'],
    ['--region', 'ap-guangzhou', '--endpoint', 'http://cloud.example'],
  ]) {
    expect(await sync('tencent', args)).toMatchObject({ status: 2, stdout: '' });
  }
});
