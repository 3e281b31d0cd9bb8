import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { bearsToken } from './bearer-token.ts';
import type { Metrics } from './metrics.ts';

interface MetricsAddress {
  readonly host: string;
  readonly port: number;
  /** Token that a reader must send; null: anyone who reaches this address may read. */
  readonly token: string | null;
}

/** Serves `/metrics`, and nothing else, at an address of its own that visitors do not reach. */
export async function listenForMetrics(metrics: Metrics, { host, port, token }: MetricsAddress): Promise<Server> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.split('?')[0] !== '/metrics') return response.writeHead(404).end();
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
    if (token !== null && !bearsToken(request, [token])) {
      return response.writeHead(401, { 'www-authenticate': 'Bearer realm="OpenBeian metrics"' }).end();
    }
    const { type, text } = await metrics.page();
    return response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  };
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
