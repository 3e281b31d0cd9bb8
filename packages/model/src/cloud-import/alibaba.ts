import { z } from 'zod';
import { type Draft, given, hasAt, instant, maybe, megabits, type Shape, termOf, text, words } from './shapes.ts';

const billing = words({ PrePaid: 'prepaid', PostPaid: 'pay_as_you_go' } as const);
const state = words({
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
    InstanceId: text,
    RegionId: maybe(text),
    InstanceChargeType: maybe(billing),
    CreationTime: maybe(instant),
    ExpiredTime: maybe(instant),
    Status: maybe(state),
    PublicIpAddress: maybe(z.object({ IpAddress: z.array(text) })),
    EipAddress: maybe(z.object({ IpAddress: maybe(z.string()), Bandwidth: maybe(megabits) })),
    InternetMaxBandwidthOut: maybe(megabits),
  })
  .transform((it): Draft => {
    const eip = it.EipAddress?.IpAddress;
    const own = it.PublicIpAddress?.IpAddress.map((address) => ({ address, kind: 'instance' as const }));
    const bound = eip === undefined || eip === '' ? [] : [{ address: eip, kind: 'elastic' as const }];
    // With an elastic address the instance's own bandwidth is 0 and the address's counts.
    const widths = [it.InternetMaxBandwidthOut, bound.length > 0 ? it.EipAddress?.Bandwidth : undefined];
    return {
      id: it.InstanceId,
      provider: 'alibaba',
      product: 'ecs',
      ...given('region', it.RegionId),
      ...given('billing', it.InstanceChargeType),
      ...termOf(it.InstanceChargeType, it.CreationTime, it.ExpiredTime),
      ...given('state', it.Status),
      ...given('publicIps', own === undefined && bound.length === 0 ? undefined : [...(own ?? []), ...bound]),
      ...given('bandwidthMbps', widest(widths)),
    };
  });

const swas = z
  .object({
    InstanceId: text,
    RegionId: maybe(text),
    ChargeType: maybe(billing),
    CreationTime: maybe(instant),
    ExpiredTime: maybe(instant),
    Status: maybe(state),
    PublicIpAddress: maybe(text),
  })
  .transform(
    (it): Draft => ({
      id: it.InstanceId,
      provider: 'alibaba',
      product: 'swas',
      ...given('region', it.RegionId),
      ...given('billing', it.ChargeType),
      ...termOf(it.ChargeType, it.CreationTime, it.ExpiredTime),
      ...given('state', it.Status),
      ...given(
        'publicIps',
        it.PublicIpAddress === undefined ? undefined : [{ address: it.PublicIpAddress, kind: 'instance' as const }],
      ),
    }),
  );

/** The address list writes its bandwidth as text. */
const width = z.union([
  megabits,
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
]);
const eip = z.object({
  IpAddress: text,
  InstanceId: maybe(z.string()),
  InstanceType: maybe(z.string()),
  Bandwidth: maybe(width),
});

/** Fields as in the documents of ECS 2014-05-26, SWAS 2020-06-01 and VPC 2016-04-28. */
export const alibabaShapes: readonly Shape[] = [
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => hasAt(document, ['Instances', 'Instance'], 'array'),
    schema: z
      .object({ Instances: z.object({ Instance: z.array(ecs) }) })
      .transform((it) => ({ resources: it.Instances.Instance, addresses: [] })),
  },
  {
    operation: 'SWAS ListInstances',
    fits: (document) => hasAt(document, ['Instances'], 'array'),
    schema: z.object({ Instances: z.array(swas) }).transform((it) => ({ resources: it.Instances, addresses: [] })),
  },
  {
    operation: 'VPC DescribeEipAddresses',
    fits: (document) => hasAt(document, ['EipAddresses', 'EipAddress'], 'array'),
    schema: z.object({ EipAddresses: z.object({ EipAddress: z.array(eip) }) }).transform((it) => ({
      resources: [],
      addresses: it.EipAddresses.EipAddress.map(({ IpAddress, InstanceId, InstanceType, Bandwidth }) => ({
        address: IpAddress,
        bandwidthMbps: Bandwidth,
        server: InstanceType === 'EcsInstance' && InstanceId ? InstanceId : null,
      })),
    })),
  },
];

export function widest(widths: readonly (number | undefined)[]): number | undefined {
  const known = widths.filter((it): it is number => it !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
