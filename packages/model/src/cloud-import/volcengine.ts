import { z } from 'zod';
import { type Draft, given, hasAt, instant, maybe, type Shape, termOf, text, words } from './shapes.ts';

const billing = words({ PrePaid: 'prepaid', PostPaid: 'pay_as_you_go' } as const);
/** [K] The field is in the SDK; its values are general knowledge. An unknown one is refused with its place. */
const state = words({
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
    InstanceId: text,
    ZoneId: maybe(z.string()),
    InstanceChargeType: maybe(billing),
    CreatedAt: maybe(instant),
    ExpiredAt: maybe(z.union([z.literal('').transform(() => undefined), instant])),
    Status: maybe(state),
    EipAddress: maybe(z.object({ IpAddress: maybe(z.string()) })),
  })
  .transform((it): Draft => {
    const zone = /^([a-z]+-[a-z0-9]+)-[a-z]$/.exec(it.ZoneId ?? '');
    const address = it.EipAddress?.IpAddress;
    return {
      id: it.InstanceId,
      provider: 'volcengine',
      product: 'ecs',
      ...given('region', zone?.[1]),
      ...given('billing', it.InstanceChargeType),
      ...termOf(it.InstanceChargeType, it.CreatedAt, it.ExpiredAt),
      ...given('state', it.Status),
      ...given('publicIps', it.EipAddress && (address ? [{ address, kind: 'elastic' as const }] : [])),
    };
  });

const instances = z.object({ Instances: z.array(ecs) }).transform((it) => ({ resources: it.Instances, addresses: [] }));

/** With or without the envelope `Result`. Fields as in the Go SDK's ECS DescribeInstances. */
export const volcengineShapes: readonly Shape[] = [
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => hasAt(document, ['Instances'], 'array'),
    schema: instances,
  },
  {
    operation: 'ECS DescribeInstances',
    fits: (document) => hasAt(document, ['Result', 'Instances'], 'array'),
    schema: z.object({ Result: instances }).transform((it) => it.Result),
  },
];
