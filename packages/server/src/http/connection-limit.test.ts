import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exemptAddresses, limitConnections } from './connection-limit.ts';

const server = createServer((_, response) => response.end('answered'));
limitConnections(server, { connectionsPerAddress: 3, trustProxy: false }, (address) => address === '127.0.0.9');
let port = 0;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as { port: number });
});
afterAll(() => server.close().closeAllConnections());

/** The connection, and whether it was answered before it was closed. */
function open(localAddress: string): Promise<{ socket: Socket; answered: boolean }> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => {});
    socket.on('data', () => done({ socket, answered: true }));
    socket.on('close', () => done({ socket, answered: false }));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  });
}

it('lets one address hold so many connections, and others theirs', async () => {
  const held = await Promise.all([1, 2, 3].map(() => open('127.0.0.2')));
  expect(held.map(({ answered }) => answered)).toEqual([true, true, true]);
  expect((await open('127.0.0.2')).answered).toBe(false);
  expect((await open('127.0.0.3')).answered).toBe(true);
  const exempt = await Promise.all([1, 2, 3, 4, 5].map(() => open('127.0.0.9')));
  expect(exempt.every(({ answered }) => answered)).toBe(true);
  const closed = new Promise((done) => held[0]?.socket.once('close', done));
  held[0]?.socket.destroy();
  await closed;
  await new Promise(setImmediate);
  await expect.poll(async () => (await open('127.0.0.2')).answered).toBe(true);
});

it('exempts this machine and the proxies that are trusted', () => {
  const exempt = exemptAddresses(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '192.0.2.7', '::ffff:10.1.2.3', '2001:db8:1::5']) {
    expect(exempt(address), address).toBe(true);
  }
  for (const address of ['192.0.2.8', '11.0.0.1', '2001:db9::1', '::ffff:192.0.2.8', '']) {
    expect(exempt(address), address).toBe(false);
  }
  expect(exemptAddresses(false)('192.0.2.7')).toBe(false);
  expect(exemptAddresses(true)('192.0.2.7')).toBe(true);
});
