import { z } from 'zod';
import {
  address,
  type Draft,
  given,
  hasAt,
  instant,
  maybe,
  megabits,
  type Shape,
  termOf,
  text,
  words,
} from './shapes.ts';

const billing = words({
  PREPAID: 'prepaid',
  POSTPAID_BY_HOUR: 'pay_as_you_go',
  SPOTPAID: 'pay_as_you_go',
  // On a dedicated host or cluster the host has the term, and the response does not tell it.
  CDHPAID: null,
  CDCPAID: null,
  UNDERWRITE: null,
} as const);

const state = words({
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
const zone = text.transform((value) => value.replace(/-\d+$/, ''));

const elastic = /EIP/i;

const common = {
  InstanceId: text,
  InstanceChargeType: maybe(billing),
  CreatedTime: maybe(instant),
  ExpiredTime: maybe(instant),
  InstanceState: maybe(state),
  InternetAccessible: maybe(z.object({ InternetMaxBandwidthOut: maybe(megabits), IPv4AddressType: maybe(z.string()) })),
};

const cvm = z
  .object({ ...common, Placement: z.object({ Zone: zone }), PublicIpAddresses: maybe(z.array(address)) })
  .transform((it) => draftOf('cvm', it, it.Placement.Zone, it.PublicIpAddresses));

const lighthouse = z
  .object({ ...common, Zone: zone, PublicAddresses: maybe(z.array(address)) })
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
    AddressSet: z.array(z.object({ AddressIp: address, InstanceId: maybe(z.string()), Bandwidth: maybe(megabits) })),
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
    fits: (document) => hasAt(document, ['InstanceSet'], 'array'),
    schema: instances,
  },
  {
    operation: 'VPC DescribeAddresses',
    fits: (document) => hasAt(document, ['AddressSet'], 'array'),
    schema: addresses,
  },
  {
    operation: 'CVM DescribeInstances, Lighthouse DescribeInstances',
    fits: (document) => hasAt(document, ['Response', 'InstanceSet'], 'array'),
    schema: z.object({ Response: instances }).transform((it) => it.Response),
  },
  {
    operation: 'VPC DescribeAddresses',
    fits: (document) => hasAt(document, ['Response', 'AddressSet'], 'array'),
    schema: z.object({ Response: addresses }).transform((it) => it.Response),
  },
];

type Common = z.output<z.ZodObject<typeof common>>;

function draftOf(product: string, it: Common, region: string, ips: string[] | undefined): Draft {
  const { InternetMaxBandwidthOut, IPv4AddressType } = it.InternetAccessible ?? {};
  const kind =
    IPv4AddressType !== undefined && elastic.test(IPv4AddressType) ? ('elastic' as const) : ('instance' as const);
  return {
    id: it.InstanceId,
    provider: 'tencent',
    product,
    region,
    ...given('billing', it.InstanceChargeType),
    ...termOf(it.InstanceChargeType, it.CreatedTime, it.ExpiredTime),
    ...given('state', it.InstanceState),
    ...given(
      'publicIps',
      ips?.map((address) => ({ address, kind })),
    ),
    ...given('bandwidthMbps', InternetMaxBandwidthOut),
  };
}
