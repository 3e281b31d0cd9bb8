import { randomUUID } from 'node:crypto';
import { operations } from '@openbeian/contract';
import { fictionalCompany } from '@openbeian/model/fictional';
import type { Actor } from '../../packages/server/src/flows/command/call.ts';
import { companyValues } from '../../packages/server/src/main/sample/past-forms.ts';
import { type RuleWorld, worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import type { Request } from './caller.ts';
import { type Kind, type KindName, kinds, type Needs, type Person } from './mix.ts';
import { accountOf, customers, serverFacts, serverOf, serversEach, type World } from './world.ts';

/** One question of somebody's. */
export interface Ask {
  readonly kind: KindName;
  readonly person: Person;
  /** Which of them. */
  readonly n: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

interface Filing {
  readonly customer: number;
  readonly serial: number;
  readonly filingId: string;
  readonly version: number;
}

/** Makes questions, with the filings that they are about. */
export interface Asks {
  /** So many filings that have come so far, of one customer after the other. */
  prepare(needs: Exclude<Needs, 'past'>, count: number): Promise<void>;
  make(kind: KindName, n: number, person?: Person): Ask;
}

const order = ['draft', 'filled', 'bound', 'submitted'] as const;
/** Companies and names of this measurement; those of the world around it are others. */
const firstSerial = 100_000;
const domainOf = (serial: number) => `bench-${serial}.cn`;
const valuesOf = (serial: number) =>
  companyValues(
    fictionalCompany(serial),
    `云帆${[...String(serial)].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('')}小站`,
    domainOf(serial),
  );
const startOf = (serial: number) => ({
  domainName: domainOf(serial),
  serviceKind: 'website',
  subjectKind: 'enterprise',
  provinceCode: '440000',
  certificateType: 'business_licence',
  certificateNumber: fictionalCompany(serial).creditCode,
});
const someServer = (customer: number) => serverOf(customer, Math.floor(Math.random() * serversEach));

/** What is there to be asked about. */
interface Stock {
  readonly ready: Record<(typeof order)[number], Filing[]>;
  /** Of each customer, filings that nobody moves on. */
  readonly past: Filing[][];
  /** On record. */
  readonly names: string[];
  serials: number;
  uploads: number;
}

export async function openAsks({ deployment }: World): Promise<Asks> {
  const world = worldOf(deployment, { nowMs: Date.now() }, 'http-');
  const stock: Stock = {
    ready: { draft: [], filled: [], bound: [], submitted: [] },
    past: Array.from({ length: customers }, () => []),
    names: [],
    serials: firstSerial,
    uploads: 0,
  };
  const advanced = (customer: number, to: (typeof order)[number]) =>
    advance(world, { customer, to, serial: (stock.serials += 1) });

  // Everybody has something to list: a filed site, filings under way, codes.
  await each(customers, async (customer) => {
    const { domainName } = await world.filed(accountOf(customer), { resourceId: someServer(customer) });
    stock.names.push(domainName);
  });
  await each(customers * 3, async (customer) => void stock.past[customer]?.push(await advanced(customer, 'filled')));
  await each(customers * 5, async (customer) => {
    const input = { resourceId: someServer(customer), count: 4, granteeAccountId: null, note: '官网' };
    await world.flows.issueCodes(world.call(accountOf(customer)), input);
  });
  return {
    prepare: (needs, count) =>
      each(count, async (customer) => void stock.ready[needs].push(await advanced(customer, needs))),
    make: (kind, n, person) => make(stock, kind, n, person),
  };
}

async function each(count: number, work: (customer: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++ % customers);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

interface Advance {
  readonly customer: number;
  readonly to: (typeof order)[number];
  readonly serial: number;
}

async function advance({ flows, call }: RuleWorld, { customer, to, serial }: Advance): Promise<Filing> {
  const own = () => call(accountOf(customer));
  // The texts are those of the contract's own lists.
  const { filing } = await flows.startFiling(own(), startOf(serial) as Parameters<typeof flows.startFiling>[1]);
  const filingId = filing.id;
  let { version } = filing;
  for (const step of order.slice(1, order.indexOf(to) + 1)) {
    if (step === 'filled') {
      const input = { filingId, version, values: valuesOf(serial) };
      ({ version } = (await flows.saveFilingForm(own(), input)).filing);
    } else if (step === 'bound') {
      const input = { filingId, version, with: { resourceId: someServer(customer) } };
      ({ version } = await flows.bindFiling(own(), input));
    } else ({ version } = await flows.submitFiling(own(), { filingId, version }));
  }
  return { customer, serial, filingId, version };
}

function make(stock: Stock, kind: KindName, n: number, person: Person = kinds[kind].person): Ask {
  const { query = {}, needs, operation }: Kind = kinds[kind];
  const whole = { kind, person, n, params: {}, query, body: null };
  if (kind === 'query') return { ...whole, query: { search: stock.names[n % stock.names.length] ?? '' } };
  if (kind === 'issue') return { ...whole, params: { resourceId: someServer(n) }, body: { count: 1 } };
  if (kind === 'start') return { ...whole, body: startOf((stock.serials += 1)) };
  if (kind === 'upload') {
    const upload = (stock.uploads += 1);
    const resources = Array.from({ length: 20 }, (_, i) => serverFacts((upload * 20 + i) % customers, `up_${upload}`));
    return { ...whole, body: { accounts: [], resources } };
  }
  if (needs === undefined) return whole;
  if (needs === 'past') {
    const filing = stock.past[n % customers]?.[Math.floor(Math.random() * 3)];
    const body = operation === 'checkFiling' ? {} : null;
    return { ...whole, params: { filingId: filing?.filingId ?? '' }, body };
  }
  const filing = stock.ready[needs].shift();
  if (filing === undefined) throw new Error(`no filing is left for ${kind}`);
  const { filingId, version, customer, serial } = filing;
  const body = {
    version,
    ...(kind === 'save' && { values: valuesOf(serial) }),
    ...(kind === 'bind' && { with: { resourceId: someServer(customer) } }),
  };
  return { ...whole, n: person === 'customer' ? customer : n, params: { filingId }, body };
}

/** As it goes over the wire. */
export function requestOf(ask: Ask, { cookieOf }: Pick<World, 'cookieOf'>): Request {
  const { operation } = kinds[ask.kind];
  const search = new URLSearchParams(ask.query).toString();
  if (operation === 'query') return { method: 'GET', path: `/query/web?${search}`, headers: {}, body: null };
  const { method, path, command } = operations[operation];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => ask.params[name] ?? '');
  return {
    method,
    path: search === '' ? filled : `${filled}?${search}`,
    headers: { cookie: cookieOf(ask.person, ask.n), ...(command && { 'idempotency-key': randomUUID() }) },
    body: ask.body === null ? null : JSON.stringify(ask.body),
  };
}

/** As its flow takes it. */
export function callOf(ask: Ask): { readonly actor: Actor; readonly idempotencyKey: string; readonly input: object } {
  const idempotencyKey = `read-off-${randomUUID()}`;
  const { operation } = kinds[ask.kind];
  const role = ask.person;
  const accountId = role === 'customer' ? accountOf(ask.n) : null;
  const source = { address: '127.0.0.1', network: '127.0.0.1', sessionId: null };
  const actor: Actor = { userId: role === 'visitor' ? 'visitor' : `usr_${role}_${ask.n}`, role, accountId, source };
  if (operation === 'query') {
    return { actor, idempotencyKey, input: { ...ask.query, serviceKind: 'website', pageNum: 1, pageSize: 10 } };
  }
  const { query, body } = operations[operation];
  const parsed =
    operation === 'putInventory' ? { body: ask.body } : ask.body === null ? {} : (body.parse(ask.body) as object);
  return { actor, idempotencyKey, input: { ...ask.params, ...(query.parse(ask.query) as object), ...parsed } };
}
