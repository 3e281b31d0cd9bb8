import type { ApiScope, OperationId, Role } from '@openbeian/contract';
import { type Client, createClient } from '@openbeian/contract/client';
import type { FaultCode } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { AttemptLimiter } from '../../auth/attempt-limiter.ts';
import type { Actor } from '../../flows/command/call.ts';
import { withWords } from '../../flows/command/said.ts';
import type { FlowDeps } from '../../flows/index.ts';
import { createLogger } from '../../http/log.ts';
import type { Sessions } from '../../http/needs.ts';
import { createHttpServer } from '../../http/server.ts';
import type { AuthorityDesk, StoreTransaction } from '../../ports/index.ts';
import { leaseAllowance } from '../../store/index.ts';
import { parseConfig } from '../config.ts';
import { type Deployment, openDeployment } from '../deployment.ts';
import { publicLook } from '../look.ts';
import { type RuleWorld, worldOf } from './rule-world.ts';
import { withParts } from './with-parts.ts';

/** Somebody who calls operations over HTTP. */
export interface Caller {
  readonly actor: Actor;
  readonly client: Client;
}
/** A customer with an account of its own. */
export interface Customer extends Caller {
  readonly accountId: string;
}

/** What one test of an operation may turn, method by method; `reset` puts all of it back. */
type Replaceable = {
  readonly [Part in
    | 'store'
    | 'authority'
    | 'outbound'
    | 'notifier'
    | 'inventories'
    | 'inventorySyncs'
    | 'people'
    | 'nameDirectory'
    | 'registrar'
    | 'materials'
    | 'verifier'
    | 'verification'
    | 'pictures'
    | 'blobs'
    | 'scanner'
    | 'letters'
    | 'lookUps'
    | 'review']?: Partial<FlowDeps[Part]>;
};

/**
 * The server with its routes, flows and embedded database, and everybody who may call it, for tests of operations. One for
 * each process: its tests share the database, so each makes accounts of its own.
 */
export interface OperationWorld extends RuleWorld {
  readonly deployment: Deployment;
  readonly people: Readonly<Record<Exclude<Role, 'customer'> | 'visitor' | 'gate' | 'portal', Caller>>;
  customer(realName?: string): Promise<Customer>;
  /** Whoever this says to be. */
  as(actor: Actor): Caller;
  /** A server of the sample provider that may be filed and issued on. */
  eligible(owner: Customer, more?: object): Promise<string>;
  /** As `eligible`, but expired. */
  expired(owner: Customer): Promise<string>;
  /** Of a fictional company that nobody has filed as. */
  companySerial(): number;
  companyNumber(): string;
  /** A request that no client sends, as the server answers it. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** A program with an API key of the customer's. */
  program(owner: Customer, scopes: readonly ApiScope[]): Promise<Caller>;
  /** Until the test ends there are lines to authorities, with this desk. */
  useDesk(desk: AuthorityDesk): void;
  /** The faults that clients of this world were given, by operation. */
  readonly provoked: Map<OperationId, Set<FaultCode>>;
  /** Until the test ends the flows use these instead. */
  replace(parts: Replaceable): void;
  /** Until the test ends this method of the store's rows does that, whatever the database holds. */
  answer<Rows extends keyof StoreTransaction, Method extends keyof StoreTransaction[Rows]>(
    rows: Rows,
    method: Method,
    does: StoreTransaction[Rows][Method],
  ): void;
  /** What every table holds, as far as it takes to see that something was written. */
  books(): Promise<Readonly<Record<string, string>>>;
  /** All audit rows, the oldest first. */
  audit(): Promise<readonly AuditSeen[]>;
  /** Types of a filing's events, the oldest first. */
  events(filingId: string): Promise<readonly string[]>;
  reset(): void;
}

interface AuditSeen {
  readonly id: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly action: string;
  readonly objectId: string;
  readonly detail: unknown;
}

const startMs = Date.parse('2026-11-21T01:30:00.000Z');
const gateToken = 'a-token-of-a-gate';
const portalToken = 'a-token-of-the-portal';
/** Counters of attempts and the hour of a key's last use: written by whoever is refused, too. */
const notBooks = ['auth_rate_limit', 'api_key', 'allowance'];

let opened: Promise<OperationWorld> | undefined;

/** The world of this process; it lives as long as the process does. What the file before replaced is as it was. */
export async function openOperations(): Promise<OperationWorld> {
  opened ??= open();
  const world = await opened;
  world.reset();
  return world;
}

async function open(): Promise<OperationWorld> {
  const many = { limit: 1_000_000 };
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '测试', en: 'Test' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused-in-tests-of-operations' },
    gate: { tokens: [gateToken] },
    signIn: { portalTokens: [portalToken] },
    // Guesses are few, so that a test soon has too many of them; whoever else is slowed down has tests of its own.
    http: {
      limits: {
        verifyCodePerAccount: { limit: 3 },
        costPerAccount: many,
        costPerAddress: many,
        lookupsPerAccount: many,
      },
    },
    webhooks: { perAccount: 3 },
  });
  const clock = { nowMs: startMs };
  const now = () => new Date(clock.nowMs).toISOString();
  const deployment = await openDeployment(config, { clock: { now }, inMemory: true, logger: createLogger('silent') });
  const rule = worldOf(deployment, clock);
  const provoked: OperationWorld['provoked'] = new Map();
  const { clientFor, inject } = clientsOf(deployment, rule, provoked);
  const actors = (['reviewer', 'operator', 'auditor'] as const).map((role) => {
    const actor: Actor = { userId: `usr_${role}`, role, accountId: null };
    return [role, { actor, client: clientFor({ actor }) }] as const;
  });
  const visitor: Actor = { userId: 'visitor', role: 'visitor', accountId: null };
  const original = { ...rule.deps };
  const { kysely } = deployment.open;
  const tables = await tablesOf(deployment);
  let companies = 500_000;
  const companySerial = () => (companies += 1);
  const replace = (parts: Replaceable) => {
    // The flows read this very object.
    for (const [part, methods] of Object.entries(parts)) {
      Object.assign(rule.deps, { [part]: over(original[part as keyof Replaceable], methods) });
    }
  };
  return {
    ...rule,
    deployment,
    provoked,
    inject,
    // Built of the three roles in the line above.
    people: {
      ...(Object.fromEntries(actors) as Record<'reviewer' | 'operator' | 'auditor', Caller>),
      visitor: { actor: visitor, client: clientFor({}) },
      gate: { actor: visitor, client: clientFor({ bearer: gateToken }) },
      portal: { actor: { ...visitor, userId: 'portal' }, client: clientFor({ bearer: portalToken }) },
    },
    as: (actor) => ({ actor, client: clientFor({ actor }) }),
    async customer(realName) {
      const accountId = await rule.account(realName);
      const { actor } = rule.call(accountId);
      return { accountId, actor, client: clientFor({ actor }) };
    },
    companySerial,
    companyNumber: () => fictionalCompany(companySerial()).creditCode,
    eligible: (owner, more) => rule.server(owner.accountId, 'xingyun', 'server', more),
    expired: (owner) => rule.server(owner.accountId, 'xingyun', 'server', { expiresAt: '2026-11-01' }),
    async program(owner, scopes) {
      const { apiKey, secret } = await rule.flows.createApiKey(rule.call(owner.accountId), {
        name: 'test',
        scopes,
        lifetimeDays: null,
      });
      const bearer = secret ?? '';
      const actor: Actor = { userId: apiKey.id, role: 'customer', accountId: owner.accountId };
      return { actor, client: clientFor({ bearer }) };
    },
    replace,
    useDesk(desk) {
      // As the true one: what goes with an act is written where it is settled.
      const settle: typeof desk.settle = async (caseId, act, by, alongside) => {
        const outcome = await desk.settle(caseId, act, by);
        if (outcome === 'settled' && alongside !== undefined) await rule.deps.store.transaction(alongside);
        return outcome;
      };
      Object.assign(rule.deps, { authorityDesk: { ...desk, settle } });
    },
    answer(rows, method, does) {
      const { store } = original;
      const instead = (tx: StoreTransaction) => withParts(tx, { [rows]: { ...tx[rows], [method]: does } });
      const transaction: typeof store.transaction = (work) => store.transaction((tx) => work(instead(tx)));
      const read: typeof store.read = (work, options) => store.read((tx) => work(instead(tx)), options);
      replace({ store: { transaction, read } });
    },
    async books() {
      const counts = tables.map(
        (name) => `SELECT '${name}' AS name, count(*) || ' rows, last written by ' ||
          coalesce(max(xmin::text::bigint), 0) AS state FROM "${name}"`,
      );
      const text = counts.join(' UNION ALL ');
      const { rows } = await sql.raw<{ name: string; state: string }>(text).execute(kysely);
      return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
    },
    async audit() {
      const { rows } = await sql<AuditSeen>`
        SELECT id, actor_id AS "actorId", actor_role AS "actorRole", action, object_id AS "objectId", detail
        FROM audit ORDER BY at, id`.execute(kysely);
      // As those who may read it read it.
      return withWords(rule.deps, rows);
    },
    async events(filingId) {
      const events = await original.store.transaction((tx) => tx.filings.listEvents(filingId));
      return events.map(({ type }) => type);
    },
    reset() {
      const { store, authority, outbound, notifier, inventories, people, nameDirectory, registrar } = original;
      const { inventorySyncs } = original;
      const { letters, materials, pictures, blobs, scanner, review, lookUps, verifier, verification } = original;
      Object.assign(rule.deps, { store, authority, outbound, notifier, inventories, people, nameDirectory, registrar });
      Object.assign(rule.deps, { inventorySyncs, letters, materials, pictures, blobs, scanner, review, lookUps });
      Object.assign(rule.deps, { verifier, verification, authorityDesk: original.authorityDesk });
      rule.useRules(null);
      rule.filedElsewhere(null);
      clock.nowMs = startMs;
    },
  };
}

/** The same object, but for some of its methods. */
function over<Part extends object>(part: Part, methods: Partial<Part>): Part {
  return new Proxy(part, {
    get(target, name) {
      if (name in methods) return Reflect.get(methods, name);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function tablesOf({ open: { kysely } }: Deployment): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(kysely);
  return rows.map(({ name }) => name).filter((name) => !notBooks.includes(name));
}

interface Credentials {
  readonly actor?: Actor;
  readonly bearer?: string;
}

/** Makes clients of the server, which answers without a socket and takes a cookie's word for who is asking. */
function clientsOf(deployment: Deployment, { flows, deps }: RuleWorld, provoked: OperationWorld['provoked']) {
  const { config, open: database } = deployment;
  const app = createHttpServer({
    // Written seconds later, which would be in the books of another test; tested in flows/audit.
    flows: { ...flows, recordRefusals: async () => {}, reportGates: async () => {} },
    sessions: sessionsByWord,
    positions: null,
    limiter: new AttemptLimiter(database.kysely, (key) => deps.vault.hash(key, 'request'), Date.now),
    leases: { lease: (request) => leaseAllowance(database.kysely, request) },
    transactionsEnded: () => null,
    findObstacle: async () => null,
    counts: async () => ({ jobs: [], filings: [], failures: { total: 0, parked: 0 } }),
    now: () => deps.clock.now(),
    deployment: {
      name: config.name,
      provider: config.provider,
      sample: false,
      sampleLogins: [],
      sampleApiKey: null,
      authorityPages: null,
      singleSignOn: null,
      customerSignOn: null,
      passwordReset: false,
      authorityByHand: false,
      publicQueryUrl: '/query/web',
      remedyLinks: {},
      policeFiling: null,
      look: publicLook(config.look, null),
    },
    gateTokens: config.gate.tokens,
    portalTokens: config.signIn.portalTokens,
    signGateAnswer: null,
    look: null,
    consoleFolder: null,
    logger: deployment.logger,
    settings: { ...config.http, metricsOpen: true },
  });
  const fetch = async (url: string | URL | Request, { method, headers, body }: RequestInit = {}): Promise<Response> => {
    // createClient gives a text, Headers, and a body of text or bytes.
    const request = {
      method,
      url: url instanceof Request ? url.url : String(url),
      headers: Object.fromEntries(headers as Headers),
      payload: body instanceof Uint8Array ? Buffer.from(body) : body,
    } as InjectOptions;
    const { statusCode, headers: given, rawPayload } = await app.inject(request);
    return new Response(new Uint8Array(rawPayload), { status: statusCode, headers: given as Record<string, string> });
  };
  const clientFor = ({ actor, bearer }: Credentials): Client => {
    const cookie = actor === undefined ? '' : `who=${encodeURIComponent(JSON.stringify(actor))}`;
    const client = createClient({
      baseUrl: 'http://localhost',
      fetch,
      cookies: { header: () => cookie, take: () => {} },
      ...(bearer !== undefined && { bearer }),
    });
    return recording(client, provoked);
  };
  return { clientFor, inject: (request: InjectOptions) => app.inject(request) };
}

const supported = ({ support, accountId }: Actor) => ({
  support: support === true && accountId !== null ? { accessId: 'sup_of_the_test', accountId, until: 'later' } : null,
});

const sessionsByWord: Sessions = {
  cookiesOf: async () => [],
  async find(headers) {
    const word = /who=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1];
    if (word === undefined) return null;
    // Written by clientsOf, for people only.
    const actor = JSON.parse(decodeURIComponent(word)) as Actor & { readonly role: Role };
    const session = {
      right: actor.role === 'customer' && actor.support !== true ? ('owner' as const) : null,
      ...actor,
      login: actor.userId,
      displayName: actor.userId,
      secondFactorDue: false,
      ...supported(actor),
    };
    return { session, sessionId: actor.source?.sessionId ?? '', setCookies: [] };
  },
  knownBy: () => null,
  signOut: async () => ({ setCookies: [] }),
};

/** The same client, which notes the faults that it is given. */
function recording(client: Client, provoked: OperationWorld['provoked']): Client {
  type Method = (...call: unknown[]) => Promise<unknown>;
  // Every operation's method is one of these.
  const methods = Object.entries(client) as [OperationId, Method][];
  const noting = methods.map(([id, method]) => [
    id,
    (...call: unknown[]) =>
      method(...call).catch((error: { readonly code?: FaultCode }) => {
        const codes = provoked.get(id) ?? new Set();
        if (error.code !== undefined) provoked.set(id, codes.add(error.code));
        throw error;
      }),
  ]);
  // The same ids as the client's.
  return Object.fromEntries(noting) as Client;
}
