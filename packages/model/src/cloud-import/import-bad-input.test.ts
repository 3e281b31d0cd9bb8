import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { type Cloud, importResources, readCloudResponse } from './index.ts';

function imported(cloud: Cloud, ...documents: unknown[]) {
  return importResources(documents.map((document) => readCloudResponse(cloud, document)));
}

/** The places and expectations with which it refuses; null if it does not. */
function refusal(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return (error.extras.places ?? []).map(({ path, expected }) => `${path}: ${expected}`).join('\n');
  }
}

test('Alibaba: a function package is a resource, packages of other products are none, an unknown unit tells no amount', () => {
  const instance = {
    InstanceId: 'fcbag-fiction',
    CommodityCode: 'fc_bag_fiction',
    Region: 'cn-hangzhou',
    EffectiveTime: '2026-03-01T00:00:00Z',
    ExpiryTime: '2027-03-01T15:00:00Z',
    TotalAmount: '100.000',
    TotalAmountUnit: '万次',
    Status: 'Available',
  };
  const storage = { InstanceId: 'ossbag-fiction', CommodityCode: 'ossbag', PackageType: 'FPT_ossbag_absolute' };
  const odd = { ...instance, InstanceId: 'fcbag-odd', Region: 'cn', TotalAmountUnit: 'CU' };
  const { inventory, gaps } = imported('alibaba', {
    Code: 'Success',
    Success: true,
    Data: { TotalCount: '3', Instances: { Instance: [instance, storage, odd] } },
  });
  expect(inventory.resources).toEqual([
    {
      id: 'fcbag-fiction',
      provider: 'alibaba',
      product: 'function_compute',
      region: 'cn-hangzhou',
      billing: 'package',
      boughtAt: '2026-03-01',
      expiresAt: '2027-03-01',
      package: { invocations: 1_000_000 },
    },
    expect.not.objectContaining({ package: expect.anything(), region: expect.anything() }),
  ]);
  expect(gaps.map(({ key }) => key)).not.toContain('publicIps');
});

const server = {
  id: 'srv-fiction',
  status: 'ACTIVE',
  created: '2026-01-02T03:30:52Z',
  metadata: { charging_mode: '1' },
  addresses: { net: [{ addr: '203.0.113.50', 'OS-EXT-IPS:type': 'floating' }] },
};

test('Huawei: the list of prepaid terms tells the day of purchase or conversion and the expiry', () => {
  const terms = {
    data: [
      { resource_id: 'disk-fiction', effective_time: '2020-01-01T00:00:00Z', expire_time: '2021-01-01T00:00:00Z' },
      { resource_id: 'srv-fiction', effective_time: '2026-05-01T02:00:00Z', expire_time: '2027-05-01T15:59:59Z' },
    ],
    total_count: 2,
  };
  const { inventory, gaps } = imported('huawei', { servers: [server] }, terms);
  expect(inventory.resources).toMatchObject([
    { id: 'srv-fiction', billing: 'prepaid', boughtAt: '2026-05-01', expiresAt: '2027-05-01' },
  ]);
  expect(gaps.map(({ key }) => key)).not.toContain('expiresAt');
});

test('Huawei: a Flexus L instance is read as the server inside it', () => {
  const flexus = {
    id: 'l-fiction',
    provider: 'hcss',
    type: 'l-instance',
    region_id: 'cn-north-4',
    properties: {
      metadata: { charging_mode: 'prePaid' },
      resources: [
        { logical_resource_type: 'huaweicloudinternal_ecs_instance', physical_resource_id: 'srv-fiction' },
        { resource_attributes: [{ key: 'public_ip_address', value: '203.0.113.50' }] },
      ],
    },
  };
  const other = { id: 'vpc-fiction', provider: 'vpc', type: 'vpcs' };
  for (const documents of [[{ servers: [server] }, { resources: [flexus, other] }], [{ resources: [flexus] }]]) {
    expect(imported('huawei', ...documents).inventory.resources).toMatchObject([
      {
        id: 'l-fiction',
        product: 'flexus_l',
        region: 'cn-north-4',
        billing: 'prepaid',
        publicIps: [{ address: '203.0.113.50', kind: 'instance' }],
      },
    ]);
  }
  expect(imported('huawei', { servers: [server] }, { resources: [flexus] }).inventory.resources[0]).toMatchObject({
    state: 'running',
    boughtAt: '2026-01-02',
  });
});

test('Volcengine: elastic addresses bring their bandwidth to the server', () => {
  const instance = { InstanceId: 'i-fiction', ZoneId: 'cn-beijing-a', Status: 'RUNNING' };
  const addresses = [
    { EipAddress: '203.0.113.60', InstanceId: 'i-fiction', InstanceType: 'EcsInstance', Bandwidth: 10 },
    { EipAddress: '203.0.113.61', InstanceId: 'clb-fiction', InstanceType: 'ClbInstance', Bandwidth: 5 },
  ];
  const { inventory, strayAddresses } = imported(
    'volcengine',
    { Result: { Instances: [instance] } },
    { Result: { EipAddresses: addresses } },
  );
  expect(inventory.resources).toMatchObject([
    { id: 'i-fiction', publicIps: [{ address: '203.0.113.60', kind: 'elastic' }], bandwidthMbps: 10 },
  ]);
  expect(strayAddresses).toEqual(['203.0.113.61']);
});

test.each([
  [
    'volcengine',
    { InstanceId: 'i-fiction', ZoneId: 'cn-beijing-a', NetworkInterfaces: [{ NetworkInterfaceId: 'eni-second' }] },
    (rows: unknown[]) => ({ Result: { Instances: rows } }),
    (rows: object[]) => ({ Result: { EipAddresses: rows.map((row) => ({ ...row, Bandwidth: 10 })) } }),
    'EipAddress',
  ],
  [
    'alibaba',
    {
      InstanceId: 'i-fiction',
      RegionId: 'cn-hangzhou',
      NetworkInterfaces: { NetworkInterface: [{ NetworkInterfaceId: 'eni-second' }] },
    },
    (rows: unknown[]) => ({ Instances: { Instance: rows } }),
    (rows: object[]) => ({ EipAddresses: { EipAddress: rows.map((row) => ({ ...row, Bandwidth: '10' })) } }),
    'IpAddress',
  ],
] as const)('%s: an address of a secondary network interface is its server’s', (cloud, server, servers, eips, key) => {
  const bound = [
    { [key]: '203.0.113.60', InstanceId: 'eni-second', InstanceType: 'NetworkInterface' },
    { [key]: '203.0.113.61', InstanceId: 'eni-of-nobody', InstanceType: 'NetworkInterface' },
  ];
  for (const documents of [
    [servers([server]), eips(bound)],
    [eips(bound), servers([server])],
  ]) {
    const { inventory, strayAddresses } = imported(cloud, ...documents);
    expect(inventory.resources).toMatchObject([
      { id: 'i-fiction', publicIps: [{ address: '203.0.113.60', kind: 'elastic' }], bandwidthMbps: 10 },
    ]);
    expect(strayAddresses).toEqual(['203.0.113.61']);
  }
});

test('a response that holds an error says which, and where', () => {
  const error = { Code: 'AuthFailure.SignatureFailure', Message: 'no' };
  expect(refusal(() => readCloudResponse('tencent', { Response: { Error: error } }))).toBe(
    'Response.Error: expected a list; the cloud answered the error AuthFailure.SignatureFailure: no',
  );
  const bodies: [Cloud, object, string][] = [
    ['alibaba', { RequestId: 'x', Code: 'Forbidden.RAM', Message: 'no' }, 'Forbidden.RAM'],
    ['alibaba', { Success: false, Code: 'NotAuthorized', Message: 'no', Data: {} }, 'NotAuthorized'],
    ['huawei', { error_code: 'APIGW.0301', error_msg: 'no' }, 'APIGW.0301'],
    ['huawei', { error: { code: 403, message: 'no' } }, '403'],
    ['volcengine', { ResponseMetadata: { Error: { Code: 'AccessDenied', Message: 'no' } } }, 'AccessDenied'],
  ];
  for (const [cloud, body, code] of bodies) {
    expect(refusal(() => readCloudResponse(cloud, body))).toContain(`the error ${code}: no`);
  }
});

test('a like-named list of another cloud is refused, also where little is in it', () => {
  const bare = { Instances: [{ InstanceId: 'i-fiction' }] };
  expect(refusal(() => readCloudResponse('alibaba', bare))).toContain('Instances[0].RegionId');
  expect(refusal(() => readCloudResponse('volcengine', bare))).toContain('Instances[0].ZoneId');
});

test('empty lists make an empty inventory', () => {
  const empty = imported('tencent', { Response: { TotalCount: 0, InstanceSet: [] } }, { AddressSet: [] });
  expect(empty).toEqual({
    inventory: { accounts: [], resources: [] },
    gaps: [],
    missing: [],
    isolated: [],
    strayAddresses: [],
  });
});

test('what cannot be is refused at its place in the response, or by the resource’s name', () => {
  const instance = { InstanceId: 'ins-1', Placement: { Zone: 'ap-guangzhou-3' }, InstanceChargeType: 'PREPAID' };
  const address = { InstanceSet: [{ ...instance, PublicIpAddresses: ['203.0.113.999'] }] };
  expect(refusal(() => imported('tencent', address))).toMatch(/^InstanceSet\[0\]\.PublicIpAddresses\[0\]: /);
  const days = { CreatedTime: '2026-06-01T00:00:00Z', ExpiredTime: '2025-06-01T00:00:00Z' };
  const term = {
    InstanceSet: [
      { ...instance, InstanceId: 'ins-0' },
      { ...instance, ...days },
    ],
  };
  expect(refusal(() => imported('tencent', term))).toMatch(/^tencent\/cvm\/ins-1\.expiresAt: /);
});
