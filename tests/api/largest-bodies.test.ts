import { Agent, type RequestOptions, request as send } from 'node:http';
import { Worker } from 'node:worker_threads';
import { type Operation, ordinaryBodyKiB, roles } from '@openbeian/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Listening } from './largest-bodies-server.ts';
import { type DocumentedRequest, documentedRequests, largest, operationOf } from './largest-body.ts';
import { password } from './matrix-people.ts';

/*
 * No single visitor stops the server: the largest bodies that each operation of the OpenAPI document takes, eight at once,
 * while somebody asks for /healthz all the time. The server has its usual limits and a thread of its own.
 */
const atOnce = 8;
const limitMs = 250;
const mostAnswered = (bytes: number) => 4 * bytes + 64 * 1024;

const server = new Worker(new URL('./largest-bodies-server.ts', import.meta.url));
const heard = () => new Promise<Listening>((done, fail) => server.once('message', done).once('error', fail));
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const cookies = new Map<string, string>();
let listening: Listening;

beforeAll(async () => {
  listening = await heard();
  for (const login of roles) {
    const body = Buffer.from(JSON.stringify({ login, password }));
    const { cookie } = await ask('POST', '/api/v1/session', { 'content-type': 'application/json' }, body);
    cookies.set(login, cookie);
  }
}, 60_000);
afterAll(async () => {
  agent.destroy();
  server.postMessage('close', []);
  await heard();
  await server.terminate();
});

interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly cookie: string;
}

/** As browsers do: a kept connection that the server closed, idle for too long, just as it was used again is no answer: a new one is. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer | null,
): Promise<Answer> {
  const answer = await askOnce({ agent, method, path, headers }, body);
  if (answer !== 'idle for too long') return answer;
  const again = await askOnce({ agent: false, method, path, headers }, body);
  if (again === 'idle for too long') throw new Error('a new connection is never idle');
  return again;
}

function askOnce(how: RequestOptions, body: Buffer | null): Promise<Answer | 'idle for too long'> {
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(listening.url);
    const asked = send({ ...how, host, port }, (response) => {
      const cookie = (response.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes, cookie }));
      response.on('error', reject);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (asked.reusedSocket && error.code === 'ECONNRESET') resolve('idle for too long');
      else reject(error);
    });
    asked.end(body ?? undefined);
  });
}

function credentialsFor(operation: Operation | null): Record<string, string> {
  const may = operation?.roles ?? 'public';
  if (may === 'public') return {};
  if (may === 'gate' || may === 'portal') return { authorization: `Bearer ${listening.tokens[may]}` };
  return { cookie: cookies.get(may[0] ?? '') ?? '' };
}

/** Asks for /healthz every few ms while `work` is done; the 99th of a hundred answers took so many ms. */
async function healthDuring(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  let isWorking = true;
  const watched = (async () => {
    while (isWorking) {
      const begun = performance.now();
      expect((await ask('GET', '/healthz', {}, null)).status).toBe(200);
      times.push(performance.now() - begun);
      await new Promise((done) => setTimeout(done, 4));
    }
  })();
  const worked = work().finally(() => {
    isWorking = false;
  });
  await Promise.all([worked, watched]);
  expect(times.length).toBeGreaterThan(50);
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY;
}

/** To the last byte: the text, then blanks. */
const padded = (text: string, bytes: number) => Buffer.from(text + ' '.repeat(bytes - Buffer.byteLength(text)));
/** As many of `one` as there is room for. */
function filled(bytes: number, one: (index: number) => string, around: (list: string) => string): Buffer {
  const list: string[] = [];
  let length = Buffer.byteLength(around(''));
  for (let next = one(0); length + next.length + 1 <= bytes; next = one(list.length)) {
    list.push(next);
    length += next.length + 1;
  }
  return padded(around(list.join()), bytes);
}

/** What costs most of what fits into so many bytes: the largest by its shape, unknown keys, empty objects, a long text. */
function bodiesOf({ body }: DocumentedRequest, bytes: number): Buffer[] {
  const byShape = JSON.stringify(body === null ? {} : largest(body));
  const object = (list: string) => `{${list}}`;
  const ordinary = [padded(byShape, bytes), filled(bytes, (index) => `"k${index.toString(36)}":0`, object)];
  if (bytes <= ordinaryBodyKiB * 1024) return ordinary;
  const texts = filled(bytes, (index) => `"k${index}":"\\u0000"`, object);
  const empty = filled(
    bytes,
    () => '{}',
    (list) => `{"resources":[${list}]}`,
  );
  return [...ordinary, texts, empty, padded(`{"a":"${'备'.repeat(Math.floor((bytes - 20) / 3))}"}`, bytes)];
}

/** Eight of each body at once; what was wrong with the answers. */
async function askTogether({ id, method, path }: DocumentedRequest, bodies: readonly Buffer[]): Promise<string[]> {
  const operation = operationOf(id);
  const filledPath = path.replace(/\{\w+\}/g, 'none');
  const wrong: string[] = [];
  for (const body of bodies) {
    const answers = Array.from({ length: atOnce }, () => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      return ask(method, filledPath, { ...headers, ...credentialsFor(operation) }, body);
    });
    for (const { status, bytes } of await Promise.all(answers)) {
      if (bytes > mostAnswered(body.length)) wrong.push(`${id}: ${bytes} bytes for ${body.length}`);
      if (status === 413 || (status >= 500 && status !== 503)) wrong.push(`${id}: ${status}`);
    }
  }
  return wrong;
}

const withBody = documentedRequests().filter(({ body }) => body !== null);
const bytesOf = ({ id }: DocumentedRequest) => {
  const bodyKiB = operationOf(id)?.bodyKiB ?? ordinaryBodyKiB;
  return bodyKiB === 'inventory' ? listening.inventoryBytes : bodyKiB * 1024;
};

test('the largest bodies of every operation, eight at once, never hold up /healthz; answers stay short', async () => {
  const wrong: string[] = [];
  const p99 = await healthDuring(async () => {
    for (const documented of withBody) {
      const bodies = bodiesOf(documented, bytesOf(documented));
      // Of inventories one: each is read for about a second, in a thread.
      const some = operationOf(documented.id)?.bodyKiB === 'inventory' ? bodies.slice(2, 3) : bodies;
      wrong.push(...(await askTogether(documented, some)));
    }
  });
  expect(wrong).toEqual([]);
  expect(p99).toBeLessThan(limitMs);
}, 120_000);

test('the largest inventories that are right, eight at once, never hold up /healthz', async () => {
  const publicIps = Array.from({ length: 60 }, (_, index) => ({ address: `203.0.113.${index}`, kind: 'instance' }));
  const facts = { account: 'acct-a', provider: 'xingyun', product: 'server', region: 'cn-north-1', publicIps };
  const resource = (index: number) => JSON.stringify({ id: `ins-${index}`, ...facts });
  const body = filled(listening.inventoryBytes, resource, (list) => `{"accounts":[],"resources":[${list}]}`);
  const statuses: number[] = [];
  const p99 = await healthDuring(async () => {
    const answers = Array.from({ length: atOnce }, () => {
      const headers = { 'content-type': 'application/json', cookie: cookies.get('operator') ?? '' };
      return ask('PUT', '/api/v1/inventory', { ...headers, 'idempotency-key': crypto.randomUUID() }, body);
    });
    statuses.push(...(await Promise.all(answers)).map(({ status }) => status));
  });
  expect(statuses).toEqual(Array(atOnce).fill(200));
  expect(p99).toBeLessThan(limitMs);
}, 120_000);
