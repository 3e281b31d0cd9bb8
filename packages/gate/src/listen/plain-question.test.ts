import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpRequest } from '../answer/asked-host.ts';
import { PlainQuestion } from './plain-question.ts';

const question = new PlainQuestion();
const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const lines = (...all: string[]) => bytesOf(`${all.join('\r\n')}\r\n\r\n`);

test('the question of a shipped proxy is read with all that answers ask for', () => {
  expect(
    question.read(
      lines(
        'HEAD /auth HTTP/1.1',
        'Host: gate',
        'x-OriGinal-Host:  www.example.cn ',
        'X-Original-Uri: /?a=b',
        'X-Empty:',
      ),
    ),
  ).toBe(true);
  const { method, url } = question;
  expect({ method, url }).toEqual({ method: 'HEAD', url: '/auth' });
  expect(
    ['host', 'x-original-host', 'x-original-uri', 'x-empty', 'x-other'].map((name) => question.header(name)),
  ).toEqual(['gate', 'www.example.cn', '/?a=b', '', undefined]);
  expect(question.read(lines('GET /deny HTTP/1.1', 'Host: a', 'X-Original-Host: b', 'X-Original-Host: c'))).toBe(true);
  expect(question.header('x-original-host')).toBe('b,c');
});

describe('is left to Node', () => {
  const auth = 'GET /auth HTTP/1.1';
  test.each([
    ['nothing', bytesOf('')],
    ['a question that is not complete', bytesOf(`${auth}\r\nHost: a\r\n`)],
    ['two questions', Buffer.concat([lines(auth, 'Host: a'), lines(auth, 'Host: a')])],
    ['a question with something behind it', Buffer.concat([lines(auth, 'Host: a'), bytesOf('G')])],
    ['no host', lines(auth, 'X-Original-Host: example.cn')],
    ['two hosts', lines(auth, 'Host: a', 'hOST: a')],
    ['another method', lines('POST /auth HTTP/1.1', 'Host: a')],
    ['a method in lower case', lines('get /auth HTTP/1.1', 'Host: a')],
    ['another path', lines('GET /explain HTTP/1.1', 'Host: a')],
    ['a path with a query', lines('GET /auth?x HTTP/1.1', 'Host: a')],
    ['an absolute target', lines('GET http://a/auth HTTP/1.1', 'Host: a')],
    ['HTTP/1.0', lines('GET /auth HTTP/1.0', 'Host: a')],
    ['two spaces', lines('GET  /auth HTTP/1.1', 'Host: a')],
    ['a length', lines(auth, 'Host: a', 'Content-Length: 0')],
    ['chunks', lines(auth, 'Host: a', 'TRANSFER-ENCODING: chunked')],
    ['a connection that shall end', lines(auth, 'Host: a', 'Connection: close')],
    ['an upgrade', lines(auth, 'Host: a', 'Upgrade: h2c')],
    ['an expectation', lines(auth, 'Host: a', 'Expect: 100-continue')],
    ['trailers', lines(auth, 'Host: a', 'TE: trailers')],
    ['a space before the colon', lines(auth, 'Host : a')],
    ['a folded header', lines(auth, 'Host: a', 'X-A: b', ' c')],
    ['a header without a name', lines(auth, 'Host: a', ': b')],
    ['a header without a colon', lines(auth, 'Host: a', 'X-A')],
    ['a tab', lines(auth, 'Host: a', 'X-A:\tb')],
    ['a null', lines(auth, 'Host: a', 'X-A: \0')],
    ['a bare line feed', bytesOf(`${auth}\nHost: a\r\n\r\n`)],
    ['a bare line feed behind a header', bytesOf(`${auth}\r\nHost: a\nX: y\r\n\r\n`)],
    ['a bare carriage return', bytesOf(`${auth}\r\nHost: a\rContent-Length: 1\r\n\r\n`)],
    ['bytes beyond ASCII', lines(auth, 'Host: a', 'X-Original-Host: \xe4\xb8\xad.cn')],
    ['many headers', lines(auth, 'Host: a', ...Array.from({ length: 64 }, (_, at) => `X-${at}: y`))],
    ['long headers', lines(auth, 'Host: a', `X-A: ${'y'.repeat(20_000)}`)],
    ['an empty line first', bytesOf(`\r\n${auth}\r\nHost: a\r\n\r\n`)],
  ])('%s', (_, bytes) => {
    expect(question.read(bytes)).toBe(false);
  });
});

describe('what is read as a plain question, Node reads as the same one request', () => {
  const headers = [
    'host',
    'x-original-host',
    'x-original-uri',
    'x-original-method',
    'x-a',
    'accept',
    'x-forwarded-host',
  ];
  const seen: object[] = [];
  const server = createServer({ maxHeaderSize: 1_100_000 }, (request, response) => {
    const asked = new HttpRequest(request);
    seen.push({ method: asked.method, url: asked.url, values: headers.map((name) => asked.header(name)) });
    response.end();
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What Node reads of these bytes and a further question behind them: where it thinks that the first ends shows in the second. */
  async function readByNode(bytes: Buffer): Promise<object[]> {
    seen.length = 0;
    await new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.end(Buffer.concat([bytes, lines('GET /second HTTP/1.1', 'Host: second', 'Connection: close')]));
      });
      socket.resume().on('error', reject).on('close', resolve);
    });
    return [...seen];
  }

  const part = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('GET', 'HEAD', ' ', '/auth', '/deny', '/forward-auth', 'HTTP/1.1', '\r\n', ': '),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('Host', 'X-Original-Host', 'X-A', 'Accept', 'Content-Length', 'Connection'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom('example.cn', '0', '5', 'close', 'chunked', 'Transfer-Encoding', ':', '\r', '\n'),
    },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) },
  );
  const header = fc
    .tuple(
      fc.oneof(fc.constantFrom(...headers, 'X-Original-Host', 'Via', "!#$%&'*+.^_`|~"), part),
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(':', ': ', ':  ') }, fc.constantFrom(' : ', ':\t')),
      fc.oneof(fc.constantFrom('example.cn', '', 'a b', 'a:b', '"', '\x7f'), fc.string({ maxLength: 12 }), part),
    )
    .map((pieces) => pieces.join(''));
  const request = fc
    .tuple(
      fc.constantFrom('GET', 'HEAD'),
      fc.constantFrom('/auth', '/deny', '/forward-auth'),
      fc.array(header, { maxLength: 6 }),
      fc.oneof(fc.constant([]), fc.array(fc.tuple(fc.nat(200), part), { maxLength: 2 })),
    )
    .map(([method, url, more, changes]) => {
      let text = `${method} ${url} HTTP/1.1\r\nHost: gate\r\n${more.map((line) => `${line}\r\n`).join('')}\r\n`;
      // Something else in some place of it.
      for (const [at, piece] of changes) text = text.slice(0, at) + piece + text.slice(at);
      return bytesOf(text);
    });

  test('whatever is put into it', { timeout: 120_000 }, async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(request, async (bytes) => {
        if (!question.read(bytes)) return;
        plain += 1;
        const { method, url } = question;
        const values = headers.map((name) => question.header(name));
        const second = expect.objectContaining({ url: '/second' });
        expect(await readByNode(bytes)).toEqual([{ method, url, values }, second]);
      }),
      { numRuns: 3000 },
    );
    // So that it cannot pass by reading nothing; some 600 are.
    expect(plain).toBeGreaterThan(200);
  });
});
