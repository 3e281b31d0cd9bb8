import type { Inventory, RealName } from '@openbeian/model/eligibility';
import { parseInventory } from '@openbeian/model/eligibility';
import { Fault, placesOf } from '@openbeian/model/fault';
import { alibabaShapes, widest } from './alibaba.ts';
import { huaweiShapes } from './huawei.ts';
import type { BoundAddress, Draft, Said, Shape } from './shapes.ts';
import { tencentShapes } from './tencent.ts';
import { volcengineShapes } from './volcengine.ts';

const shapes = {
  tencent: tencentShapes,
  alibaba: alibabaShapes,
  huawei: huaweiShapes,
  volcengine: volcengineShapes,
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

export type Cloud = keyof typeof shapes;
export const clouds = Object.keys(shapes) as readonly Cloud[];

/**
 * Reads one response of a cloud's own list or describe operation, as its API, SDK or command line gives it.
 * @throws Fault `input.invalid` with every wrong place, or naming the operations whose responses are known.
 */
export function readCloudResponse(cloud: Cloud, document: unknown): Said {
  const shape = shapes[cloud].find((each) => each.fits(document));
  if (shape === undefined) {
    const known = [...new Set(shapes[cloud].map(({ operation }) => operation))].join('; ');
    const place = { path: '(root)', expected: `expected a response of ${known}`, expectedZh: `应为 ${known} 的返回` };
    throw new Fault('input.invalid', { places: [place] });
  }
  const parsed = shape.schema.safeParse(document);
  if (!parsed.success) throw new Fault('input.invalid', { places: placesOf(parsed.error) });
  return parsed.data;
}

export interface Imported {
  /** The inventory's shape (contract §1), without what the responses do not say. */
  readonly inventory: {
    readonly accounts: Inventory['accounts'];
    readonly resources: readonly (Draft & { readonly account?: string })[];
  };
  /** What the responses do not say, by key of the inventory, with the resources it concerns. */
  readonly gaps: readonly { readonly key: string; readonly resources: readonly string[] }[];
  /** Elastic addresses that belong to none of the servers. */
  readonly strayAddresses: readonly string[];
}

/**
 * Puts what several responses say into one inventory: elastic addresses go to their servers, a resource that two pages
 * repeat counts once.
 * @throws Fault `input.invalid` when two responses say different things of one resource.
 */
export function importResources(said: readonly Said[], account?: string, realName?: RealName): Imported {
  const drafts = new Map<string, Draft>();
  for (const draft of said.flatMap(({ resources }) => resources)) {
    const key = `${draft.provider}/${draft.product}/${draft.id}`;
    const known = drafts.get(key);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(draft)) {
      const expected = `expected responses that agree on ${key}; two differ`;
      const expectedZh = `两份返回对 ${key} 的说法不一致`;
      throw new Fault('input.invalid', { places: [{ path: key, expected, expectedZh }] });
    }
    drafts.set(key, draft);
  }
  const { resources, stray } = bind(
    [...drafts.values()],
    said.flatMap(({ addresses }) => addresses),
  );
  const owned = resources.map((draft) => (account === undefined ? draft : { ...draft, account }));
  const accounts = account === undefined ? [] : [{ id: account, ...(realName === undefined ? {} : { realName }) }];
  const inventory = { accounts, resources: owned };
  // What is written must be readable: addresses and days are judged by the inventory's own rules.
  parseInventory(inventory);
  return { inventory, gaps: gapsOf(owned, realName !== undefined), strayAddresses: stray };
}

function bind(drafts: readonly Draft[], addresses: readonly BoundAddress[]): { resources: Draft[]; stray: string[] } {
  const bound = new Map<Draft, BoundAddress[]>();
  const stray: string[] = [];
  for (const each of addresses) {
    const holder = drafts.find(
      ({ id, publicIps }) =>
        each.server !== null && (id === each.server || publicIps?.some((ip) => ip.address === each.address)),
    );
    if (holder === undefined) stray.push(each.address);
    else bound.set(holder, [...(bound.get(holder) ?? []), each]);
  }
  const resources = drafts.map((draft): Draft => {
    const own = bound.get(draft);
    if (own === undefined) return draft;
    const elastic = new Set(own.map(({ address }) => address));
    const rest = (draft.publicIps ?? []).filter(({ address }) => address === undefined || !elastic.has(address));
    const publicIps = [...rest, ...[...elastic].map((address) => ({ address, kind: 'elastic' as const }))];
    const width = widest([draft.bandwidthMbps, ...own.map(({ bandwidthMbps }) => bandwidthMbps)]);
    return { ...draft, publicIps, ...(width === undefined ? {} : { bandwidthMbps: width }) };
  });
  return { resources, stray };
}

const wanted = ['account', 'region', 'billing', 'boughtAt', 'expiresAt', 'publicIps', 'bandwidthMbps'] as const;

function gapsOf(resources: readonly (Draft & { account?: string })[], realNameKnown: boolean): Imported['gaps'] {
  const gaps = wanted.map((key) => ({
    key: key as string,
    resources: resources
      .filter(
        (it) =>
          it[key] === undefined && !(it.billing === 'pay_as_you_go' && (key === 'boughtAt' || key === 'expiresAt')),
      )
      .map(({ id }) => id),
  }));
  const all = resources.map(({ id }) => id);
  // No response tells these, and absent means zero, no trial, unknown.
  gaps.push({ key: 'used', resources: all }, { key: 'trial', resources: all });
  if (!realNameKnown) gaps.push({ key: 'accounts[].realName', resources: all });
  return gaps.filter((gap) => gap.resources.length > 0);
}
