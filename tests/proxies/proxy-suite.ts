import type { RunningGate } from '@openbeian/gate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostCases } from './host-cases.ts';
import {
  challenge,
  expectDecidedHost,
  expectRefused,
  get,
  openProxyWorld,
  type ProxyUnderTest,
  request,
} from './proxy-world.ts';
import { describeSocket } from './socket-suite.ts';
import { describeTargets } from './target-suite.ts';
import { describeTransports } from './transport-suite.ts';
import { describeTrouble } from './trouble-suite.ts';

/** The one suite that every adapter goes through, in front of one site that says what it was asked. */
export function describeProxy(proxy: ProxyUnderTest): void {
  describe(`${proxy.name}: one suite for all`, () => {
    const world = openProxyWorld(proxy);
    const { ask, startBoth } = world;

    describeTargets(world);
    describeTransports(world);
    describeSocket(world);
    describeTrouble(world);

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
        const posted = await ask(port, request('POST', 'example.cn', '/form', { headers: length, body: 'body' }));
        expect([posted.status, posted.site?.method, posted.site?.length]).toEqual([200, 'POST', 4]);
        expectRefused(await ask(port, request('POST', 'other.cn', '/form', { headers: length, body: 'body' })), {
          reason: 'unfiled',
        });
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
      const { port, stop } = await startBoth({}, { acme: 'upstream' });
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
        if (proxy.boundsChallenge) {
          const { body } = await ask(port, get('other.cn', challenge, 'X-Long: 1\r\n'));
          expect(body.length).toBeLessThanOrEqual(1024);
        }
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
        expectRefused(await ask(port, request('HEAD', 'other.cn', challenge)), {});
      } finally {
        await stop();
      }
    });
  });
}
