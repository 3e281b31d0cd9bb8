import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeProxy } from './proxy-suite.ts';
import type { ProxyUnderTest } from './proxy-world.ts';

/**
 * Envoy and Traefik have no Debian package. Their questions are put here in the formats that they publish, by a small
 * proxy that does what they do with the answer, so that the gate's side goes through the same suite.
 */
interface PublishedFormat {
  /** The question for a visitor's request. */
  question(visitor: IncomingMessage): SentOn;
  readonly passes: (status: number) => boolean;
}

/** Envoy, ext_authz over HTTP: the visitor's method, path behind the prefix, Host; Content-Length 0. Only 200 passes. */
const envoy: PublishedFormat = {
  question: ({ method = 'GET', url = '/', headers }) => ({
    method,
    path: `/ext-authz${url}`,
    headers: {
      host: headers.host,
      'content-length': '0',
      'x-forwarded-proto': 'http',
      ...(headers.authorization && { authorization: 'x' }),
    },
  }),
  passes: (status) => status === 200,
};

/** Traefik, forwardAuth: GET with all the visitor's headers; its own X-Forwarded-* replace what the visitor sent. */
const traefik: PublishedFormat = {
  question: ({ method, url, headers }) => ({
    method: 'GET',
    path: '/forward-auth',
    headers: {
      ...Object.fromEntries(
        Object.entries(headers).filter(([name]) => !/^(connection|content-length|x-forwarded-|host)/.test(name)),
      ),
      'x-forwarded-method': method,
      'x-forwarded-proto': 'http',
      'x-forwarded-host': headers.host,
      'x-forwarded-uri': url,
      'x-forwarded-for': '192.0.2.1',
    },
  }),
  passes: (status) => status >= 200 && status < 300,
};

/** A request as it is sent on. */
interface SentOn {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Nothing by default. */
  readonly body?: Buffer;
}

function send(to: string, { method, path, headers, body = Buffer.alloc(0) }: SentOn) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const [host, port] = to.split(':');
    const asked = request({ host, port, method, path, headers, agent: false, timeout: 2000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.end(body);
  });
}

const proxyOf = (name: string, { question, passes }: PublishedFormat): ProxyUnderTest => ({
  name,
  gateGone: 403,
  gateHangs: 403,
  h1Only: true,
  async start({ gate, site, acme }, { acme: responder }) {
    const server = createServer(async (visitor, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of visitor) chunks.push(chunk as Buffer);
      const { url = '/', method = 'GET', rawHeaders } = visitor;
      const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length;
      // Both refuse these by themselves; an empty host, Envoy does.
      if (hosts !== 1 || visitor.headers.host === '' || !url.startsWith('/')) {
        response.writeHead(400, { connection: 'close' }).end();
        return;
      }
      const { connection: _, ...headers } = visitor.headers;
      const isChallenge = responder === 'upstream' && /^\/\.well-known\/acme-challenge\/[\w-]{1,128}$/.test(url);
      let answer: Awaited<ReturnType<typeof send>>;
      try {
        const asked = question(visitor);
        if (isChallenge) answer = await send(acme, { method, path: url, headers });
        else {
          answer = await send(gate, asked);
          if (passes(answer.status))
            answer = await send(site, { method, path: url, headers, body: Buffer.concat(chunks) });
        }
      } catch {
        response.writeHead(403, { connection: 'close' }).end();
        return;
      }
      const { 'transfer-encoding': _te, 'content-length': _cl, connection: _c, ...given } = answer.headers;
      response.writeHead(answer.status, { ...given, connection: 'close' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as AddressInfo).port,
      async stop() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
});

describeProxy(proxyOf('Envoy’s ext_authz over HTTP, by its published format', envoy));
describeProxy(proxyOf('Traefik’s forwardAuth, by its published format', traefik));
