import { z } from 'zod';
import { type Draft, given, hasAt, instant, maybe, megabits, type Shape, termOf, text, words } from './shapes.ts';

/** Postpaid, prepaid, spot. [K] from general knowledge; the field is documented, its values were not read there. */
const billing = words({ 0: 'pay_as_you_go', 1: 'prepaid', 2: 'pay_as_you_go' } as const);
const state = words({
  ACTIVE: 'running',
  REBOOT: 'running',
  HARD_REBOOT: 'running',
  MIGRATING: 'running',
  RESIZE: 'running',
  REVERT_RESIZE: 'running',
  VERIFY_RESIZE: 'running',
  REBUILD: 'running',
  BUILD: 'stopped',
  SHUTOFF: 'stopped',
  PAUSED: 'stopped',
  SUSPENDED: 'stopped',
  SHELVED: 'stopped',
  SHELVED_OFFLOADED: 'stopped',
  ERROR: 'stopped',
  UNKNOWN: 'stopped',
  SOFT_DELETED: 'released',
  DELETED: 'released',
} as const);

const server = z
  .object({
    id: text,
    status: maybe(state),
    created: maybe(instant),
    'OS-EXT-AZ:availability_zone': maybe(z.string()),
    metadata: maybe(z.object({ charging_mode: maybe(billing) })),
    addresses: maybe(z.record(z.string(), z.array(z.object({ addr: text, 'OS-EXT-IPS:type': maybe(z.string()) })))),
  })
  .transform((it): Draft => {
    const mode = it.metadata?.charging_mode;
    const zone = /^([a-z]+-[a-z]+-\d+)[a-z]$/.exec(it['OS-EXT-AZ:availability_zone'] ?? '');
    const floating =
      it.addresses &&
      Object.values(it.addresses)
        .flat()
        .filter((each) => each['OS-EXT-IPS:type'] === 'floating')
        .map(({ addr }) => ({ address: addr, kind: 'elastic' as const }));
    return {
      id: it.id,
      provider: 'huawei',
      product: 'ecs',
      ...given('region', zone?.[1]),
      ...given('billing', mode),
      // The list tells no expiry of yearly and monthly servers; it stays absent.
      ...termOf(mode, it.created, undefined),
      ...given('state', it.status),
      ...given('publicIps', floating),
    };
  });

const eip = z.object({
  public_ip_address: text,
  private_ip_address: maybe(z.string()),
  status: maybe(z.string()),
  bandwidth_size: maybe(megabits),
});

/** Fields as in the documents of ECS (ListServersDetails) and EIP (ListPublicips). */
export const huaweiShapes: readonly Shape[] = [
  {
    operation: 'ECS ListServersDetails',
    fits: (document) => hasAt(document, ['servers'], 'array'),
    schema: z.object({ servers: z.array(server) }).transform((it) => ({ resources: it.servers, addresses: [] })),
  },
  {
    operation: 'EIP ListPublicips',
    fits: (document) => hasAt(document, ['publicips'], 'array'),
    schema: z.object({ publicips: z.array(eip) }).transform((it) => ({
      resources: [],
      // A server lists its floating address itself; private addresses repeat from network to network.
      addresses: it.publicips.map(({ public_ip_address, status, bandwidth_size }) => ({
        address: public_ip_address,
        bandwidthMbps: bandwidth_size,
        server: status === 'ACTIVE' ? public_ip_address : null,
      })),
    })),
  },
];
