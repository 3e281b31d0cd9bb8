import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningGate, startGate } from '../index.ts';
import {
  gateToken,
  snapshotBody,
  startTestControlPlane,
  type TestControlPlane,
} from '../testing/test-control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-'));
let control: TestControlPlane;
let gate: RunningGate;
let port = 0;
beforeAll(async () => {
  control = await startTestControlPlane();
  control.publish(snapshotBody(1, ['example.cn']));
  gate = await startGate(
    {
      listen: { port: 0 },
      controlUrl: control.url,
      token: gateToken,
      snapshotFile: join(folder, 'gate.snapshot'),
      blockPage: 'https://gate.example/blocked',
      refusal: 'redirect',
      acmeChallenge: 'allow',
    },
    { log: () => {} },
  );
  port = Number(new URL(gate.url).port);
  await vi.waitUntil(async () => (await fetch(`${gate.url}/readyz`)).ok, { timeout: 10_000 });
});
afterAll(async () => {
  await gate.close();
  await control.close();
  rmSync(folder, { recursive: true });
});

/** A connection, and all that came on it. */
function open(): Promise<{ socket: Socket; said: () => string; until: (pattern: RegExp) => Promise<string> }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      const said = () => text;
      const until = (pattern: RegExp) =>
        vi.waitFor(
          () => {
            expect(text).toMatch(pattern);
            return text;
          },
          { timeout: 8000, interval: 5 },
        );
      resolve({ socket, said, until });
    });
    socket.setEncoding('utf8').on('error', reject);
    socket.on('data', (piece: string) => {
      text += piece;
    });
  });
}

const ask = (method: string, path: string, ...headers: string[]) =>
  `${method} ${path} HTTP/1.1\r\nHost: gate\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`;
/** Node reads the same question because of this header. */
const byNode = 'Connection: keep-alive';

/** The answer without what depends on the moment. */
function answerOf(text: string): { status: string; headers: string[]; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const [status = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => line.replace(/^([^:]+)/, (name) => name.toLowerCase()));
  const kept = headers.filter((line) => !line.startsWith('date:'));
  expect(kept).toHaveLength(headers.length - 1);
  return { status, headers: kept.sort(), body: text.slice(end + 4) };
}

const acme = '/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wrDoA';
describe('a plain question and the same one read by Node get the same answer', () => {
  const hosts = [
    'example.cn',
    'www.EXAMPLE.cn:8080',
    'example.cn.',
    'other.cn',
    'xn--fsqu00a.cn',
    '1.2.3.4',
    '[::1]',
    'a b',
    '',
    'example.cn,other.cn',
    '-x.cn',
    'a'.repeat(300),
  ];
  const cases = ['GET', 'HEAD'].flatMap((method) =>
    ['/auth', '/forward-auth', '/deny'].flatMap((path) => hosts.map((host) => [method, path, host] as const)),
  );
  test.each(cases)('%s %s %s', async (method, path, host) => {
    const name = path === '/forward-auth' ? 'X-Forwarded-Host' : 'X-Original-Host';
    const answers = [];
    for (const more of [[], [byNode]]) {
      const { socket, said } = await open();
      const ended = new Promise((resolve) => socket.on('end', resolve));
      socket.end(ask(method, path, `${name}: ${host}`, ...more));
      await ended;
      socket.destroy();
      answers.push(answerOf(said()));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.headers.join()).toMatch(/x-openbeian-reason|retry-after/);
  });

  test('a pass as a certificate’s validation only', async () => {
    const details = [`X-Original-Uri: ${acme}`, 'X-Original-Method: GET', 'X-Original-Proto: http'];
    const { socket, until } = await open();
    socket.write(ask('GET', '/auth', 'X-Original-Host: other.cn', ...details));
    expect(await until(/\r\n\r\n$/)).toMatch(/^HTTP\/1\.1 204 .*x-openbeian-pass: acme_challenge/s);
    socket.destroy();
  });
});

describe('one connection', () => {
  const plain = ask('HEAD', '/auth', 'X-Original-Host: example.cn');
  const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);

  test('asks plainly, then for a page, then several at once, then plainly, and is answered in that order', async () => {
    const { socket, until } = await open();
    socket.write(plain);
    await until(/ 204 No Content[^]*\r\n\r\n$/);
    socket.write(ask('GET', '/healthz'));
    await until(/"alive"/);
    socket.write(plain + ask('HEAD', '/auth', 'X-Original-Host: other.cn') + plain);
    socket.write(ask('GET', '/nowhere'));
    const text = await until(/404[^]*\}\r\n0\r\n\r\n$/);
    expect(statuses(text)).toEqual(['204', '200', '204', '403', '204', '404']);
    socket.write(plain);
    await until(/404[^]* 204 [^]*timeout=75\r\n\r\n$/);
    socket.destroy();
  });

  test('sends its first question byte by byte', async () => {
    const { socket, until } = await open();
    socket.setNoDelay(true);
    for (const byte of plain) {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(statuses(await until(/\r\n\r\n$/))).toEqual(['204']);
    socket.destroy();
  });

  test('asks many questions at once and gets as many answers', async () => {
    const { socket, said } = await open();
    const ended = new Promise((resolve) => socket.on('end', resolve));
    socket.write(plain);
    socket.end(plain.repeat(5000));
    await ended;
    expect(statuses(said())).toEqual(Array.from({ length: 5001 }, () => '204'));
  });

  test.each([
    ['a body beside its length', `${plain.slice(0, -2)}Content-Length: 3\r\n\r\nabc${plain}`, ['204', '204']],
    [
      'a length and chunks',
      `${plain.slice(0, -2)}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ['400'],
    ],
    ['two lengths', `${plain.slice(0, -2)}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, ['400']],
    ['a bare line feed', `HEAD /auth HTTP/1.1\nHost: gate\nX-Original-Host: example.cn\n\n`, ['400']],
    ['no host', 'HEAD /auth HTTP/1.1\r\nX-Original-Host: example.cn\r\n\r\n', ['400']],
  ])('behind a plain question, %s', async (_, text, expected) => {
    const { socket, said, until } = await open();
    const ended = new Promise((resolve) => socket.on('end', resolve));
    socket.write(plain);
    await until(/\r\n\r\n$/);
    socket.end(text);
    await ended;
    expect(statuses(said())).toEqual(['204', ...expected]);
  });

  test('that never reads its answers is not read from any more, and costs others nothing', {
    timeout: 60_000,
  }, async () => {
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => {});
    const mostBytes = 400 * 1024 * 1024;
    let sent = 0;
    const page = ask('GET', '/deny', 'X-Original-Host: other.cn');
    const before = process.memoryUsage().rss;
    // One question after another, each in a piece of its own, until the gate takes no more of them.
    const isStuck = await new Promise<boolean>((resolve) => {
      const more = () => {
        while (sent < mostBytes) {
          sent += page.length;
          if (socket.write(page)) continue;
          const stuck = setTimeout(() => resolve(true), 1500);
          socket.once('drain', () => {
            clearTimeout(stuck);
            more();
          });
          return;
        }
        resolve(false);
      };
      more();
    });
    expect(isStuck).toBe(true);
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(200);
    expect((await fetch(`${gate.url}/healthz`)).status).toBe(200);
    socket.destroy();
  });
});

test('a gate that closes ends connections that wait for a question', async () => {
  const other = await startGate(
    { listen: { port: 0 }, controlUrl: 'http://127.0.0.1:9', token: gateToken, snapshotFile: join(folder, 'other') },
    { log: () => {} },
  );
  const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
  socket.write(ask('GET', '/auth', 'X-Original-Host: example.cn'));
  await new Promise((resolve) => socket.once('data', resolve));
  const ended = new Promise((resolve) => socket.resume().on('end', resolve));
  await other.close();
  await ended;
});
