import { check, parseInventory } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { loadPolicies } from '@openbeian/policies';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cloud, clouds, importResources, readCloudResponse } from './index.ts';

// Fictional responses in the shapes that the clouds document.
const cvm = {
  Response: {
    TotalCount: 2,
    InstanceSet: [
      {
        InstanceId: 'ins-fiction1',
        Placement: { Zone: 'ap-guangzhou-3', ProjectId: 0 },
        InstanceChargeType: 'PREPAID',
        InstanceState: 'RUNNING',
        PublicIpAddresses: ['203.0.113.7'],
        InternetAccessible: { InternetMaxBandwidthOut: 5, PublicIpAssigned: true },
        CreatedTime: '2026-06-01T02:00:00Z',
        ExpiredTime: '2026-12-31T02:00:00Z',
      },
      {
        InstanceId: 'ins-fiction2',
        Placement: { Zone: 'ap-hongkong-2' },
        InstanceChargeType: 'POSTPAID_BY_HOUR',
        InstanceState: 'STOPPED',
        PublicIpAddresses: null,
        CreatedTime: '2026-06-01T02:00:00Z',
        ExpiredTime: null,
      },
    ],
    RequestId: 'fiction',
  },
};
const lighthouse = {
  InstanceSet: [
    {
      InstanceId: 'lhins-fiction',
      BundleId: 'bundle_fiction',
      Zone: 'ap-shanghai-2',
      InstanceChargeType: 'PREPAID',
      InstanceState: 'RUNNING',
      PublicAddresses: ['203.0.113.9'],
      InternetAccessible: { InternetMaxBandwidthOut: 3 },
      CreatedTime: '2026-01-01T17:00:00Z',
      ExpiredTime: '2027-01-01T17:00:00Z',
    },
  ],
};
const ecs = {
  Instances: {
    Instance: [
      {
        InstanceId: 'i-fiction1',
        RegionId: 'cn-hangzhou',
        InstanceChargeType: 'PrePaid',
        Status: 'Running',
        CreationTime: '2026-08-20T16:00Z',
        ExpiredTime: '2027-02-20T16:00Z',
        PublicIpAddress: { IpAddress: [] },
        EipAddress: { IpAddress: '', AllocationId: '' },
        InternetMaxBandwidthOut: 0,
      },
      {
        InstanceId: 'i-fiction2',
        RegionId: 'cn-beijing',
        InstanceChargeType: 'PostPaid',
        Status: 'Stopped',
        CreationTime: '2026-08-20T16:00Z',
        ExpiredTime: '2099-12-31T15:59Z',
        PublicIpAddress: { IpAddress: ['203.0.113.20'] },
        InternetMaxBandwidthOut: 2,
      },
    ],
  },
};
const eips = {
  EipAddresses: {
    EipAddress: [
      { IpAddress: '203.0.113.30', InstanceId: 'i-fiction1', InstanceType: 'EcsInstance', Bandwidth: '10' },
      { IpAddress: '203.0.113.31', InstanceId: 'ngw-fiction', InstanceType: 'Nat', Bandwidth: '5' },
    ],
  },
};
const swas = {
  Instances: [
    {
      InstanceId: 'swas-fiction',
      RegionId: 'cn-shanghai',
      ChargeType: 'PrePaid',
      Status: 'Running',
      CreationTime: '2026-03-08T05:31:06Z',
      ExpiredTime: '2027-03-08T16:00:00Z',
      PublicIpAddress: '203.0.113.40',
    },
  ],
};
const servers = {
  count: 1,
  servers: [
    {
      id: 'srv-fiction',
      status: 'ACTIVE',
      created: '2026-05-22T03:30:52Z',
      'OS-EXT-AZ:availability_zone': 'cn-north-4a',
      metadata: { charging_mode: '1' },
      addresses: {
        'vpc-fiction': [
          { addr: '192.168.0.4', 'OS-EXT-IPS:type': 'fixed' },
          { addr: '203.0.113.50', 'OS-EXT-IPS:type': 'floating' },
        ],
      },
    },
  ],
};
const publicips = {
  publicips: [
    { public_ip_address: '203.0.113.50', private_ip_address: '192.168.0.4', status: 'ACTIVE', bandwidth_size: 8 },
    { public_ip_address: '203.0.113.51', status: 'DOWN', bandwidth_size: 1 },
  ],
};
const volcengine = {
  Result: {
    Instances: [
      {
        InstanceId: 'i-volc-fiction',
        ZoneId: 'cn-beijing-a',
        InstanceChargeType: 'PrePaid',
        Status: 'RUNNING',
        CreatedAt: '2026-06-01T10:00:00+08:00',
        ExpiredAt: '2027-06-01T23:59:59+08:00',
        EipAddress: { AllocationId: 'eip-fiction', IpAddress: '203.0.113.60' },
      },
    ],
  },
};
const samples: Readonly<Record<Cloud, readonly object[]>> = {
  tencent: [cvm, lighthouse],
  alibaba: [ecs, eips, swas],
  huawei: [servers, publicips],
  volcengine: [volcengine],
};

function imported(cloud: Cloud, documents: readonly unknown[], account?: string) {
  return importResources(
    documents.map((document) => readCloudResponse(cloud, document)),
    account,
  );
}

test('Tencent: what CVM and the light server say, and nothing else', () => {
  const { inventory, gaps } = imported('tencent', samples.tencent);
  expect(inventory.resources).toEqual([
    {
      id: 'ins-fiction1',
      provider: 'tencent',
      product: 'cvm',
      region: 'ap-guangzhou',
      billing: 'prepaid',
      boughtAt: '2026-06-01',
      expiresAt: '2026-12-31',
      state: 'running',
      publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
      bandwidthMbps: 5,
    },
    {
      id: 'ins-fiction2',
      provider: 'tencent',
      product: 'cvm',
      region: 'ap-hongkong',
      billing: 'pay_as_you_go',
      state: 'stopped',
      publicIps: [],
    },
    {
      id: 'lhins-fiction',
      provider: 'tencent',
      product: 'lighthouse',
      region: 'ap-shanghai',
      billing: 'prepaid',
      boughtAt: '2026-01-02',
      expiresAt: '2027-01-02',
      state: 'running',
      publicIps: [{ address: '203.0.113.9', kind: 'instance' }],
      bandwidthMbps: 3,
    },
  ]);
  expect(gaps.find(({ key }) => key === 'publicIps')).toBeUndefined();
  expect(gaps.find(({ key }) => key === 'used')?.resources).toHaveLength(3);
  expect(gaps.find(({ key }) => key === 'boughtAt')).toBeUndefined();
});

test('Alibaba: elastic addresses go to their servers, the year 2099 is no term, strays are named', () => {
  const { inventory, strayAddresses } = imported('alibaba', samples.alibaba);
  expect(inventory.resources).toMatchObject([
    {
      id: 'i-fiction1',
      product: 'ecs',
      boughtAt: '2026-08-21',
      expiresAt: '2027-02-20',
      publicIps: [{ address: '203.0.113.30', kind: 'elastic' }],
      bandwidthMbps: 10,
    },
    { id: 'i-fiction2', billing: 'pay_as_you_go', state: 'stopped', bandwidthMbps: 2 },
    { id: 'swas-fiction', product: 'swas', region: 'cn-shanghai', expiresAt: '2027-03-08' },
  ]);
  expect(inventory.resources[1]).not.toHaveProperty('expiresAt');
  expect(strayAddresses).toEqual(['203.0.113.31']);
});

test('Huawei and Volcengine: floating addresses, zones as regions; an expiry the list lacks stays absent', () => {
  const huawei = imported('huawei', samples.huawei);
  expect(huawei.inventory.resources).toEqual([
    {
      id: 'srv-fiction',
      provider: 'huawei',
      product: 'ecs',
      region: 'cn-north-4',
      billing: 'prepaid',
      boughtAt: '2026-05-22',
      state: 'running',
      publicIps: [{ address: '203.0.113.50', kind: 'elastic' }],
      bandwidthMbps: 8,
    },
  ]);
  expect(huawei.gaps).toContainEqual({ key: 'expiresAt', resources: ['srv-fiction'] });
  expect(huawei.strayAddresses).toEqual(['203.0.113.51']);
  expect(imported('volcengine', samples.volcengine).inventory.resources).toMatchObject([
    { id: 'i-volc-fiction', region: 'cn-beijing', boughtAt: '2026-06-01', expiresAt: '2027-06-01' },
  ]);
});

test('what is imported is an inventory that can be decided, whatever the order of the responses', () => {
  const policies = loadPolicies();
  for (const cloud of clouds) {
    const { inventory } = imported(cloud, samples[cloud], 'acct-a');
    const { results } = check(parseInventory(inventory), policies, '2026-11-21');
    expect(results.map(({ policy }) => policy?.id)).not.toContain(undefined);
    const reversed = imported(cloud, [...samples[cloud]].reverse(), 'acct-a');
    expect(new Set(reversed.inventory.resources.map((it) => JSON.stringify(it)))).toEqual(
      new Set(inventory.resources.map((it) => JSON.stringify(it))),
    );
  }
});

test('unknown shapes and unknown words are refused with their place; repeated pages count once, contradictions do not', () => {
  const refuse = (cloud: Cloud, document: unknown) => {
    try {
      readCloudResponse(cloud, document);
    } catch (error) {
      if (isFault(error, 'input.invalid')) return (error.extras.places ?? []).map(({ path }) => path);
    }
    return null;
  };
  expect(refuse('tencent', ecs)).toEqual(['(root)']);
  expect(refuse('alibaba', cvm)).toEqual(['(root)']);
  expect(refuse('tencent', { InstanceSet: [{ ...cvm.Response.InstanceSet[0], InstanceState: 'DANCING' }] })).toEqual([
    'InstanceSet[0].InstanceState',
  ]);
  expect(
    refuse('alibaba', { Instances: [{ ...swas.Instances[0], ExpiredTime: 'soon', InstanceId: 7 }] })?.sort(),
  ).toEqual(['Instances[0].ExpiredTime', 'Instances[0].InstanceId']);
  expect(imported('tencent', [cvm, cvm]).inventory.resources).toHaveLength(2);
  const later = { Instances: [{ ...swas.Instances[0], ExpiredTime: '2028-01-01T00:00:00Z' }] };
  expect(() => imported('alibaba', [swas, later])).toThrow(/agree/);
});

test('no response, however malformed, makes it throw anything but the named fault', () => {
  const leaf = fc.oneof(fc.jsonValue(), fc.constantFrom('PREPAID', '2026-01-01T00:00Z', '203.0.113.1', '__proto__'));
  fc.assert(
    fc.property(fc.constantFrom(...clouds), fc.nat(), fc.nat(), leaf, (cloud, which, where, value) => {
      const sample = samples[cloud][which % samples[cloud].length];
      let count = 0;
      const total = JSON.stringify(sample).split(':').length;
      const broken: unknown = JSON.parse(JSON.stringify(sample), (_, old: unknown) => {
        count += 1;
        return count === (where % (total + 2)) + 1 ? value : old;
      });
      try {
        imported(cloud, [broken]);
      } catch (error) {
        expect(isFault(error, 'input.invalid')).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
