import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { addressGuard } from './forbidden-addresses.ts';
import { createGuardedPost } from './guarded-post.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const options = {
  insideReceivers: [],
  isPublic: (address: string) => address === '127.0.0.1',
  allowHttp: true,
  timeoutMs: 500,
  userAgent: 'test',
};
const send = (url: string, some: Partial<Parameters<typeof createGuardedPost>[0]> = {}) =>
  createGuardedPost({ ...options, ...some }).post({ url, owner: null, headers: { 'x-test': '1' }, body: '{"名":1}' });

describe('addresses that nobody outside may make us talk to', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '203.0.113.1',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'junk',
    '',
  ])('refuses %s', (address) => expect(addressGuard([])(address)).toBe(false));

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2606:4700::1111', '2400:3200::1'])(
    'lets %s pass',
    (address) => expect(addressGuard([])(address)).toBe(true),
  );

  it('lets configured ones pass, and only those', () => {
    const isAllowed = addressGuard(['127.0.0.1', '10.1.0.0/16', 'fd00::/8']);
    expect(['127.0.0.1', '10.1.9.9', 'fd00::5'].map(isAllowed)).toEqual([true, true, true]);
    expect(['127.0.0.2', '10.2.0.1', '::1', 'fc00::1'].map(isAllowed)).toEqual([false, false, false, false]);
  });
});

describe('a POST to an address that a customer named', () => {
  it('arrives, and its answer comes back as status and a short excerpt', async () => {
    const seen: unknown[] = [];
    const url = await receiver((request, response) => {
      request.setEncoding('utf8').on('data', (text) => seen.push(request.method, request.headers['x-test'], text));
      request.on('end', () => response.writeHead(202).end(`ok\u0007\n${'长'.repeat(5000)}`));
    });
    const answer = await send(url);
    expect(seen).toEqual(['POST', '1', '{"名":1}']);
    expect(answer).toMatchObject({ status: 202, error: null });
    expect(answer.excerpt.startsWith('ok 长')).toBe(true);
    expect(answer.excerpt.length).toBeLessThanOrEqual(300);
  });

  it('reaches what is inside for its owner and on its ports alone, and keeps nothing of what that answers', async () => {
    let hits = 0;
    const url = await receiver((_, response) => {
      hits += 1;
      response.end('{"secret":"of the inside"}');
    });
    const port = Number(new URL(url).port);
    const inside = (
      owner: string,
      ports: readonly (number | readonly [number, number])[],
      addresses = ['127.0.0.1'],
    ) => [{ owner, addresses, ports }];
    const post = (insideReceivers: ReturnType<typeof inside>, owner: string | null) =>
      createGuardedPost({ ...options, isPublic: addressGuard([]), insideReceivers }).post({
        url,
        owner,
        headers: {},
        body: '',
      });
    const reached = { status: 200, error: null, excerpt: '' };
    expect(await post(inside('acct-a', [port]), 'acct-a')).toEqual(reached);
    expect(await post(inside('acct-a', [[port - 1, port + 1]]), 'acct-a')).toEqual(reached);
    expect(await post(inside('provider', [port]), null)).toEqual(reached);
    expect(hits).toBe(3);
    for (const [allowed, owner] of [
      [inside('acct-a', [port]), 'acct-b'],
      [inside('acct-a', [port]), null],
      [inside('provider', [port]), 'acct-a'],
      [inside('acct-a', [port + 1]), 'acct-a'],
      [inside('acct-a', [[port + 1, port + 9]]), 'acct-a'],
      [inside('acct-a', [port], ['127.0.0.2']), 'acct-a'],
    ] as const) {
      expect((await post([...allowed], owner)).error).toBe('url_refused');
    }
    expect(hits).toBe(3);
  });

  it('is refused by the address that the name resolves to when the connection is made', async () => {
    let hits = 0;
    const url = await receiver((_, response) => {
      hits += 1;
      response.end();
    });
    const port = new URL(url).port;
    // Without the exception, however the address is written.
    for (const host of ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]']) {
      const answer = await send(`http://${host}:${port}/`, { isPublic: addressGuard([]) });
      expect(['address_refused', 'url_refused'], host).toContain(answer.error);
    }
    // A name whose answers are public when asked first and ours when connected to: what is connected to is evaluated.
    let asked = 0;
    const rebinding = ((_name: string, _options: unknown, done: (...all: unknown[]) => void) => {
      asked += 1;
      done(null, [{ address: asked === 1 ? '127.0.0.1' : '1.1.1.1', family: 4 }]);
    }) as never;
    const answer = await send(`http://rebind.test:${port}/`, { isPublic: addressGuard([]), resolve: rebinding });
    expect([answer.error, asked, hits]).toEqual(['address_refused', 1, 0]);
    // One forbidden address among several is enough.
    const mixed = ((_name: string, _options: unknown, done: (...all: unknown[]) => void) =>
      done(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ])) as never;
    expect((await send('http://mixed.test/', { isPublic: addressGuard([]), resolve: mixed })).error).toBe(
      'address_refused',
    );
  });

  it('follows no redirect, waits no longer than it was told, reads no more than it needs', async () => {
    let reached = 0;
    const inner = await receiver((_, response) => {
      reached += 1;
      response.end();
    });
    const redirecting = await receiver((_, response) => response.writeHead(307, { location: inner }).end());
    expect(await send(redirecting)).toMatchObject({ status: 307, error: null });
    expect(reached).toBe(0);

    const hanging = await receiver(() => {});
    const startedMs = performance.now();
    expect(await send(hanging)).toMatchObject({ status: null, error: 'timed_out' });
    expect(performance.now() - startedMs).toBeLessThan(3000);
    // One byte now and then does not extend the time.
    const dripping = await receiver((_, response) => {
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect((await send(dripping)).error).toBe('timed_out');

    const endless = await receiver((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect((await send(endless)).error).toBe('answer_too_large');
  });

  it('wants https unless told otherwise, and no user name, password or fragment', () => {
    const strict = createGuardedPost({ ...options, allowHttp: false });
    const bad = [
      'http://a.example/',
      'ftp://a.example/',
      'a.example',
      'https://u:p@a.example/',
      'https://a.example/#x',
    ];
    for (const url of bad) expect(strict.problemOf(url, null), url).not.toBeNull();
    expect(strict.problemOf('https://a.example/hook?x=1', null)).toBeNull();
    expect(
      createGuardedPost({ ...options, isPublic: addressGuard([]) }).problemOf('https://192.168.0.1/', null),
    ).not.toBeNull();
  });

  it('tells a name that does not exist from a door that is shut', async () => {
    const unknown = ((_name: string, _options: unknown, done: (error: unknown) => void) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))) as never;
    expect((await send('http://nowhere.test/', { resolve: unknown })).error).toBe('name_unknown');
    expect((await send('http://127.0.0.1:1/')).error).toBe('connection_failed');
  });
});
