import { z } from 'zod';
import type { Draft, Shape } from './shapes.ts';
import * as shape from './shapes.ts';

const billing = shape.words({
  PREPAID: 'prepaid',
  POSTPAID_BY_HOUR: 'pay_as_you_go',
  SPOTPAID: 'pay_as_you_go',
  // On a dedicated host or cluster the host has the term, and the response does not tell it.
  CDHPAID: null,
  CDCPAID: null,
  UNDERWRITE: null,
} as const);

const state = shape.words({
  PENDING: 'stopped',
  LAUNCH_FAILED: 'released',
  RUNNING: 'running',
  STARTING: 'running',
  REBOOTING: 'running',
  STOPPING: 'stopped',
  STOPPED: 'stopped',
  SHUTDOWN: 'stopped',
  FREEZING: 'stopped',
  ENTER_RESCUE_MODE: 'running',
  RESCUE_MODE: 'running',
  EXIT_RESCUE_MODE: 'running',
  TERMINATING: 'released',
  DELETING: 'released',
} as const);

/** `ap-guangzhou-3` lies in `ap-guangzhou`. */
const zone = shape.text.transform((value) => value.replace(/-\d+$/, ''));

const elastic = /EIP/i;

const common = {
  InstanceChargeType: shape.maybe(billing),
  CreatedTime: shape.maybe(shape.instant),
  ExpiredTime: shape.maybe(shape.termEnd),
  InstanceState: shape.maybe(state),
  InternetAccessible: shape.maybe(
    z.object({ InternetMaxBandwidthOut: shape.maybe(shape.megabits), IPv4AddressType: shape.maybe(z.string()) }),
  ),
};

/** null where there is none; absent where the answer does not say. */
const publicAddresses = z
  .array(shape.address)
  .nullable()
  .optional()
  .transform((value) => (value === null ? [] : value));

const cvm = z
  .object({
    InstanceId: shape.ownId(/^ins-/, 'CVM'),
    ...common,
    Placement: z.object({ Zone: zone }),
    PublicIpAddresses: publicAddresses,
  })
  .transform((it) => draftOf('cvm', it, it.Placement.Zone, it.PublicIpAddresses));

const lighthouse = z
  .object({ InstanceId: shape.text, ...common, Zone: zone, PublicAddresses: publicAddresses })
  .transform((it) => draftOf('lighthouse', it, it.Zone, it.PublicAddresses));

const instance = z.unknown().transform((value, context): Draft => {
  const light = typeof value === 'object' && value !== null && 'BundleId' in value;
  const parsed = (light ? lighthouse : cvm).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue({ ...issue, input: value } as never);
  return z.NEVER;
});

const instances = z.object({ InstanceSet: z.array(instance) }).transform((it) => ({ resources: it.InstanceSet }));

const addresses = z
  .object({
    AddressSet: z.array(
      z.object({
        AddressIp: shape.address,
        InstanceId: shape.maybe(z.string()),
        Bandwidth: shape.maybe(shape.megabits),
      }),
    ),
  })
  .transform((it) => ({
    resources: [],
    addresses: it.AddressSet.map(({ AddressIp, InstanceId, Bandwidth }) => ({
      address: AddressIp,
      bandwidthMbps: Bandwidth,
      server: InstanceId === undefined || InstanceId === '' ? null : InstanceId,
    })),
  }));

/**
 * With or without the envelope `Response`. Fields as in the Node SDK's typings of CVM and Lighthouse and in the document
 * of VPC's DescribeAddresses. No operation that lists serverless packages is in the interface of SCF (2018-04-16).
 */
export const tencentShapes: readonly Shape[] = [
  {
    operation: 'CVM DescribeInstances, Lighthouse DescribeInstances',
    fits: (document) => shape.hasAt(document, ['InstanceSet'], 'array'),
    schema: instances,
  },
  {
    operation: 'VPC DescribeAddresses',
    fits: (document) => shape.hasAt(document, ['AddressSet'], 'array'),
    schema: addresses,
  },
  {
    operation: 'CVM DescribeInstances, Lighthouse DescribeInstances',
    fits: (document) => shape.hasAt(document, ['Response', 'InstanceSet'], 'array'),
    schema: z.object({ Response: instances }).transform((it) => it.Response),
  },
  {
    operation: 'VPC DescribeAddresses',
    fits: (document) => shape.hasAt(document, ['Response', 'AddressSet'], 'array'),
    schema: z.object({ Response: addresses }).transform((it) => it.Response),
  },
];

type Common = { readonly InstanceId: string } & z.output<z.ZodObject<typeof common>>;

function draftOf(product: string, it: Common, region: string, ips: string[] | undefined): Draft {
  const { InternetMaxBandwidthOut, IPv4AddressType } = it.InternetAccessible ?? {};
  const kind =
    IPv4AddressType !== undefined && elastic.test(IPv4AddressType) ? ('elastic' as const) : ('instance' as const);
  return {
    id: it.InstanceId,
    provider: 'tencent',
    product,
    region,
    ...shape.given('billing', it.InstanceChargeType),
    ...shape.termOf(it.InstanceChargeType, it.CreatedTime, it.ExpiredTime),
    ...shape.given('state', it.InstanceState),
    ...shape.given(
      'publicIps',
      ips?.map((address) => ({ address, kind })),
    ),
    ...shape.given('bandwidthMbps', InternetMaxBandwidthOut),
  };
}
