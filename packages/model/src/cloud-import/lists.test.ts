import { addressUse, check, parseInventory } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { loadPolicies } from '@openbeian/policies';
import { expect, test } from 'vitest';
import { type Cloud, importResources, readCloudResponse } from './index.ts';

const imported = (cloud: Cloud, ...documents: readonly unknown[]) =>
  importResources(documents.map((document) => readCloudResponse(cloud, document)));

const cvm = (id: string, more: object = {}) => ({ InstanceId: id, Placement: { Zone: 'ap-guangzhou-4' }, ...more });
const ecs = (id: string, RegionId: string, more: object = {}) => ({ InstanceId: id, RegionId, ...more });
const list = (...rows: readonly object[]) => ({ Instance: rows });
const volc = (id: string, more: object = {}) => ({ InstanceId: id, ZoneId: 'cn-beijing-a', ...more });

/** Of every cloud: a list that lacks rows, and the same with its rest. */
test.each<[Cloud, object[], object[], string, number, number | null]>([
  [
    'tencent',
    [{ TotalCount: 3, InstanceSet: [cvm('ins-1'), cvm('ins-2')] }],
    [{ TotalCount: 3, InstanceSet: [cvm('ins-3')] }],
    'CVM DescribeInstances (ap-guangzhou)',
    2,
    3,
  ],
  [
    'tencent',
    [{ Response: { TotalCount: 2, AddressSet: [{ AddressIp: '203.0.113.1' }] } }],
    [{ Response: { TotalCount: 2, AddressSet: [{ AddressIp: '203.0.113.2' }] } }],
    'VPC DescribeAddresses',
    1,
    2,
  ],
  [
    'alibaba',
    [{ TotalCount: 1, PageNumber: 2, Instances: list() }],
    [{ TotalCount: 1, PageNumber: 1, Instances: list(ecs('i-1', 'cn-hangzhou')) }],
    'ECS DescribeInstances',
    0,
    1,
  ],
  [
    'alibaba',
    [{ NextToken: 'more', Instances: list(ecs('i-1', 'cn-hangzhou')) }],
    [{ NextToken: '', Instances: list(ecs('i-2', 'cn-hangzhou')) }],
    'ECS DescribeInstances (cn-hangzhou)',
    1,
    null,
  ],
  [
    'alibaba',
    [{ TotalCount: '2', Instances: [ecs('s-1', 'cn-shanghai')] }],
    [{ TotalCount: '2', Instances: [ecs('s-2', 'cn-shanghai')] }],
    'SWAS ListInstances (cn-shanghai)',
    1,
    2,
  ],
  [
    'alibaba',
    [{ Data: { TotalCount: 2, Instances: list({ InstanceId: 'p-1' }) } }],
    [{ Data: { TotalCount: 2, Instances: list({ InstanceId: 'p-2' }) } }],
    'BSS QueryResourcePackageInstances',
    1,
    2,
  ],
  [
    'huawei',
    [{ count: 2, servers: [{ id: 'a' }] }],
    [{ count: 2, servers: [{ id: 'b' }] }],
    'ECS ListServersDetails',
    1,
    2,
  ],
  [
    'huawei',
    [{ total_count: 2, data: [{ resource_id: 'a' }] }],
    [{ total_count: 2, data: [{ resource_id: 'b' }] }],
    'BSS ListPayPerUseCustomerResources',
    1,
    2,
  ],
  [
    'huawei',
    [{ resources: [], page_info: { next_marker: 'm' } }],
    [{ resources: [], page_info: { current_count: 0 } }],
    'Config ListAllResources (hcss.l-instance)',
    0,
    null,
  ],
  [
    'volcengine',
    [{ Result: { TotalCount: 2, NextToken: 'more', Instances: [volc('i-1')] } }],
    [{ Result: { TotalCount: 2, NextToken: '', Instances: [volc('i-2')] } }],
    'ECS DescribeInstances (cn-beijing)',
    1,
    2,
  ],
  [
    'volcengine',
    [{ PageNumber: 2, TotalCount: 2, EipAddresses: [{ EipAddress: '203.0.113.1' }] }],
    [{ PageNumber: 1, TotalCount: 2, EipAddresses: [{ EipAddress: '203.0.113.2' }] }],
    'VPC DescribeEipAddresses',
    1,
    2,
  ],
])(
  '%s: rows that are missing are said, and several files are one list (%#)',
  (cloud, part, rest, name, came, total) => {
    expect(imported(cloud, ...part).missing).toEqual([{ list: name, came, total }]);
    expect(imported(cloud, ...rest, ...part).missing).toEqual([]);
    expect(imported(cloud, ...part, ...part).missing).toEqual([{ list: name, came, total }]);
  },
);

test('lists of two regions are two lists', () => {
  const one = { TotalCount: 1, Instances: list(ecs('i-1', 'cn-hangzhou')) };
  const two = { TotalCount: 2, Instances: list(ecs('i-2', 'cn-beijing')) };
  expect(imported('alibaba', one, two).missing).toEqual([
    { list: 'ECS DescribeInstances (cn-beijing)', came: 1, total: 2 },
  ]);
});

const placesOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (isFault(error, 'input.invalid')) return error.extras.places?.map(({ path }) => path);
  }
  return null;
};

test('answers of like name are recognised, or refused where they differ', () => {
  const ens = {
    TotalCount: 1,
    Instances: list({ InstanceId: 'i-e', EnsRegionId: 'cn-hangzhou-telecom', Status: 'Running' }),
  };
  expect(imported('alibaba', ens).inventory.resources).toMatchObject([
    { product: 'ens', region: 'cn-hangzhou-telecom' },
  ]);
  expect(placesOf(() => imported('alibaba', { Instances: list({ InstanceId: 'i-1' }) }))).toEqual([
    'Instances.Instance[0].RegionId',
  ]);
  expect(placesOf(() => imported('alibaba', { Instances: list(ecs('mi-1', 'cn-hangzhou')) }))).toEqual([
    'Instances.Instance[0].InstanceId',
  ]);
  expect(placesOf(() => imported('alibaba', { Instances: [ecs('mi-1', 'cn-hangzhou')] }))).toEqual([
    'Instances[0].InstanceId',
  ]);
  expect(placesOf(() => imported('volcengine', { Instances: [volc('mysql-1')] }))).toEqual(['Instances[0].InstanceId']);
  // Tencent's edge computing answers as CVM does.
  expect(placesOf(() => imported('tencent', { InstanceSet: [cvm('ein-1')] }))).toEqual(['InstanceSet[0].InstanceId']);
});

test('Huawei: an elastic address of version 3 goes to the server that its port is of', () => {
  const fixed = { id: 'a', addresses: { net: [{ addr: '192.168.0.4', 'OS-EXT-IPS:type': 'fixed' }] } };
  const address = { public_ip_address: '203.0.113.50', status: 'ACTIVE', bandwidth: { size: 8 } };
  const { inventory, strayAddresses } = imported(
    'huawei',
    { servers: [fixed] },
    { publicips: [{ ...address, vnic: { device_id: 'a' } }] },
  );
  expect(inventory.resources).toMatchObject([
    { publicIps: [{ address: '203.0.113.50', kind: 'elastic' }], bandwidthMbps: 8 },
  ]);
  expect(strayAddresses).toEqual([]);
  const balancer = imported('huawei', { servers: [fixed] }, { publicips: [{ ...address, vnic: { device_id: 'lb' } }] });
  expect(balancer.strayAddresses).toEqual(['203.0.113.50']);
});

test('what an answer says is used: bandwidths, zones without a dash, no address, isolation', () => {
  const eip = { IpAddress: '203.0.113.60', Bandwidth: 10 };
  const johor = imported('volcengine', { Instances: [volc('i-1', { ZoneId: 'ap-southeast-1a', EipAddress: eip })] });
  expect(johor.inventory.resources).toMatchObject([{ region: 'ap-southeast-1', bandwidthMbps: 10 }]);
  const server = { id: 'a', addresses: { net: [{ addr: '203.0.113.50', 'OS-EXT-IPS:type': 'floating' }] } };
  const address = { public_ip_address: '203.0.113.50', status: 'ACTIVE', bandwidth: { id: 'b', size: 8 } };
  expect(imported('huawei', { servers: [server] }, { publicips: [address] }).inventory.resources).toMatchObject([
    { bandwidthMbps: 8 },
  ]);
  const none = imported('tencent', { InstanceSet: [cvm('ins-1', { PublicIpAddresses: null })] });
  expect([none.inventory.resources[0]?.publicIps, none.gaps.some(({ key }) => key === 'publicIps')]).toEqual([
    [],
    false,
  ]);
  for (const [cloud, document, word] of [
    [
      'tencent',
      { InstanceSet: [cvm('ins-1', { InstanceState: 'RUNNING', RestrictState: 'PROTECTIVELY_ISOLATED' })] },
      'PROTECTIVELY_ISOLATED',
    ],
    [
      'alibaba',
      {
        Instances: list(
          ecs('i-1', 'cn-hangzhou', {
            Status: 'Running',
            OperationLocks: { LockReason: [{ LockReason: 'financial' }] },
          }),
        ),
      },
      'financial',
    ],
    [
      'alibaba',
      { Instances: [ecs('s-1', 'cn-hangzhou', { Status: 'Running', BusinessStatus: 'Expired' })] },
      'Expired',
    ],
  ] as const) {
    const { isolated, inventory } = imported(cloud, document);
    expect([isolated.map((it) => it.word), inventory.resources[0]?.state]).toEqual([[word], 'stopped']);
  }
});

test('Huawei and Volcengine: what is frozen or locked does not run, in the cloud’s own words', () => {
  const running = { id: 'a', status: 'ACTIVE', metadata: { charging_mode: '1', EcmResStatus: 'normal' } };
  const frozen = { ...running, metadata: { ...running.metadata, EcmResStatus: 'freeze' } };
  const volcengine = { Instances: [volc('i-1', { Status: 'RUNNING' })] };
  const address = { EipAddress: '203.0.113.70', InstanceId: 'i-1', InstanceType: 'EcsInstance' };
  for (const [cloud, documents, words] of [
    ['huawei', [{ servers: [running] }], []],
    ['huawei', [{ servers: [frozen] }], ['freeze']],
    ['huawei', [{ servers: [running] }, { data: [{ resource_id: 'a', status: 2 }] }], []],
    ['huawei', [{ servers: [running] }, { data: [{ resource_id: 'a', status: 4 }] }], ['已冻结']],
    ['volcengine', [volcengine, { EipAddresses: [{ ...address, BusinessStatus: 'Normal', LockReason: '' }] }], []],
    [
      'volcengine',
      [volcengine, { EipAddresses: [{ ...address, BusinessStatus: 'FinancialLocked' }] }],
      ['FinancialLocked'],
    ],
    ['volcengine', [volcengine, { EipAddresses: [{ ...address, LockReason: 'security' }] }], ['security']],
  ] as const) {
    const { isolated, inventory } = imported(cloud, ...documents);
    expect(isolated.map(({ word }) => word)).toEqual(words);
    expect(inventory.resources[0]?.state).toBe(words.length === 0 ? 'running' : 'stopped');
  }
});

test('Volcengine: every state of a server that its page lists, and no other', () => {
  const stateOf = (Status: string) => imported('volcengine', { Instances: [volc('i-1', { Status })] }).inventory;
  for (const [status, state] of [
    ['RUNNING', 'running'],
    ['STARTING', 'running'],
    ['REBOOTING', 'running'],
    ['RESIZING', 'running'],
    ['CREATING', 'stopped'],
    ['STOPPING', 'stopped'],
    ['STOPPED', 'stopped'],
    ['REBUILDING', 'stopped'],
    ['ERROR', 'stopped'],
    ['DELETING', 'released'],
  ] as const)
    expect([status, stateOf(status).resources[0]?.state]).toEqual([status, state]);
  expect(placesOf(() => stateOf('PAUSED'))).toEqual(['Instances[0].Status']);
});

test('Huawei’s bare metal servers are told from the like-named list of ECS', () => {
  const metal = {
    id: 'm',
    status: 'ACTIVE',
    metadata: { chargingMode: '1', 'metering.resourcetype': 'hws.resource.type.pm' },
  };
  const both = imported(
    'huawei',
    { count: 2, servers: [{ id: 'a', status: 'ACTIVE' }] },
    { count: 2, servers: [metal] },
  );
  expect(both.inventory.resources.map(({ id, product, billing }) => [id, product, billing])).toEqual([
    ['a', 'ecs', undefined],
    ['m', 'bms', 'prepaid'],
  ]);
  expect(both.missing.map(({ list: name }) => name)).toEqual([
    'ECS ListServersDetails',
    'BMS ListBareMetalServerDetails',
  ]);
  const { results } = check(parseInventory(both.inventory), loadPolicies(), '2026-11-29');
  expect(results[1]?.file.reasons.map(({ code }) => code)).toEqual(['resource.no_policy']);
});

test('private, shared and loopback addresses are no public ones; those for documentation may stand for one', () => {
  const uses = {
    '10.0.0.5': 'private',
    '172.31.0.1': 'private',
    '172.32.0.1': 'public',
    '100.64.0.1': 'shared',
    '127.0.0.1': 'loopback',
    '169.254.1.1': 'link_local',
    '203.0.113.4': 'documentation',
    '8.8.8.8': 'public',
    '224.0.0.1': 'reserved',
    '::1': 'loopback',
    'fd00::1': 'private',
    'fe80::1': 'link_local',
    '2001:db8::1': 'documentation',
    '2400:3200::1': 'public',
    '::ffff:10.0.0.1': 'private',
  };
  for (const [address, use] of Object.entries(uses)) expect([address, addressUse(address)]).toEqual([address, use]);
  const resource = (address: string) => ({ id: 'a', provider: 'tencent', product: 'cvm', publicIps: [{ address }] });
  expect(placesOf(() => parseInventory({ resources: [resource('10.0.0.5')] }))).toEqual([
    'resources[0].publicIps[0].address',
  ]);
  const live = (address: string) => () =>
    parseInventory({ resources: [resource(address)] }, { exampleAddresses: false });
  for (const address of ['203.0.113.4', '198.51.100.1', '192.0.2.9', '2001:db8::1']) {
    expect(placesOf(live(address))).toEqual(['resources[0].publicIps[0].address']);
    expect(parseInventory({ resources: [resource(address)] }).resources).toHaveLength(1);
  }
  expect(live('8.8.8.8')().resources).toHaveLength(1);
  const mixed = imported('tencent', {
    InstanceSet: [cvm('ins-1', { PublicIpAddresses: ['10.0.0.5'], PrivateIpAddresses: ['10.0.0.5'] })],
  });
  const { results } = check(parseInventory(mixed.inventory), loadPolicies(), '2026-11-29');
  expect(results[0]?.file.reasons.map(({ code }) => code)).toEqual([
    'resource.no_public_ip',
    'resource.fact_missing',
    'resource.fact_missing',
    'resource.fact_missing',
  ]);
});
