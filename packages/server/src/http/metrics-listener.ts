import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FaultCode } from '@openbeian/model/fault';
import { bearsToken } from './bearer-token.ts';
import type { Metrics } from './metrics.ts';

interface MetricsAddress {
  readonly host: string;
  readonly port: number;
  /** Token that a reader of the metrics must send; null: anyone who reaches this address may read. */
  readonly token: string | null;
}

/** Why a process cannot do its work now: a fault's code or, of one that works, the kinds of work that do not end. */
export interface Obstacle {
  readonly reason: string;
  readonly work?: readonly string[];
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | void;

/**
 * Serves `/metrics` at an address of its own that visitors do not reach, and nothing else unless it is told what is in
 * the way: then also `/healthz` (the process answers) and `/readyz` (it does its work), which ask for no token.
 */
export async function listenForMetrics(
  metrics: Metrics,
  { host, port, token }: MetricsAddress,
  findObstacle: (() => Promise<Obstacle | null>) | null = null,
): Promise<Server> {
  const pages = new Map<string, Answer>([['/metrics', metricsOf(metrics, token)]]);
  if (findObstacle !== null) {
    pages.set('/healthz', (_, response) => sendJson(response, 200, { status: 'ok' }));
    pages.set('/readyz', async (_, response) => {
      const obstacle = await findObstacle();
      if (obstacle === null) sendJson(response, 200, { status: 'ready' });
      else sendJson(response, 503, { status: 'unavailable', ...obstacle });
    });
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const page = pages.get(request.url?.split('?')[0] ?? '');
    if (page === undefined) return response.writeHead(404).end();
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
    return page(request, response);
  };
  return listenFor(answer, host, port);
}

/**
 * Answers at the address of a process that cannot begin yet: `/healthz` says that it runs, anything else that it is not ready.
 * @returns what ends it; the address is free for the process itself then
 */
export async function listenUntilReady(host: string, port: number, reason: FaultCode): Promise<() => Promise<void>> {
  const server = await listenFor(
    async (request, response) => {
      if (request.url?.split('?')[0] === '/healthz') return sendJson(response, 200, { status: 'ok' });
      response.setHeader('retry-after', '1').setHeader('connection', 'close');
      sendJson(response, 503, { status: 'unavailable', reason });
    },
    host,
    port,
  );
  return () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections());
}

async function listenFor(answer: Answer, host: string, port: number): Promise<Server> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (request, response) => {
    Promise.resolve(answer(request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

const metricsOf =
  (metrics: Metrics, token: string | null): Answer =>
  async (request, response) => {
    if (token !== null && !bearsToken(request, [token])) {
      return response.writeHead(401, { 'www-authenticate': 'Bearer realm="OpenBeian metrics"' }).end();
    }
    const { type, text } = await metrics.page();
    return response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  };

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
