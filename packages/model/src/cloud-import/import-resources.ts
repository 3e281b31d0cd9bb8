import type { Billing, Inventory, RealName } from '@openbeian/model/eligibility';
import { isPublicAddress, parseInventory } from '@openbeian/model/eligibility';
import { Fault, isFault, parseSafely, placesOf } from '@openbeian/model/fault';
import { alibabaShapes, widest } from './alibaba.ts';
import { errorBodyOf } from './error-body.ts';
import { huaweiShapes } from './huawei.ts';
import { interfacesIn, isolatedIn, listPartOf, type MissingRows, missingRows } from './rows.ts';
import { type BoundAddress, type Draft, given, type Part, type Said, type Shape, type Term } from './shapes.ts';
import { tencentShapes } from './tencent.ts';
import { volcengineShapes } from './volcengine.ts';

const shapes = {
  tencent: tencentShapes,
  alibaba: alibabaShapes,
  huawei: huaweiShapes,
  volcengine: volcengineShapes,
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

export type Cloud = keyof typeof shapes;
/** Object.keys forgets which keys there are. */
export const clouds = Object.keys(shapes) as readonly Cloud[];

/** The clouds that answer in the form of this document; none: it is no response that is known. */
export const cloudsAnswering = (document: unknown): readonly Cloud[] =>
  clouds.filter((cloud) => shapes[cloud].some((each) => each.fits(document)));

/**
 * Reads one response of a cloud's own list or describe operation, as its API, SDK or command line gives it.
 * @throws Fault `input.invalid` with every wrong place, the error that the cloud answered instead of a list, or the
 * operations whose responses are known.
 */
export function readCloudResponse(cloud: Cloud, document: unknown): Said {
  const refused = errorBodyOf(document);
  if (refused !== null) {
    const { path, code, message } = refused;
    const expected = `expected a list; the cloud answered the error ${code}: ${message}`;
    const expectedZh = `应为列表，而这是云厂商返回的错误 ${code}：${message}`;
    throw new Fault('input.invalid', { places: [{ path, expected, expectedZh }] });
  }
  const shape = shapes[cloud].find((each) => each.fits(document));
  if (shape === undefined) {
    const known = [...new Set(shapes[cloud].map(({ operation }) => operation))].join('; ');
    const place = { path: '(root)', expected: `expected a response of ${known}`, expectedZh: `应为 ${known} 的返回` };
    throw new Fault('input.invalid', { places: [place] });
  }
  const parsed = parseSafely(shape.schema, document);
  if (!parsed.success) throw new Fault('input.invalid', { places: placesOf(parsed.error) });
  const part = listPartOf(shape.operation, document);
  return {
    ...parsed.data,
    ...(part === null ? {} : { part }),
    isolated: isolatedIn(document),
    interfaces: interfacesIn(document),
  };
}

export interface Imported {
  /** The inventory's shape (contract §1), without what the responses do not say. */
  readonly inventory: {
    readonly accounts: Inventory['accounts'];
    readonly resources: readonly (Draft & { readonly account?: string })[];
  };
  /** What the responses do not say, by key of the inventory, with the resources it concerns. */
  readonly gaps: readonly { readonly key: string; readonly resources: readonly string[] }[];
  /** Lists of which not all has come. */
  readonly missing: readonly MissingRows[];
  /** Resources that the cloud has isolated, counted as not running, in its own words. */
  readonly isolated: readonly { readonly id: string; readonly word: string }[];
  /** Elastic addresses that belong to none of the servers. */
  readonly strayAddresses: readonly string[];
}

/**
 * Puts what several responses say into one inventory: elastic addresses and prepaid terms go to their servers, a server
 * that is part of another resource is that resource, and what two pages repeat counts once.
 * @throws Fault `input.invalid` when two responses say different things of one resource, or one says what cannot be.
 */
export function importResources(said: readonly Said[], account?: string, realName?: RealName): Imported {
  const drafts = new Map<string, Draft>();
  const isolated = new Map(said.flatMap((each) => [...(each.isolated ?? [])]));
  for (const told of said.flatMap(({ resources }) => resources)) {
    const draft = withoutPrivateAddresses(isolated.has(told.id) ? stopped(told) : told);
    const key = nameOf(draft);
    const known = drafts.get(key);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(draft)) {
      const expected = `expected responses that agree on ${key}; two differ`;
      const expectedZh = `两份返回对 ${key} 的说法不一致`;
      throw new Fault('input.invalid', { places: [{ path: key, expected, expectedZh }] });
    }
    drafts.set(key, draft);
  }
  const whole = fold(
    [...drafts.values()],
    said.flatMap(({ parts }) => parts ?? []),
  );
  const termed = term(
    whole,
    said.flatMap(({ terms }) => terms ?? []),
  );
  const interfaces = new Map(said.flatMap((each) => [...(each.interfaces ?? [])]));
  const { resources, stray } = bind(
    termed,
    said
      .flatMap(({ addresses }) => addresses ?? [])
      .map((each) => ({ ...each, server: interfaces.get(each.server ?? '') ?? each.server })),
  );
  const owned = resources.map((draft) => (account === undefined ? draft : { ...draft, account }));
  const accounts = account === undefined ? [] : [{ id: account, ...(realName === undefined ? {} : { realName }) }];
  const inventory = { accounts, resources: owned };
  refuseUnreadable(inventory);
  return {
    inventory,
    gaps: gapsOf(owned, realName !== undefined),
    missing: missingRows(said.flatMap(({ part }) => part ?? [])),
    isolated: owned.flatMap(({ id }) => (isolated.has(id) ? [{ id, word: isolated.get(id) ?? '' }] : [])),
    strayAddresses: stray,
  };
}

const stopped = (draft: Draft): Draft => ({ ...draft, state: draft.state === 'released' ? 'released' : 'stopped' });

/** Some lists show private addresses among the public ones: the internet does not reach them. */
function withoutPrivateAddresses(draft: Draft): Draft {
  if (draft.publicIps === undefined) return draft;
  return {
    ...draft,
    publicIps: draft.publicIps.filter(({ address }) => address === undefined || isPublicAddress(address)),
  };
}

function nameOf({ provider, product, id }: Draft): string {
  return `${provider}/${product}/${id}`;
}

/** What is written must be readable: days are evaluated by the inventory's own rules. Places name the resource, not its row. */
function refuseUnreadable(inventory: Imported['inventory']): void {
  try {
    parseInventory(inventory);
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    const places = error.extras.places?.map((place) => ({
      ...place,
      path: place.path.replace(/^resources\[(\d+)\]/, (row, index) => {
        const draft = inventory.resources[Number(index)];
        return draft === undefined ? row : nameOf(draft);
      }),
    }));
    throw new Fault('input.invalid', places === undefined ? {} : { places });
  }
}

/** The server inside another resource is not one of its own; what only its list tells goes to the resource. */
function fold(drafts: readonly Draft[], parts: readonly Part[]): readonly Draft[] {
  if (parts.length === 0) return drafts;
  const wholes = new Map(parts.map(({ server, of }) => [server, of]));
  const inside = new Map<string, Draft>();
  const rest = drafts.filter((draft) => {
    const whole = wholes.get(draft.id);
    if (whole === undefined || whole === draft.id) return true;
    inside.set(whole, draft);
    return false;
  });
  return rest.map((draft) => {
    const server = inside.get(draft.id);
    if (server === undefined) return draft;
    const { region, billing, boughtAt, state, publicIps, bandwidthMbps } = server;
    return {
      ...given('region', region),
      ...given('billing', billing),
      ...given('boughtAt', boughtAt),
      ...given('state', state),
      ...given('publicIps', publicIps),
      ...given('bandwidthMbps', bandwidthMbps),
      ...draft,
    };
  });
}

/** A term that a list of terms tells is better than the day of creation; of several of one resource the latest counts. */
function term(drafts: readonly Draft[], terms: readonly Term[]): readonly Draft[] {
  const known = new Map<string, Term>();
  for (const each of terms) {
    const other = known.get(each.resource);
    if (other === undefined || (each.expiresAt ?? '') > (other.expiresAt ?? '')) known.set(each.resource, each);
  }
  return drafts.map((draft) => {
    const found = known.get(draft.id);
    if (found === undefined || draft.billing === 'pay_as_you_go') return draft;
    const { resource: _, ...days } = found;
    return { billing: 'prepaid', ...draft, ...days };
  });
}

function bind(drafts: readonly Draft[], addresses: readonly BoundAddress[]): { resources: Draft[]; stray: string[] } {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  const byAddress = new Map<string, Draft>();
  for (const draft of drafts) {
    for (const { address } of draft.publicIps ?? []) if (address !== undefined) byAddress.set(address, draft);
  }
  const bound = new Map<Draft, BoundAddress[]>();
  const stray: string[] = [];
  for (const each of addresses) {
    const holder = each.server === null ? undefined : (byId.get(each.server) ?? byAddress.get(each.address));
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
  return { resources, stray: [...new Set(stray)].sort() };
}

const wanted = ['account', 'region', 'billing', 'boughtAt', 'expiresAt', 'publicIps', 'bandwidthMbps'] as const;

/** Some keys mean nothing to some kinds of billing: pay-as-you-go has no term, a package no address. */
const meaningless: Readonly<Partial<Record<Billing, readonly string[]>>> = {
  pay_as_you_go: ['boughtAt', 'expiresAt'],
  package: ['publicIps', 'bandwidthMbps'],
};

function gapsOf(resources: readonly (Draft & { account?: string })[], realNameKnown: boolean): Imported['gaps'] {
  const gaps = wanted.map((key) => ({
    key: key as string,
    resources: resources
      .filter((it) => it[key] === undefined && !(it.billing && meaningless[it.billing]?.includes(key)))
      .map(({ id }) => id),
  }));
  const all = resources.map(({ id }) => id);
  // No response tells these, and absent means zero, no trial, unknown.
  gaps.push({ key: 'used', resources: all }, { key: 'trial', resources: all });
  if (!realNameKnown) gaps.push({ key: 'accounts[].realName', resources: all });
  return gaps.filter((gap) => gap.resources.length > 0);
}
