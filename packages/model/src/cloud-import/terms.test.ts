import { parseInventory } from '@openbeian/model/eligibility';
import { expect, test } from 'vitest';
import { type Cloud, importResources, readCloudResponse } from './index.ts';

const imported = (cloud: Cloud, ...documents: readonly unknown[]) =>
  importResources(documents.map((document) => readCloudResponse(cloud, document)));

const cvm = (id: string, more: object = {}) => ({ InstanceId: id, Placement: { Zone: 'ap-guangzhou-4' }, ...more });
const ecs = (id: string, RegionId: string, more: object = {}) => ({ InstanceId: id, RegionId, ...more });
const list = (...rows: readonly object[]) => ({ Instance: rows });
const volc = (id: string, more: object = {}) => ({ InstanceId: id, ZoneId: 'cn-beijing-a', ...more });

const ends: readonly (readonly [instant: string, day: string])[] = [
  ['2027-03-01T16:00Z', '2027-03-01'],
  ['2027-03-01T16:00:00Z', '2027-03-01'],
  ['2027-03-02T00:00:00+08:00', '2027-03-01'],
  ['2027-03-01T15:59Z', '2027-03-01'],
  ['2027-03-01T15:59:59Z', '2027-03-01'],
  ['2027-03-01T23:59:59+08:00', '2027-03-01'],
  ['2027-03-01T16:00:01Z', '2027-03-02'],
  ['2027-03-01T16:01Z', '2027-03-02'],
  ['2026-12-31T16:00:00Z', '2026-12-31'],
  ['2028-02-29T16:00:00Z', '2028-02-29'],
];
const termed: readonly (readonly [Cloud, (end: string) => object[]])[] = [
  ['tencent', (end) => [{ InstanceSet: [cvm('ins-1', { InstanceChargeType: 'PREPAID', ExpiredTime: end })] }]],
  [
    'tencent',
    (end) => [
      {
        InstanceSet: [
          {
            InstanceId: 'lhins-1',
            BundleId: 'b',
            Zone: 'ap-shanghai-2',
            InstanceChargeType: 'PREPAID',
            ExpiredTime: end,
          },
        ],
      },
    ],
  ],
  [
    'alibaba',
    (end) => [{ Instances: list(ecs('i-1', 'cn-hangzhou', { InstanceChargeType: 'PrePaid', ExpiredTime: end })) }],
  ],
  ['alibaba', (end) => [{ Instances: [ecs('s-1', 'cn-hangzhou', { ChargeType: 'PrePaid', ExpiredTime: end })] }]],
  [
    'alibaba',
    (end) => [{ Instances: list({ InstanceId: 'i-e', EnsRegionId: 'cn-hangzhou-telecom', ExpiredTime: end }) }],
  ],
  ['alibaba', (end) => [{ Data: { Instances: list({ InstanceId: 'p-1', CommodityCode: 'fc', ExpiryTime: end }) } }]],
  [
    'huawei',
    (end) => [
      { servers: [{ id: 'a', metadata: { charging_mode: '1' } }] },
      { data: [{ resource_id: 'a', expire_time: end }] },
    ],
  ],
  [
    'huawei',
    (end) => [
      { servers: [{ id: 'b', metadata: { chargingMode: '1', 'metering.resourcetype': 'hws.resource.type.pm' } }] },
      { data: [{ resource_id: 'b', expire_time: end }] },
    ],
  ],
  [
    'huawei',
    (end) => [
      { resources: [{ id: 'l', provider: 'hcss', type: 'l-instance', region_id: 'cn-north-4' }] },
      { data: [{ resource_id: 'l', expire_time: end }] },
    ],
  ],
  ['volcengine', (end) => [{ Instances: [volc('i-1', { InstanceChargeType: 'PrePaid', ExpiredAt: end })] }]],
];

test.each(termed)('%s: a term that ends at midnight in Shanghai ends the day before (%#)', (cloud, documents) => {
  for (const [instant, day] of ends)
    expect([instant, imported(cloud, ...documents(instant)).inventory.resources[0]?.expiresAt]).toEqual([instant, day]);
});

test('the table of terms has every product that lists are read as', () => {
  const products = termed.flatMap(([cloud, documents]) =>
    imported(cloud, ...documents('2027-03-01T16:00Z')).inventory.resources.map((it) => `${it.provider}/${it.product}`),
  );
  expect(products.toSorted()).toEqual([
    'alibaba/ecs',
    'alibaba/ens',
    'alibaba/function_compute',
    'alibaba/swas',
    'huawei/bms',
    'huawei/ecs',
    'huawei/flexus_l',
    'tencent/cvm',
    'tencent/lighthouse',
    'volcengine/ecs',
  ]);
});

const begun: readonly (readonly [Cloud, (start: string) => object[]])[] = [
  ['tencent', (at) => [{ InstanceSet: [cvm('ins-1', { InstanceChargeType: 'PREPAID', CreatedTime: at })] }]],
  [
    'tencent',
    (at) => [
      {
        InstanceSet: [
          { InstanceId: 'l-1', BundleId: 'b', Zone: 'ap-shanghai-2', InstanceChargeType: 'PREPAID', CreatedTime: at },
        ],
      },
    ],
  ],
  [
    'alibaba',
    (at) => [{ Instances: list(ecs('i-1', 'cn-hangzhou', { InstanceChargeType: 'PrePaid', CreationTime: at })) }],
  ],
  ['alibaba', (at) => [{ Instances: [ecs('s-1', 'cn-hangzhou', { ChargeType: 'PrePaid', CreationTime: at })] }]],
  ['alibaba', (at) => [{ Instances: list({ InstanceId: 'i-e', EnsRegionId: 'e', CreationTime: at }) }]],
  [
    'huawei',
    (at) => [
      { servers: [{ id: 'a', metadata: { charging_mode: '1' } }] },
      { data: [{ resource_id: 'a', effective_time: at }] },
    ],
  ],
  ['volcengine', (at) => [{ Instances: [volc('i-1', { InstanceChargeType: 'PrePaid', CreatedAt: at })] }]],
];

test.each(begun)('%s: a term that begins at midnight in Shanghai begins on that day (%#)', (cloud, documents) => {
  for (const [instant, day] of [
    ['2026-03-01T16:00:00Z', '2026-03-02'],
    ['2026-03-02T00:00:00+08:00', '2026-03-02'],
    ['2026-03-01T15:59:59Z', '2026-03-01'],
    ['2026-03-01T16:00Z', '2026-03-02'],
    ['2026-12-31T23:59:59+08:00', '2026-12-31'],
  ] as const)
    expect([instant, imported(cloud, ...documents(instant)).inventory.resources[0]?.boughtAt]).toEqual([instant, day]);
});

test('an instant in an inventory ends a term likewise, and begins one on its own day', () => {
  const resource = {
    id: 'a',
    provider: 'tencent',
    product: 'cvm',
    boughtAt: '2026-03-01T16:00:00Z',
    expiresAt: '2027-03-01T16:00:00Z',
  };
  expect(parseInventory({ resources: [resource] }).resources[0]).toMatchObject({
    boughtAt: '2026-03-02',
    expiresAt: '2027-03-01',
  });
});
