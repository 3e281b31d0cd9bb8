import { z } from 'zod';
import type { Draft, Shape } from './shapes.ts';
import * as shape from './shapes.ts';

const billing = shape.words({ PrePaid: 'prepaid', PostPaid: 'pay_as_you_go' } as const);
/** Every value that the operation's page lists (docs/sources.md `volcengine-api`). An unknown one is refused with its place. */
const state = shape.words({
  CREATING: 'stopped',
  RUNNING: 'running',
  STARTING: 'running',
  REBOOTING: 'running',
  RESIZING: 'running',
  STOPPING: 'stopped',
  STOPPED: 'stopped',
  REBUILDING: 'stopped',
  ERROR: 'stopped',
  DELETING: 'released',
} as const);

const ecs = z
  .object({
    InstanceId: shape.ownId(/^i-/, 'ECS'),
    // What tells it from the like-named list of another cloud.
    ZoneId: shape.text,
    InstanceChargeType: shape.maybe(billing),
    CreatedAt: shape.maybe(shape.instant),
    ExpiredAt: shape.maybe(z.union([shape.blank, shape.termEnd])),
    Status: shape.maybe(state),
    EipAddress: shape.maybe(z.object({ IpAddress: shape.maybeAddress, Bandwidth: shape.maybe(shape.megabits) })),
  })
  .transform((it): Draft => {
    // `cn-beijing-a` lies in `cn-beijing`, `ap-southeast-1a` in `ap-southeast-1`.
    const zone = /^(.+)-[a-z]$/.exec(it.ZoneId) ?? /^(.+\d)[a-z]$/.exec(it.ZoneId);
    const bound = it.EipAddress?.IpAddress;
    return {
      id: it.InstanceId,
      provider: 'volcengine',
      product: 'ecs',
      ...shape.given('region', zone?.[1]),
      ...shape.given('billing', it.InstanceChargeType),
      ...shape.termOf(it.InstanceChargeType, it.CreatedAt, it.ExpiredAt),
      ...shape.given('state', it.Status),
      ...shape.given(
        'publicIps',
        it.EipAddress && (bound === undefined ? [] : [{ address: bound, kind: 'elastic' as const }]),
      ),
      ...shape.given('bandwidthMbps', bound === undefined ? undefined : it.EipAddress?.Bandwidth),
    };
  });

const instances = z.object({ Instances: z.array(ecs) }).transform((it) => ({ resources: it.Instances }));

const eip = z.object({
  EipAddress: shape.address,
  InstanceId: shape.maybe(z.string()),
  InstanceType: shape.maybe(z.string()),
  Bandwidth: shape.maybe(shape.megabits),
});
/** A server is `EcsInstance`, as the SDK lists what an address can be bound to (docs/sources.md `volcengine-api`). */
const addresses = z.object({ EipAddresses: z.array(eip) }).transform((it) => ({
  resources: [],
  addresses: it.EipAddresses.map(({ EipAddress, InstanceId, InstanceType, Bandwidth }) => ({
    address: EipAddress,
    bandwidthMbps: Bandwidth,
    server: shape.serverOf(InstanceType, InstanceId),
  })),
}));

/** With or without the envelope `Result`. Fields as in the Go SDK's ECS DescribeInstances and VPC DescribeEipAddresses. */
export const volcengineShapes: readonly Shape[] = [
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => shape.hasAt(document, ['Instances'], 'array'),
    schema: instances,
  },
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => shape.hasAt(document, ['Result', 'Instances'], 'array'),
    schema: z.object({ Result: instances }).transform((it) => it.Result),
  },
  {
    operation: 'VPC DescribeEipAddresses',
    fits: (document) => shape.hasAt(document, ['EipAddresses'], 'array'),
    schema: addresses,
  },
  {
    operation: 'VPC DescribeEipAddresses',
    fits: (document) => shape.hasAt(document, ['Result', 'EipAddresses'], 'array'),
    schema: z.object({ Result: addresses }).transform((it) => it.Result),
  },
];
