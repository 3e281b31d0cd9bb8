import { z } from 'zod';
import type { Draft, Part, Shape } from './shapes.ts';
import * as shape from './shapes.ts';

/** Postpaid, prepaid, spot: `charging_mode`, as the comments of Huawei's Go SDK say (docs/sources.md `huawei-api`). */
const billing = shape.words({ 0: 'pay_as_you_go', 1: 'prepaid', 2: 'pay_as_you_go' } as const);
const state = shape.words({
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
    id: shape.text,
    status: shape.maybe(state),
    created: shape.maybe(shape.instant),
    'OS-EXT-AZ:availability_zone': shape.maybe(z.string()),
    metadata: shape.maybe(
      z.object({
        charging_mode: shape.maybe(billing),
        // Bare metal servers have the list of ECS, and tell themselves here.
        chargingMode: shape.maybe(billing),
        'metering.resourcetype': shape.maybe(z.string()),
      }),
    ),
    addresses: shape.maybe(
      z.record(z.string(), z.array(z.object({ addr: shape.address, 'OS-EXT-IPS:type': shape.maybe(z.string()) }))),
    ),
  })
  .transform((it): Draft => {
    const mode = it.metadata?.charging_mode ?? it.metadata?.chargingMode;
    const isBareMetal = it.metadata?.['metering.resourcetype'] === 'hws.resource.type.pm';
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
      product: isBareMetal ? 'bms' : 'ecs',
      ...shape.given('region', zone?.[1]),
      ...shape.given('billing', mode),
      // The list tells no expiry of yearly and monthly servers; BSS ListPayPerUseCustomerResources does.
      ...shape.termOf(mode, it.created, undefined),
      ...shape.given('state', it.status),
      ...shape.given('publicIps', floating),
    };
  });

const eip = z.object({
  public_ip_address: shape.address,
  private_ip_address: shape.maybe(z.string()),
  status: shape.maybe(z.string()),
  bandwidth_size: shape.maybe(shape.megabits),
  // Version 3 of the interface: its own bandwidth, and the server that the port is of.
  bandwidth: shape.maybe(z.object({ size: shape.maybe(shape.megabits) })),
  vnic: shape.maybe(z.object({ device_id: shape.maybe(z.string()) })),
});

const prepaid = z
  .object({
    resource_id: shape.text,
    effective_time: shape.maybe(z.union([shape.blank, shape.instant])),
    expire_time: shape.maybe(z.union([shape.blank, shape.termEnd])),
  })
  .transform((it) => ({
    resource: it.resource_id,
    ...shape.given('boughtAt', it.effective_time),
    ...shape.given('expiresAt', it.expire_time),
  }));

const attribute = z.object({ key: z.string(), value: shape.maybe(z.unknown()) });
/**
 * A Flexus L instance. The document names the fields down to `resource_attributes`; [K] the key `public_ip_address` and
 * the type of the server inside are as Huawei's own published tools use them.
 */
const flexus = z
  .object({
    id: shape.text,
    provider: shape.maybe(z.string()),
    type: shape.maybe(z.string()),
    region_id: shape.maybe(shape.text),
    properties: shape.maybe(
      z.object({
        metadata: shape.maybe(
          z.object({
            charging_mode: shape.maybe(shape.words({ prePaid: 'prepaid', postPaid: 'pay_as_you_go' } as const)),
          }),
        ),
        resources: shape.maybe(
          z.array(
            z.object({
              logical_resource_type: shape.maybe(z.string()),
              physical_resource_id: shape.maybe(z.string()),
              resource_attributes: shape.maybe(z.array(attribute)),
            }),
          ),
        ),
      }),
    ),
  })
  .transform((it, context): { resources: Draft[]; parts: Part[] } => {
    if (it.provider !== 'hcss' || it.type !== 'l-instance') return { resources: [], parts: [] };
    const inside = it.properties?.resources;
    const told = inside?.flatMap(({ resource_attributes }) => resource_attributes ?? []);
    const publicIps = told
      ?.filter(({ key, value }) => key === 'public_ip_address' && value !== undefined && value !== '')
      .map(({ value }) => {
        const parsed = shape.address.safeParse(value);
        if (!parsed.success) context.addIssue({ code: 'custom', path: ['properties', 'resources'], params: noAddress });
        return { address: parsed.data ?? '', kind: 'instance' as const };
      });
    const draft: Draft = {
      id: it.id,
      provider: 'huawei',
      product: 'flexus_l',
      ...shape.given('region', it.region_id),
      ...shape.given('billing', it.properties?.metadata?.charging_mode),
      ...shape.given('publicIps', publicIps),
    };
    const servers = inside?.filter(({ logical_resource_type: kind }) => kind === 'huaweicloudinternal_ecs_instance');
    const parts = (servers ?? []).flatMap(({ physical_resource_id: server }) =>
      server ? [{ server, of: it.id }] : [],
    );
    return { resources: [draft], parts };
  });
const noAddress = { zh: '公网 IP 应为 IPv4 或 IPv6 地址', en: 'expected each public_ip_address to be an IP address' };

/**
 * Fields as in the documents of ECS (ListServersDetails), EIP (ListPublicips), BSS (ListPayPerUseCustomerResources, whose
 * `effective_time` is the day of purchase or of conversion) and Config (ListAllResources, for Flexus L).
 */
export const huaweiShapes: readonly Shape[] = [
  {
    operation: 'ECS ListServersDetails, BMS ListBareMetalServerDetails',
    fits: (document) => shape.hasAt(document, ['servers'], 'array'),
    schema: z.object({ servers: z.array(server) }).transform((it) => ({ resources: it.servers })),
  },
  {
    operation: 'EIP ListPublicips',
    fits: (document) => shape.hasAt(document, ['publicips'], 'array'),
    schema: z.object({ publicips: z.array(eip) }).transform((it) => ({
      resources: [],
      // A server lists its floating address itself, unless it was asked for less; private ones repeat from network to network.
      addresses: it.publicips.map(({ public_ip_address, status, bandwidth_size, bandwidth, vnic }) => ({
        address: public_ip_address,
        bandwidthMbps: bandwidth_size ?? bandwidth?.size,
        server: status === 'ACTIVE' ? vnic?.device_id || public_ip_address : null,
      })),
    })),
  },
  {
    operation: 'BSS ListPayPerUseCustomerResources',
    fits: (document) => shape.hasAt(document, ['data'], 'array'),
    schema: z.object({ data: z.array(prepaid) }).transform((it) => ({ resources: [], terms: it.data })),
  },
  {
    operation: 'Config ListAllResources (hcss.l-instance)',
    fits: (document) => shape.hasAt(document, ['resources'], 'array'),
    schema: z.object({ resources: z.array(flexus) }).transform((it) => ({
      resources: it.resources.flatMap(({ resources }) => resources),
      parts: it.resources.flatMap(({ parts }) => parts),
    })),
  },
];
