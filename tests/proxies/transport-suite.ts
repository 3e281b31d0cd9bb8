import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askH2, type H2Request } from './ask-h2.ts';
import { challenge, expectDecidedHost, type ProxyWorld } from './proxy-world.ts';
import { makeCertificate } from './test-certificate.ts';

/** What each host gets, whatever it is asked over. A map cannot say more than a plain one. */
const hosts: readonly (readonly [host: string, status: number])[] = [
  ['example.cn', 200],
  ['a_b.example.cn', 200],
  ['xn--fsqu00a.xn--fiqs8s', 200],
  ['www.xn--fsqu00a.xn--fiqs8s', 200],
  ['192.0.2.7', 200],
  ['other.cn', 403],
  ['a_b.other.cn', 403],
  ['xn--fsqu00a.cn', 403],
  ['gone.cn', 403],
];

/** HTTP/2 with and without TLS: browsers use nothing else. */
export function describeTransports(world: ProxyWorld): void {
  const { proxy, seen } = world;
  if (proxy.h1Only) return;
  describe.each(['h2c', 'h2'] as const)('over %s', (transport) => {
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-certificate-'));
    let port: number;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      const certificate = makeCertificate(folder);
      ({ port, stop } = await world.startBoth({}, { transport: transport === 'h2c' ? 'h2c' : certificate }));
    });
    afterAll(async () => {
      await stop?.();
      rmSync(folder, { recursive: true });
    });

    const ask = async (asked: H2Request) => {
      seen.length = 0;
      const serverName = transport === 'h2c' ? undefined : (asked.serverName ?? asked.authority.replace(/[_:].*/, ''));
      const isAddress = /^[\d.]*$/.test(serverName ?? '');
      const named = serverName === undefined ? {} : { serverName: isAddress ? 'example.cn' : serverName };
      const { serverName: _, ...rest } = asked;
      const answer = await askH2(port, { ...rest, ...named });
      for (const site of seen) expectDecidedHost({ site });
      return { ...answer, reached: seen.length };
    };

    test.each(hosts)('%s: %i', async (authority, status) => {
      const answer = await ask({ authority, path: '/deep/path?q=1' });
      expect([answer.status, answer.reached]).toEqual([status, status === 200 ? 1 : 0]);
      if (status === 200) expect(seen[0]?.url).toBe('/deep/path?q=1');
      // Refused by the gate or decided; never an error of the proxy.
      expect((await ask({ authority: 'other.cn', path: challenge })).status).toBe(403);
    });

    test.each([
      ['example.cn', 'other.cn'],
      ['other.cn', 'example.cn'],
      ['xn--fsqu00a.cn', 'example.cn'],
      ['gone.cn', 'example.cn'],
      ['example.cn', 'xn--fsqu00a.cn'],
      ['example.cn@other.cn', 'example.cn'],
      ['other.cn?@example.cn', 'example.cn'],
      ['example.cn:80@other.cn', 'example.cn'],
    ])(':authority %s with a host field %s: what is decided is served', async (authority, host) => {
      for (const path of ['/', challenge]) await ask({ authority, host, path, serverName: 'example.cn' });
      const answer = await ask({ authority, host, serverName: 'example.cn' });
      if (answer.reached > 0) expect(answer.status).toBe(200);
      else expect(answer.status === 0 || answer.status >= 400).toBe(true);
    });

    // h2c has no handshake, so the question does not arise there.
    if (transport !== 'h2') return;
    test('the name of the TLS handshake decides nothing', async () => {
      expect((await ask({ authority: 'other.cn', serverName: 'example.cn' })).reached).toBe(0);
      expect((await ask({ authority: 'xn--fsqu00a.cn', serverName: 'example.cn' })).reached).toBe(0);
      const filed = await ask({ authority: 'example.cn', serverName: 'other.cn' });
      expect([200, 421]).toContain(filed.status);
    });
  });
}
