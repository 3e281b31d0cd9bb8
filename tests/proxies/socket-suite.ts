import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, expectRefused, get, type ProxyWorld, request } from './proxy-world.ts';

/** The gate on a Unix socket, with two threads where the proxy names the first one's alone: nothing else changes. */
export function describeSocket(world: ProxyWorld): void {
  const { proxy } = world;
  // A proxy that decides alone asks no gate; those that are no real programs are tested in their format only.
  if (proxy.alone || proxy.h1Only) return;
  describe('asking the gate on a Unix socket', () => {
    let port: number;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ port, stop } = await world.startBoth({ threads: 2 }, { gate: 'socket' }));
    });
    afterAll(() => stop?.());

    test.each(['example.cn', 'WWW.example.cn:80', 'a_b.example.cn', 'xn--fsqu00a.xn--fiqs8s', '192.0.2.7'])(
      '%s is served',
      async (host) => {
        const answer = await world.ask(port, get(host, '/deep/path?q=1'));
        expect([answer.status, answer.site?.url]).toEqual([200, '/deep/path?q=1']);
        const body = 'x'.repeat(3000);
        const posted = request('POST', host, '/', { headers: `Content-Length: ${body.length}\r\n`, body });
        expect((await world.ask(port, posted)).site?.length).toBe(3000);
      },
    );

    test.each(['other.cn', 'gone.cn', 'xn--fsqu00a.cn', 'a_b.other.cn'])(
      '%s gets the page of the gate',
      async (host) => {
        for (let round = 0; round < 3; round += 1) {
          const answer = await world.ask(port, get(host));
          expectRefused(answer, {});
          expect(answer.body).toContain('该域名');
        }
        expectRefused(await world.ask(port, get(host, challenge)), {});
      },
    );
  });
}
