import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GateConfigInput, type RunningGate, startGate } from '@openbeian/gate';
import { decideHost, indexGateRecords } from '@openbeian/model/gate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  gateToken,
  startTestControlPlane,
  type TestControlPlane,
} from '../../packages/gate/src/testing/test-control-plane.ts';
import { type HostCase, hostCases, suiteNowMs, suiteSnapshot } from './host-cases.ts';
import { type RawAnswer, sendRaw } from './raw-http.ts';

/** What a proxy is started with. */
export interface ProxySurroundings {
  /** A folder of its own, gone afterwards. */
  readonly folder: string;
  /** Where the gate keeps the binary snapshot for readers beside it. */
  readonly snapshot: string;
  /** Address and port of the gate, of the customers' site, and of the provider's own ACME responder. */
  readonly gate: string;
  readonly site: string;
  readonly acme: string;
}

/** A proxy that is tested: a real program with its shipped configuration. */
export interface ProxyUnderTest {
  readonly name: string;
  /** Starts it and resolves when it accepts connections. */
  start(around: ProxySurroundings, acme: 'gate' | 'upstream'): Promise<{ port: number; stop(): Promise<void> }>;
  /** Decides without the gate: what is written oddly is refused, and the gate's pages and configuration count for nothing. */
  readonly alone?: true;
  /** Does a refusal carry the reason? */
  readonly saysReason?: false;
  /** Status with the gate gone; `served` where the proxy decides plain hosts without it. */
  readonly gateGone: number | 'served';
}

interface SeenBySite {
  readonly host: string | undefined;
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly length: number;
}

const get = (host: string, path = '/', more = '') => request('GET', host, path, more);
const request = (method: string, host: string, path: string, more = '', body = '') =>
  Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n${body}`);
const challenge = '/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wrDoA';

/** The one suite that every adapter goes through, in front of one site that says what it was asked. */
export function describeProxy(proxy: ProxyUnderTest): void {
  describe(`${proxy.name}: one suite for all`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-proxy-'));
    const closing: (() => unknown)[] = [];
    const seen: SeenBySite[] = [];
    let control: TestControlPlane;
    let site: string;
    let acme: string;

    beforeAll(async () => {
      control = await startTestControlPlane();
      control.publish(suiteSnapshot);
      site = await listen(
        createServer((asked, response) => {
          let length = 0;
          asked.on('data', (chunk: Buffer) => {
            length += chunk.length;
          });
          asked.on('end', () => {
            const raw = asked.headers.host;
            const host = raw === undefined ? undefined : Buffer.from(raw, 'latin1').toString('utf8');
            seen.push({ host, url: asked.url, method: asked.method, length });
            response.writeHead(asked.url === '/forbidden' ? 403 : 200, { 'x-site': 'customer' }).end('the site');
          });
        }),
      );
      acme = await listen(createServer((_, response) => response.writeHead(200, { 'x-site': 'acme' }).end('key')));
    });
    afterAll(async () => {
      for (const close of closing.reverse()) await close();
      await control.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function listen(server: Server): Promise<string> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => {
        server.closeAllConnections();
        server.close();
      });
      return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    async function startBoth(change: Partial<GateConfigInput> = {}, mode: 'gate' | 'upstream' = 'gate') {
      const own = mkdtempSync(join(folder, 'run-'));
      const gate: RunningGate = await startGate(
        {
          listen: { port: 0 },
          controlUrl: control.url,
          token: gateToken,
          snapshotFile: join(own, 'snapshot'),
          readersFile: join(own, 'readers'),
          blockPage: 'https://gate.xingyun.example/blocked',
          ...change,
        },
        { log: () => {}, nowMs: () => suiteNowMs },
      );
      await vi.waitUntil(async () => (await fetch(`${gate.url}/readyz`)).ok, { timeout: 10_000 });
      const snapshot = join(own, 'readers');
      await vi.waitUntil(() => existsSync(`${snapshot}.overlay`), { timeout: 10_000 });
      const address = new URL(gate.url).host;
      const running = await proxy.start({ folder: own, snapshot, gate: address, site, acme }, mode);
      const stop = async () => {
        await running.stop();
        await gate.close();
      };
      return { port: running.port, gate, stop };
    }

    /** Sends it and gives the answer with what the site was asked, if it was reached. */
    async function ask(port: number, bytes: Buffer | string): Promise<RawAnswer & { site: SeenBySite | undefined }> {
      seen.length = 0;
      const answer = await sendRaw(port, bytes);
      expect(seen.length).toBeLessThan(2);
      return { ...answer, site: seen[0] };
    }

    /** Whatever was sent: a site may be reached only under a host that the core lets pass. */
    function expectDecidedHost(answer: { site: SeenBySite | undefined }): void {
      if (answer.site === undefined) return;
      const records = indexGateRecords(suiteSnapshot.records);
      const context = {
        provider: 'xingyun',
        defaultNames: new Set(suiteSnapshot.defaultNames),
        outsideMainland: false,
        blockPage: '/blocked',
      };
      expect(decideHost(answer.site.host ?? '', records, context, '2026-11-21').outcome).toBe('allow');
    }

    const expectRefused = (answer: RawAnswer & { site: unknown }, { mayReject, reason }: Partial<HostCase>) => {
      expect(answer.site).toBeUndefined();
      // A request that is not even HTTP may be dropped without an answer.
      if (mayReject && answer.status !== 403) expect(answer.status === 0 || answer.status >= 400).toBe(true);
      else {
        expect(answer.status).toBe(403);
        if (proxy.saysReason !== false && reason !== undefined && !mayReject) {
          expect(answer.headers['x-openbeian-reason']).toBe(reason);
        }
      }
    };

    describe('as shipped', () => {
      let port: number;
      let gate: RunningGate;
      let stop: () => Promise<void>;
      beforeAll(async () => {
        ({ port, gate, stop } = await startBoth());
      });
      afterAll(() => stop?.());

      test.each(hostCases)('$name', async (hostCase) => {
        const answer = await ask(port, get(hostCase.host, '/deep/path?q=1&host=example.cn'));
        expectDecidedHost(answer);
        const serves = hostCase.serves && !(hostCase.odd && proxy.alone);
        if (!serves) expectRefused(answer, hostCase.odd ? { mayReject: true } : hostCase);
        else if (!(hostCase.mayReject && answer.status >= 400 && answer.site === undefined)) {
          expect([answer.status, answer.site?.url]).toEqual([200, '/deep/path?q=1&host=example.cn']);
        }
      });

      test('without a host nothing is served', async () => {
        for (const bytes of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n']) {
          expectRefused(await ask(port, bytes), { mayReject: true });
        }
      });

      test('HTTP/1.0 with a host is decided as any', async () => {
        expect((await ask(port, 'GET / HTTP/1.0\r\nHost: example.cn\r\n\r\n')).status).toBe(200);
        expectRefused(await ask(port, 'GET / HTTP/1.0\r\nHost: other.cn\r\n\r\n'), { reason: 'unfiled' });
      });

      test('a request line with a full URL, two Host headers: what is decided is what the site gets', async () => {
        const two = (first: string, second: string) =>
          `GET / HTTP/1.1\r\nHost: ${first}\r\nHost: ${second}\r\nConnection: close\r\n\r\n`;
        const full = (line: string, host: string) =>
          `GET http://${line}/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
        for (const bytes of [
          two('example.cn', 'other.cn'),
          two('other.cn', 'example.cn'),
          full('example.cn', 'other.cn'),
          full('other.cn', 'example.cn'),
          full('user@other.cn', 'example.cn'),
          `GET http://example.cn@other.cn/ HTTP/1.1\r\nHost: example.cn\r\nConnection: close\r\n\r\n`,
          get('example.cn:99999'),
          `GET / HTTP/1.1\r\nHost: example.cn\r\n other.cn\r\nConnection: close\r\n\r\n`,
          `GET / HTTP/1.1\r\nHost : other.cn\r\nHost: example.cn\r\nConnection: close\r\n\r\n`,
        ]) {
          expectDecidedHost(await ask(port, bytes));
        }
        expectRefused(await ask(port, full('other.cn', 'other.cn')), { mayReject: true });
        expect([200, 400]).toContain((await ask(port, full('example.cn', 'example.cn'))).status);
      });

      test('a visitor cannot choose the host that is decided, nor what is asked for', async () => {
        for (const name of [
          'X-Original-Host',
          'X-Forwarded-Host',
          'X-Host',
          'X-Real-Host',
          'Forwarded',
          'X-Rewrite-Url',
          'X-HTTP-Host-Override',
          'x_original_host',
          ':authority',
        ]) {
          const value = name === 'Forwarded' ? 'host=example.cn' : 'example.cn';
          const line = `${name}: ${value}\r\n`;
          for (const more of [line, line + line]) {
            expectRefused(await ask(port, get('other.cn', '/', more)), { mayReject: true });
          }
        }
        const reached = await ask(
          port,
          get('example.cn', '/', 'X-Original-Host: other.cn\r\nX-Forwarded-Host: other.cn\r\n'),
        );
        expect([reached.status, reached.site?.host?.split(':')[0]]).toEqual([200, 'example.cn']);
        for (const path of ['/auth', '/forward-auth', '/ext-authz', '/_openbeian/auth', '/explain?host=example.cn']) {
          expectRefused(await ask(port, get('other.cn', path)), { mayReject: true });
        }
      });

      test('HEAD and POST: the body reaches the site, or nobody', async () => {
        const length = 'Content-Length: 4\r\n';
        const posted = await ask(port, request('POST', 'example.cn', '/form', length, 'body'));
        expect([posted.status, posted.site?.method, posted.site?.length]).toEqual([200, 'POST', 4]);
        expectRefused(await ask(port, request('POST', 'other.cn', '/form', length, 'body')), { reason: 'unfiled' });
        const head = await ask(port, request('HEAD', 'other.cn', '/'));
        expectRefused(head, { reason: 'unfiled' });
        expect(head.body).toBe('');
        expect((await ask(port, request('HEAD', 'example.cn', '/'))).site?.method).toBe('HEAD');
        // Asked of the proxy itself, which may answer as it likes.
        expect((await ask(port, request('OPTIONS', 'other.cn', '*'))).site).toBeUndefined();
      });

      test('long headers of a visitor do not change the answer', async () => {
        const cookie = `Cookie: c=${'x'.repeat(6000)}\r\n`;
        expect((await ask(port, get('example.cn', '/', cookie))).status).toBe(200);
        expectRefused(await ask(port, get('other.cn', '/', cookie)), { reason: 'unfiled' });
      });

      test('a 403 of the site itself passes as it is', async () => {
        const answer = await ask(port, get('example.cn', '/forbidden'));
        expect([answer.status, answer.headers['x-site'], answer.body]).toEqual([403, 'customer', 'the site']);
      });

      test('a refusal is the block page, kept by nobody', async () => {
        const answer = await ask(port, get('shop.other.cn'));
        expectRefused(answer, { reason: 'unfiled' });
        expect(answer.headers['cache-control']).toContain('no-store');
        if (proxy.alone) return;
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(answer.body).toMatch(/没有备案[\s\S]*not filed/);
        expect(answer.body).toContain('https://gate.xingyun.example/explain?host=shop.other.cn');
      });

      test('requests for a challenge are refused unless that is configured', async () => {
        expectRefused(await ask(port, get('other.cn', challenge)), { reason: 'unfiled' });
      });

      test('with the gate gone nothing is served that was not decided', async () => {
        await gate.close();
        const answer = await ask(port, get('example.cn'));
        if (proxy.gateGone === 'served') expect(answer.status).toBe(200);
        else expect([answer.status, answer.site]).toEqual([proxy.gateGone, undefined]);
        const refused = await ask(port, get('other.cn'));
        expect([refused.site, refused.status >= 400]).toEqual([undefined, true]);
      });
    });

    test('challenges may go to a responder of the provider’s own, and nothing else may', async () => {
      const { port, stop } = await startBoth({}, 'upstream');
      try {
        for (const host of ['other.cn', 'example.cn']) {
          const answer = await ask(port, get(host, challenge));
          expect([answer.headers['x-site'], answer.site]).toEqual(['acme', undefined]);
        }
        for (const path of [`${challenge}/../../../x`, '/.well-known/acme-challenge/a.b', '/']) {
          expectRefused(await ask(port, get('other.cn', path)), { mayReject: true });
        }
        expect((await ask(port, get('example.cn'))).status).toBe(200);
      } finally {
        await stop();
      }
    });

    // A compiled map has none of the gate's configuration: what tests that is no part of the suite there.
    if (proxy.alone) return;

    test('a redirect by configuration, for reading only, never to where a visitor wants', async () => {
      const { port, stop } = await startBoth({ refusal: 'redirect' });
      try {
        const answer = await ask(port, get('shop.other.cn', '/?host=evil.example&next=//evil.example'));
        expect([answer.status, answer.headers.location, answer.site]).toEqual([
          302,
          'https://gate.xingyun.example/blocked?host=shop.other.cn&reason=unfiled',
          undefined,
        ]);
        expect(answer.headers['cache-control']).toContain('no-store');
        expect((await ask(port, request('POST', 'other.cn', '/', 'Content-Length: 0\r\n'))).status).toBe(403);
      } finally {
        await stop();
      }
    });

    test('challenges may pass for names that wait for a filing, in their exact form only', async () => {
      const { port, stop } = await startBoth({ acmeChallenge: 'allow' });
      try {
        expect((await ask(port, get('other.cn', challenge))).site?.url).toBe(challenge);
        expect((await ask(port, get('moved.cn', challenge))).status).toBe(200);
        for (const [host, path, more] of [
          ['banned.cn', challenge],
          ['paused.cn', challenge],
          ['other.cn', '/'],
          ['other.cn', `${challenge}/../../../index.html`],
          ['other.cn', '/.well-known/acme-challenge/../../index.html'],
          ['other.cn', '/.well-known/acme-challenge/%2e%2e/index.html'],
          ['other.cn', '/.well-known/acme-challenge/'],
          ['other.cn', `${challenge}?x=1`],
          ['other.cn', '/', `X-Original-Uri: ${challenge}\r\nX-Forwarded-Uri: ${challenge}\r\n`],
        ] as const) {
          expectRefused(await ask(port, get(host, path, more)), { mayReject: true });
        }
        expectRefused(await ask(port, request('POST', 'other.cn', challenge, 'Content-Length: 0\r\n')), {});
      } finally {
        await stop();
      }
    });
  });
}
