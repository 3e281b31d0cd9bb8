import { z } from 'zod';
import type { Draft, Shape } from './shapes.ts';
import * as shape from './shapes.ts';

const billing = shape.words({ PrePaid: 'prepaid', PostPaid: 'pay_as_you_go' } as const);
const state = shape.words({
  Pending: 'stopped',
  Running: 'running',
  Starting: 'running',
  Resetting: 'running',
  Upgrading: 'running',
  Stopping: 'stopped',
  Stopped: 'stopped',
  Disabled: 'stopped',
} as const);

const ecs = z
  .object({
    InstanceId: shape.ownId(/^(?!mi-)/, 'ECS'),
    // What tells it from the like-named lists of other products.
    RegionId: shape.text,
    InstanceChargeType: shape.maybe(billing),
    CreationTime: shape.maybe(shape.instant),
    ExpiredTime: shape.maybe(shape.termEnd),
    Status: shape.maybe(state),
    PublicIpAddress: shape.maybe(z.object({ IpAddress: z.array(shape.address) })),
    EipAddress: shape.maybe(z.object({ IpAddress: shape.maybeAddress, Bandwidth: shape.maybe(shape.megabits) })),
    InternetMaxBandwidthOut: shape.maybe(shape.megabits),
  })
  .transform((it): Draft => {
    const eip = it.EipAddress?.IpAddress;
    const own = it.PublicIpAddress?.IpAddress.map((each) => ({ address: each, kind: 'instance' as const }));
    const bound = eip === undefined ? [] : [{ address: eip, kind: 'elastic' as const }];
    // With an elastic address the instance's own bandwidth is 0 and the address's counts.
    const widths = [it.InternetMaxBandwidthOut, bound.length > 0 ? it.EipAddress?.Bandwidth : undefined];
    return {
      id: it.InstanceId,
      provider: 'alibaba',
      product: 'ecs',
      region: it.RegionId,
      ...shape.given('billing', it.InstanceChargeType),
      ...shape.termOf(it.InstanceChargeType, it.CreationTime, it.ExpiredTime),
      ...shape.given('state', it.Status),
      ...shape.given('publicIps', own === undefined && bound.length === 0 ? undefined : [...(own ?? []), ...bound]),
      ...shape.given('bandwidthMbps', widest(widths)),
    };
  });

/** A server of the edge (ENS): its region has a key of its own. */
const ens = z
  .object({
    InstanceId: shape.text,
    EnsRegionId: shape.text,
    CreationTime: shape.maybe(shape.instant),
    ExpiredTime: shape.maybe(z.union([shape.blank, shape.termEnd])),
    Status: shape.maybe(state),
    PublicIpAddress: shape.maybe(z.object({ IpAddress: z.array(shape.address) })),
    InternetMaxBandwidthOut: shape.maybe(shape.megabits),
  })
  .transform(
    (it): Draft => ({
      id: it.InstanceId,
      provider: 'alibaba',
      product: 'ens',
      region: it.EnsRegionId,
      ...shape.given('boughtAt', it.CreationTime),
      ...shape.given('expiresAt', it.ExpiredTime),
      ...shape.given('state', it.Status),
      ...shape.given(
        'publicIps',
        it.PublicIpAddress?.IpAddress.map((address) => ({ address, kind: 'instance' as const })),
      ),
      ...shape.given('bandwidthMbps', it.InternetMaxBandwidthOut),
    }),
  );

const swas = z
  .object({
    InstanceId: shape.ownId(/^(?!mi-)/, 'SWAS'),
    // Always there, and what tells it from the like-named list of another cloud.
    RegionId: shape.text,
    ChargeType: shape.maybe(billing),
    CreationTime: shape.maybe(shape.instant),
    ExpiredTime: shape.maybe(shape.termEnd),
    Status: shape.maybe(state),
    PublicIpAddress: shape.maybeAddress,
  })
  .transform(
    (it): Draft => ({
      id: it.InstanceId,
      provider: 'alibaba',
      product: 'swas',
      region: it.RegionId,
      ...shape.given('billing', it.ChargeType),
      ...shape.termOf(it.ChargeType, it.CreationTime, it.ExpiredTime),
      ...shape.given('state', it.Status),
      ...shape.given(
        'publicIps',
        it.PublicIpAddress === undefined ? undefined : [{ address: it.PublicIpAddress, kind: 'instance' as const }],
      ),
    }),
  );

/** The address list writes its bandwidth as text. */
const width = z.union([
  shape.megabits,
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
]);
const eip = z.object({
  IpAddress: shape.address,
  InstanceId: shape.maybe(z.string()),
  InstanceType: shape.maybe(z.string()),
  Bandwidth: shape.maybe(width),
});

/**
 * A bought package. [K] The fields are documented; that function compute shows as `fc` in them, and how its amounts are
 * worded, is general knowledge. An amount in another unit stays absent: the rule asks for a package of any size.
 */
const bought = z
  .object({
    InstanceId: shape.text,
    CommodityCode: shape.maybe(z.string()),
    PackageType: shape.maybe(z.string()),
    ApplicableProducts: shape.maybe(z.object({ Product: shape.maybe(z.array(z.string())) })),
    Region: shape.maybe(z.string()),
    EffectiveTime: shape.maybe(shape.instant),
    ExpiryTime: shape.maybe(shape.termEnd),
    TotalAmount: shape.maybe(z.union([z.string(), z.number()])),
    TotalAmountUnit: shape.maybe(z.string()),
  })
  .transform((it): Draft[] => {
    const names = [it.CommodityCode, it.PackageType?.replace(/^FPT_/, ''), ...(it.ApplicableProducts?.Product ?? [])];
    if (!names.some((name) => name !== undefined && /^fc(?:$|[^a-z])/i.test(name))) return [];
    const region = /^[a-z]{2}(?:-[a-z0-9]+)+$/.test(it.Region ?? '') ? it.Region : undefined;
    return [
      {
        id: it.InstanceId,
        provider: 'alibaba',
        product: 'function_compute',
        ...shape.given('region', region),
        billing: 'package',
        ...shape.given('boughtAt', it.EffectiveTime),
        ...shape.given('expiresAt', it.ExpiryTime),
        ...shape.given('package', amountOf(Number(it.TotalAmount), it.TotalAmountUnit ?? '')),
      },
    ];
  });

const invocationUnits: Readonly<Record<string, number>> = { 次: 1, 万次: 1e4, 百万次: 1e6, 亿次: 1e8 };
const gbSecondUnits: readonly string[] = ['gb-s', 'gb*s', 'gbs', 'gb-second', 'gb-秒', 'gb*秒', 'gb秒'];

function amountOf(amount: number, unit: string): Draft['package'] {
  const factor = Object.hasOwn(invocationUnits, unit) ? invocationUnits[unit] : undefined;
  if (!Number.isFinite(amount) || amount < 0) return undefined;
  if (factor !== undefined) return { invocations: Math.round(amount * factor) };
  return gbSecondUnits.includes(unit.toLowerCase()) ? { gbSeconds: Math.floor(amount) } : undefined;
}

/** Fields as in the documents of ECS 2014-05-26, SWAS 2020-06-01, VPC 2016-04-28 and BssOpenApi 2017-12-14. */
export const alibabaShapes: readonly Shape[] = [
  {
    operation: 'ENS DescribeInstances',
    fits: (document) => shape.hasAt(document, ['Instances', 'Instance', '0', 'EnsRegionId'], 'text'),
    schema: z
      .object({ Instances: z.object({ Instance: z.array(ens) }) })
      .transform((it) => ({ resources: it.Instances.Instance })),
  },
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => shape.hasAt(document, ['Instances', 'Instance'], 'array'),
    schema: z
      .object({ Instances: z.object({ Instance: z.array(ecs) }) })
      .transform((it) => ({ resources: it.Instances.Instance })),
  },
  {
    operation: 'SWAS ListInstances',
    fits: (document) => shape.hasAt(document, ['Instances'], 'array'),
    schema: z.object({ Instances: z.array(swas) }).transform((it) => ({ resources: it.Instances })),
  },
  {
    operation: 'VPC DescribeEipAddresses',
    fits: (document) => shape.hasAt(document, ['EipAddresses', 'EipAddress'], 'array'),
    schema: z.object({ EipAddresses: z.object({ EipAddress: z.array(eip) }) }).transform((it) => ({
      resources: [],
      addresses: it.EipAddresses.EipAddress.map(({ IpAddress, InstanceId, InstanceType, Bandwidth }) => ({
        address: IpAddress,
        bandwidthMbps: Bandwidth,
        server: shape.serverOf(InstanceType, InstanceId),
      })),
    })),
  },
  {
    operation: 'BSS QueryResourcePackageInstances',
    fits: (document) => shape.hasAt(document, ['Data', 'Instances', 'Instance'], 'array'),
    schema: z
      .object({ Data: z.object({ Instances: z.object({ Instance: z.array(bought) }) }) })
      .transform((it) => ({ resources: it.Data.Instances.Instance.flat() })),
  },
];

export function widest(widths: readonly (number | undefined)[]): number | undefined {
  const known = widths.filter((it): it is number => it !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
