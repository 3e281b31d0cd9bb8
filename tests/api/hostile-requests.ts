import { Agent, request as send } from 'node:http';
import { type Operation, type OperationId, roles } from '@openbeian/contract';
import { createUser } from '../../packages/server/src/auth/users.ts';
import { createLogger } from '../../packages/server/src/http/log.ts';
import { openDeployment } from '../../packages/server/src/main/deployment.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import { hostileTexts, hostileValues, pick, spoil, valueOf, write } from './hostile-values.ts';
import { type DocumentedRequest, documentedRequests, operationOf } from './largest-body.ts';
import { type Objects, objectsOf } from './matrix-objects.ts';
import { password } from './matrix-people.ts';
import { requestsOf } from './matrix-requests.ts';
import { tokens, unlimitedConfig } from './test-config.ts';

/** What goes over the wire. */
export interface WireRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

const config = unlimitedConfig({ signIns: 'unlimited' });

/** A server that listens, with one customer's things, and everybody who may call. */
export async function openHostileWorld() {
  const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
  const now = () => new Date(clock.nowMs).toISOString();
  const logger = createLogger('silent');
  const deployment = await openDeployment(config, { clock: { now }, inMemory: true, logger });
  const rule = worldOf(deployment, clock);
  const server = await listen({ ...deployment, flows: rule.flows }, null);
  const accountId = await rule.account();
  for (const role of roles) {
    const account = role === 'customer' ? accountId : null;
    await createUser(await deployment.library(), {
      login: role,
      displayName: role,
      role,
      accountId: account,
      password,
    });
  }
  const objects = await objectsOf(rule, accountId, { word: 'hostile', keepsKey: true });
  const { ask, end } = senderTo(server.url);
  const cookies = new Map<string, Promise<string>>();
  const ended = new Set<string>();
  return {
    objects,
    ask,
    /** What somebody brings who may call the operation. */
    async credentialsFor(operation: Operation | null): Promise<Record<string, string>> {
      const may = operation?.roles ?? 'public';
      if (may === 'public') return {};
      if (may === 'gate') return { authorization: `Bearer ${tokens.gate}` };
      if (may === 'portal') return { authorization: `Bearer ${tokens.portal}` };
      const role = may.includes('customer') ? 'customer' : (may[0] ?? 'operator');
      if (!cookies.has(role)) cookies.set(role, signIn(server.url, role));
      return { cookie: (await cookies.get(role)) ?? '' };
    },
    /** The session of this request has ended: the next one of that role begins another, which others wait for. */
    async forgetSession({ headers }: WireRequest) {
      for (const [role, known] of cookies) {
        // Asked afterwards: of several requests of that session that come here at once one begins the next.
        if ((await known) !== headers.cookie || ended.has(headers.cookie ?? '')) continue;
        ended.add(headers.cookie ?? '');
        cookies.set(role, signIn(server.url, role));
      }
    },
    async close() {
      end();
      await server.close();
      await deployment.close();
    },
  };
}

/** Sends what it is told, byte by byte as it is. */
function senderTo(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const { port } = new URL(url);
  const once = ({ method, path, headers, body }: WireRequest, by: Agent | false = agent): Promise<WireAnswer> =>
    new Promise((resolve, reject) => {
      const asked = send({ agent: by, host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(body ?? undefined);
    });
  // After headers that are too large the server closes the connection, which the next request may have been about to use: that one
  // is sent again on a connection of its own.
  const ask = (request: WireRequest) =>
    once(request).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') throw error;
      return once(request, false);
    });
  return { ask, end: () => agent.destroy() };
}

async function signIn(url: string, login: string): Promise<string> {
  const asking = () =>
    fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
  // The server may close a connection that was idle in the moment in which it is used again.
  const answer = await asking().catch(asking);
  if (!answer.ok) throw new Error(`${login} cannot sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export type HostileWorld = Awaited<ReturnType<typeof openHostileWorld>>;
type Random = () => number;

const all = documentedRequests();

/** A request for some operation with something hostile somewhere in it; the rest is as the operation takes it. */
export async function hostileRequest(random: Random, world: HostileWorld): Promise<WireRequest> {
  const documented = pick(random, all);
  const made = wellMade(documented, world.objects, random);
  const headers: Record<string, string> = {
    ...(documented.body !== null && { 'content-type': 'application/json' }),
    'idempotency-key': `key-${Math.floor(random() * 1e15)}`,
    ...(await world.credentialsFor(operationOf(documented.id))),
  };
  let body: string | Buffer | null = documented.body === null ? null : write(made.body);
  let { params, query } = made;
  const places = ['params', 'query', 'headers', ...(body === null ? [] : Array(6).fill('body'))];
  switch (pick(random, places)) {
    case 'params':
      params = spoilTexts(params, random);
      break;
    case 'query':
      query = spoilTexts(
        query,
        random,
        documented.parameters.filter((one) => one.in === 'query').map((one) => one.name),
      );
      break;
    case 'headers':
      Object.assign(headers, pick(random, hostileHeaders(headers)));
      break;
    default:
      body = spoiltBody(made.body, random);
  }
  const path = documented.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    (params[name] ?? 'none').replace('\u0001', ','),
  );
  const search = Object.entries(query).flatMap(([name, value]) => value.split('\u0001').map((one) => `${name}=${one}`));
  return {
    id: documented.id,
    method: documented.method,
    path: search.length === 0 ? path : `${path}?${search.join('&')}`,
    headers,
    body: documented.method === 'GET' && random() < 0.98 ? null : body,
  };
}

interface Made {
  /** As they stand in a URL. */
  params: Record<string, string>;
  query: Record<string, string>;
  readonly body: unknown;
}

function wellMade({ id, body, parameters }: DocumentedRequest, objects: Objects, random: Random): Made {
  const given = requestsOf(id as OperationId, objects);
  const named = { ...objects, ...given.params } as Readonly<Record<string, unknown>>;
  const texts = (entries: [string, unknown][]) =>
    Object.fromEntries(entries.map(([key, value]) => [key, encodeURIComponent(String(value))]));
  const params = parameters
    .filter((one) => one.in === 'path')
    .map(({ name }): [string, unknown] => [name, named[name]]);
  const byShape = body === null ? null : valueOf(body, random);
  const whole = random() < 0.7 ? { ...given.body } : { ...(byShape as object), ...given.body };
  return { params: texts(params), query: texts(Object.entries(given.query ?? {})), body: whole };
}

/** Lone surrogates and NUL as bytes, broken escapes, very long ones; and what everybody writes. */
const urlTexts = [
  ...hostileTexts.filter((text) => text.isWellFormed()).map(encodeURIComponent),
  '%ed%a0%80',
  '%ff%fe',
  '%',
  '%zz',
  '%c0%af',
  '%2e%2e%2f',
  '%00',
  'a%00b',
  '%F0%9F%98%80',
  'x'.repeat(3000),
  '[]',
  '{}',
];

function spoilTexts(texts: Readonly<Record<string, string>>, random: Random, names: readonly string[] = []) {
  const known = [...Object.keys(texts), ...names];
  const name =
    known.length === 0 || (names.length > 0 && random() < 0.1)
      ? pick(random, ['__proto__', 'constructor', 'x', 'at', ''])
      : pick(random, known);
  // The same name twice is a list.
  const value = random() < 0.15 ? `${pick(random, urlTexts)}\u0001${pick(random, urlTexts)}` : pick(random, urlTexts);
  return { ...texts, [name]: value };
}

function hostileHeaders({ cookie = '' }: Readonly<Record<string, string>>): Record<string, string>[] {
  return [
    ...['', 'x'.repeat(201), 'two words', 'caf\u00e9', '\u0080', '__proto__'].map((key) => ({
      'idempotency-key': key,
    })),
    ...[
      'text/plain',
      'application/xml',
      'application/json; charset=utf-16',
      'multipart/form-data',
      ';;;',
      '',
      'APPLICATION/JSON',
    ].map((type) => ({ 'content-type': type })),
    ...['zh;q=zzz,en', ',,,;;;', 'en,'.repeat(500), '\u00ff'].map((language) => ({ 'accept-language': language })),
    ...[`${cookie}; ${cookie}`, '=', '%', `${cookie}x`, 'openbeian.session_token=%00'].map((value) => ({
      cookie: value,
    })),
    ...['Bearer ', 'Bearer obk.x.y', 'Basic YTpi', 'Bearer obk.__proto__.\u00ff'].map((authorization) => ({
      authorization,
    })),
    ...['identity', 'gzip', 'x'].map((coding) => ({ 'content-encoding': coding })),
    ...['null', 'https://evil.example', '%'].map((origin) => ({ origin })),
    { 'x-forwarded-for': `${'1,'.repeat(300)}\u00ff` },
    { 'user-agent': '\u00ff'.repeat(3000) },
  ];
}

function spoiltBody(body: unknown, random: Random): string | Buffer {
  const text = write(spoil(body, random));
  const chance = random();
  if (chance < 0.85) return text;
  if (chance < 0.88) return Buffer.from(text, 'utf16le');
  if (chance < 0.91) return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0, 0x80])]);
  if (chance < 0.94) return text.slice(0, Math.floor(random() * text.length));
  if (chance < 0.97) return `\ufeff${text}`;
  return write(pick(random, hostileValues));
}
