import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { get as ask, createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GateConfigInput, type RunningGate, startGate } from '@openbeian/gate';
import { decideHost, indexGateRecords } from '@openbeian/model/gate';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import {
  gateToken,
  startTestControlPlane,
  type TestControlPlane,
} from '../../packages/gate/src/testing/test-control-plane.ts';
import { type HostCase, suiteNowMs, suiteSnapshot } from './host-cases.ts';
import { type RawAnswer, sendRaw } from './raw-http.ts';
import type { Certificate } from './test-certificate.ts';

/** What a proxy is started with. */
export interface ProxySurroundings {
  /** A folder of its own, gone afterwards. */
  readonly folder: string;
  /** Where the gate keeps the binary snapshot for readers beside it. */
  readonly snapshot: string;
  /** Address and port of the gate, or the path of its Unix socket. */
  readonly gate: string;
  /** Address and port of the customers' site, and of the provider's own ACME responder. */
  readonly site: string;
  readonly acme: string;
  /** The day of decisions, for proxies that decide by themselves. */
  readonly nowMs: number;
}

/** How a proxy is started. */
export interface ProxyMode {
  /** Who answers certificates' validations. */
  readonly acme?: 'gate' | 'upstream';
  /** HTTP/2 without TLS, or TLS with this certificate and HTTP/2 or 1.1 as the client likes; HTTP/1.1 in the clear without. */
  readonly transport?: 'h2c' | Certificate;
  /** The gate listens on a Unix socket; on a port without. */
  readonly gate?: 'socket';
}

/** A proxy that is tested: a real program with its shipped configuration. */
export interface ProxyUnderTest {
  readonly name: string;
  /** Starts it and resolves when it accepts connections. */
  start(around: ProxySurroundings, mode: ProxyMode): Promise<{ port: number; stop(): Promise<void> }>;
  /** Decides without the gate: what is written oddly is refused, and the gate's pages and configuration count for nothing. */
  readonly alone?: true;
  /** Status with the gate gone; `served` where the proxy decides plain hosts without it. */
  readonly gateGone: number | 'served';
  /** Status while nothing is known and the gate does not answer; `served` where the proxy needs no gate. */
  readonly gateHangs: number | 'served';
  /** Goes by the target alone where the Host header differs, as RFC 9112 allows; the others refuse. */
  readonly goesByTarget?: true;
  /** Bounds the answer to what passes as a certificate's validation only. */
  readonly boundsChallenge?: true;
  /** No real program: HTTP/1.1 only. */
  readonly h1Only?: true;
}

export interface SeenBySite {
  readonly host: string | undefined;
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly length: number;
}

interface RunningProxy {
  readonly port: number;
  readonly gate: RunningGate;
  stop(): Promise<void>;
}

export const get = (host: string, path = '/', more = '') => request('GET', host, path, more);
export const request = (
  method: string,
  host: string,
  path: string,
  more: string | { headers: string; body: string } = '',
) => {
  const { headers, body } = typeof more === 'string' ? { headers: more, body: '' } : more;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n${body}`);
};
export const challenge = '/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wrDoA';

/** One site, one responder and one control plane, and as many gates and proxies in front as the tests start. */
export interface ProxyWorld {
  readonly proxy: ProxyUnderTest;
  /** What the site was asked since the last `ask`. */
  readonly seen: SeenBySite[];
  /** Starts a gate and the proxy in front of it. */
  startBoth(change?: Partial<GateConfigInput>, mode?: ProxyMode, gateNowMs?: number): Promise<RunningProxy>;
  /** Starts the proxy with another gate than a real one: an address where nobody answers, or nobody listens. */
  startBefore(gate: string): Promise<{ port: number; stop(): Promise<void> }>;
  /** An address that takes connections and never answers. */
  hangingGate(): Promise<string>;
  /** Sends it and gives the answer with what the site was asked, if it was reached. */
  ask(port: number, bytes: Buffer | string): Promise<RawAnswer & { site: SeenBySite | undefined }>;
}

/** Opens the world for the tests around the call, and closes it behind them. */
export function openProxyWorld(proxy: ProxyUnderTest): ProxyWorld {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-proxy-'));
  const closing: (() => unknown)[] = [];
  const seen: SeenBySite[] = [];
  let control: TestControlPlane;
  let site: string;
  let acme: string;

  beforeAll(async () => {
    control = await startTestControlPlane();
    control.publish(suiteSnapshot);
    site = await listen(customerSite(seen), closing);
    acme = await listen(
      createServer((_, response) => response.writeHead(200, { 'x-site': 'acme' }).end('key')),
      closing,
    );
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await control.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    proxy,
    seen,
    async startBoth(change = {}, mode = {}, gateNowMs = suiteNowMs) {
      const own = mkdtempSync(join(folder, 'run-'));
      const snapshot = join(own, 'readers');
      const gate: RunningGate = await startGate(
        {
          listen: mode.gate === 'socket' ? { path: join(own, 'gate.sock') } : { port: 0 },
          controlUrl: control.url,
          token: gateToken,
          snapshotFile: join(own, 'snapshot'),
          readersFile: snapshot,
          blockPage: 'https://gate.xingyun.example/blocked',
          ...change,
        },
        { log: () => {}, nowMs: () => gateNowMs },
      );
      // A gate that shall not get a snapshot is not waited for.
      if (change.controlUrl === undefined) {
        await vi.waitUntil(() => isReady(gate), { timeout: 10_000 });
        await vi.waitUntil(() => existsSync(`${snapshot}.overlay`), { timeout: 10_000 });
      }
      const address = gate.url.replace(/^(http:\/\/|unix:)/, '');
      const around = { folder: own, snapshot, gate: address, site, acme, nowMs: gateNowMs };
      const running = await proxy.start(around, mode);
      const stop = async () => {
        await running.stop();
        await gate.close();
      };
      return { port: running.port, gate, stop };
    },
    startBefore(gate) {
      const own = mkdtempSync(join(folder, 'run-'));
      return proxy.start({ folder: own, snapshot: join(own, 'readers'), gate, site, acme, nowMs: suiteNowMs }, {});
    },
    hangingGate: () => hangingServer(closing),
    async ask(port, bytes) {
      seen.length = 0;
      const answer = await sendRaw(port, bytes);
      expect(seen.length).toBeLessThan(2);
      return { ...answer, site: seen[0] };
    },
  };
}

function isReady({ url }: RunningGate): Promise<boolean> {
  const [, socketPath] = /^unix:(.*)/.exec(url) ?? [];
  const at = socketPath === undefined ? new URL('/readyz', url) : { socketPath, path: '/readyz' };
  return new Promise((resolve) => {
    ask(at, (answer) => resolve(answer.resume().statusCode === 200)).on('error', () => resolve(false));
  });
}

/** Says what it was asked for, as it came, and takes every upgrade. */
function customerSite(seen: SeenBySite[]): Server {
  const server = createServer({ maxHeaderSize: 2_000_000 }, (asked, response) => {
    let length = 0;
    asked.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    asked.on('end', () => {
      const raw = asked.headers.host;
      const host = raw === undefined ? undefined : Buffer.from(raw, 'latin1').toString('utf8');
      seen.push({ host, url: asked.url, method: asked.method, length });
      response.writeHead(asked.url === '/forbidden' ? 403 : 200, { 'x-site': 'customer' });
      // Many bytes where a certificate's validation is answered: an unfiled site that is served by pieces.
      response.end(asked.url === challenge && asked.headers['x-long'] ? 'x'.repeat(100_000) : 'the site');
    });
  });
  // What comes behind an upgrade goes by no proxy's decision: it is seen as it is, as a host of its own.
  server.on('upgrade', ({ headers, url, method }, socket) => {
    seen.push({ host: headers.host, url, method, length: 0 });
    socket.on('error', () => {}).on('data', (chunk) => seen.push({ host: String(chunk), url, method, length: 0 }));
    const key = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', `Upgrade: ${headers.upgrade}`];
    socket.write([...lines, `Sec-WebSocket-Accept: ${key.digest('base64')}`, '', ''].join('\r\n'));
  });
  return server;
}

async function listen(server: Server, closing: (() => unknown)[]): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function hangingServer(closing: (() => unknown)[]): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Whatever was sent: a site may be reached only under a host that the core lets pass. */
export function expectDecidedHost({ site }: { site: SeenBySite | undefined }): void {
  if (site === undefined) return;
  const records = indexGateRecords(suiteSnapshot.records);
  const context = {
    provider: 'xingyun',
    defaultNames: new Set(suiteSnapshot.defaultNames),
    outsideMainland: false,
    blockPage: '/blocked',
  };
  expect(decideHost(site.host ?? '', records, context, '2026-11-21').outcome).toBe('allow');
  // A backend goes by the authority of an absolute target (RFC 9112 §3.2.2), whatever the Host header says.
  expect(site.url).toMatch(/^\//);
}

export function expectRefused(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly site: unknown },
  { mayReject, reason }: Partial<HostCase>,
): void {
  expect(answer.site).toBeUndefined();
  // A request that is not even HTTP may be dropped without an answer.
  if (mayReject && answer.status !== 403) expect(answer.status === 0 || answer.status >= 400).toBe(true);
  else {
    expect(answer.status).toBe(403);
    if (reason !== undefined && !mayReject) expect(answer.headers['x-openbeian-reason']).toBe(reason);
  }
}
