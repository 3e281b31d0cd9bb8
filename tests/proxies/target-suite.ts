import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, expectDecidedHost, expectRefused, get, type ProxyWorld } from './proxy-world.ts';
import { sendRaw, sendThenMore } from './raw-http.ts';

/** Names of each kind that an absolute target may have. */
const names = {
  plain: 'example.cn',
  IDN: 'xn--fsqu00a.xn--fiqs8s',
  unfiled: 'other.cn',
  'unfiled IDN': 'xn--fsqu00a.cn',
  cancelled: 'gone.cn',
} as const;
const isFiled = (kind: string) => kind === 'plain' || kind === 'IDN';
const pairs = Object.keys(names).flatMap((target) => Object.keys(names).map((host) => [target, host] as const));
const absolute = (target: string, host: string, path = '/page') =>
  `GET http://${target}${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

/** Authorities that programs read in more than one way. */
const riddles = [
  'other.cn?@example.cn/',
  'other.cn?x=1&y=@example.cn/page',
  'other.cn#@example.cn/',
  'other.cn\\@example.cn/',
  'example.cn@other.cn/',
  'user:pass@other.cn/',
  'user@example.cn/',
  'example.cn:80@other.cn/',
  '@other.cn/',
  'other.cn%2f@example.cn/',
  'other.cn;@example.cn/',
  'example.cn:80:80/',
  '//other.cn/',
  '/other.cn/',
  '',
] as const;

/** Which site is asked for: request targets and Host headers that differ, are doubled, folded or follow each other. */
export function describeTargets(world: ProxyWorld): void {
  const { proxy, seen } = world;
  describe('targets and Host headers', () => {
    let port: number;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ port, stop } = await world.startBoth());
    });
    afterAll(() => stop?.());

    test.each(pairs)('an absolute target, %s, with a Host header that is %s', async (target, host) => {
      for (const path of ['', '/page', '/page?q=http://example.cn/', challenge]) {
        const answer = await world.ask(port, absolute(names[target as 'plain'], names[host as 'plain'], path));
        expectDecidedHost(answer);
        const serves = isFiled(target) && (target === host || proxy.goesByTarget === true);
        if (!serves) expectRefused(answer, { mayReject: true });
        else if (!proxy.h1Only) expect(answer.status).toBe(200);
      }
    });

    test.each(riddles)('an absolute target that can be read in two ways: http://%s', async (target) => {
      for (const host of ['example.cn', 'other.cn', target.split('/')[0] ?? '']) {
        for (const method of ['GET', 'POST']) {
          const line = `${method} http://${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
          expectDecidedHost(await world.ask(port, line));
        }
      }
    });

    test('the target of CONNECT, a target without a scheme, a path that looks like a target', async () => {
      for (const line of [
        'CONNECT other.cn:443 HTTP/1.1\r\nHost: example.cn',
        'CONNECT example.cn:443 HTTP/1.1\r\nHost: example.cn',
        'GET other.cn/ HTTP/1.1\r\nHost: example.cn',
        'GET //other.cn/ HTTP/1.1\r\nHost: example.cn',
        'GET HTTP://other.cn/ HTTP/1.1\r\nHost: example.cn',
        'GET ftp://other.cn/ HTTP/1.1\r\nHost: example.cn',
        'GET http:/other.cn/ HTTP/1.1\r\nHost: example.cn',
        'GET http://other.cn/ HTTP/1.0',
      ]) {
        expectDecidedHost(await world.ask(port, `${line}\r\nConnection: close\r\n\r\n`));
      }
    });

    test.each([
      'example.cn:80@other.cn',
      'other.cn@example.cn',
      'example.cn/other.cn',
      'example.cn?other.cn',
      'example.cn#other.cn',
      'example.cn\\other.cn',
      'other.cn\\example.cn',
      'example.cn:80:80',
      'example.cn:8x',
      'example.cn:65536',
      'example.cn:000080',
      '2001:db8::7',
      'dead:beef::',
      '::1',
      '[::1]x',
      'http://example.cn',
    ])('a Host header that is no host: %s', async (host) => {
      const answer = await world.ask(port, get(host));
      expectRefused(answer, { mayReject: true });
    });

    test('Host headers that are doubled or folded', async () => {
      for (const lines of [
        'Host: example.cn\r\nHost: other.cn',
        'Host: other.cn\r\nHost: example.cn',
        'Host: example.cn\r\nhost: gone.cn',
        'Host: example.cn\r\nHost: example.cn',
        'Host: example.cn\r\n other.cn',
        'Host: other.cn\r\n\texample.cn',
        'Host:\r\n other.cn',
        'X: y\r\n Host: example.cn\r\nHost: other.cn',
        'Host : other.cn\r\nHost: example.cn',
        'Host\t: example.cn\r\nHost: other.cn',
        'Host: example.cn\nHost: other.cn',
        'Host: example.cn\rHost: other.cn',
      ]) {
        expectDecidedHost(await world.ask(port, `GET / HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`));
      }
    });

    test('requests one behind another on a connection are decided one by one', async () => {
      const one = (host: string, more = '') => `GET /${host} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
      const close = 'Connection: close\r\n';
      for (const requests of [
        one('example.cn') + one('other.cn', close),
        one('other.cn') + one('example.cn', close),
        one('example.cn') + one('gone.cn') + one('xn--fsqu00a.cn') + one('xn--fsqu00a.xn--fiqs8s', close),
        absolute('example.cn', 'example.cn').replace(close, '') + one('other.cn', close),
        // What one program takes for a body and another for a request.
        `POST / HTTP/1.1\r\nHost: example.cn\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${one('other.cn', close)}`,
        `POST / HTTP/1.1\r\nHost: example.cn\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${one('other.cn', close)}`,
        `POST / HTTP/1.1\r\nHost: example.cn\r\nContent-Length: 0\r\nContent-Length: 60\r\n\r\n${one('other.cn', close)}`,
      ]) {
        seen.length = 0;
        await sendRaw(port, requests);
        for (const site of seen) expectDecidedHost({ site });
      }
      seen.length = 0;
      await sendRaw(port, one('example.cn') + one('www.example.cn', close));
      if (!proxy.h1Only) expect(seen.map(({ host }) => host)).toEqual(['example.cn', 'www.example.cn']);
    });

    test('an upgrade opens no way past the decisions: a WebSocket at most is handed on', async () => {
      const upgrade = (lines: string) =>
        [
          'GET /ws HTTP/1.1\r\nHost: example.cn\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${lines}\r\n\r\n`,
        ].join('\r\n');
      for (const lines of [
        'Upgrade: h2c',
        'Upgrade: H2C',
        'Upgrade: TLS/1.0',
        'Upgrade: websocket, h2c',
        'Upgrade: h2c, websocket',
        'Upgrade: h2c\r\nUpgrade: websocket',
        'Upgrade: websocket\r\nUpgrade: h2c',
        'Upgrade: websocket',
        'Upgrade: WebSocket',
      ]) {
        seen.length = 0;
        const { head } = await sendThenMore(port, upgrade(lines), 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
        // One kind only, and said once, is what HAProxy and Caddy may hand on.
        if (/ 101 /.test(head))
          expect([lines, head]).toEqual([lines, expect.stringMatching(/\r\nupgrade: websocket\r\n/i)]);
        expect(seen.filter(({ host }) => host !== 'example.cn' && !/ 101 /.test(head))).toEqual([]);
      }
      seen.length = 0;
      const unfiled = upgrade('Upgrade: websocket').replace('example.cn', 'other.cn');
      await sendThenMore(port, unfiled, 'more');
      expect(seen).toEqual([]);
    });

    test('headers of more than 16 KB: a filed site is served or the proxy itself refuses; an unfiled one is not served', async () => {
      const cookie = `Cookie: c=${'x'.repeat(40_000)}\r\n`;
      const filed = await world.ask(port, get('example.cn', '/', cookie));
      expect([200, 400, 413, 431]).toContain(filed.status);
      if (proxy.goesByTarget) expect(filed.status).toBe(200);
      expectRefused(await world.ask(port, get('other.cn', '/', cookie)), { mayReject: true });
    });
  });
}
