import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sendToSyslog } from './syslog.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-syslog-'));
const [certificate, key] = [join(folder, 'crt.pem'), join(folder, 'key.pem')];
/** Debian's packages of nginx and PostgreSQL bring it. */
const program = 'openssl';
beforeAll(() => {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = spawnSync(program, ['req', '-x509', ...curve, ...names, '-keyout', key, '-out', certificate]);
  expect(made.status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

let server: Server | undefined;
afterEach(() => server?.close());

/** What came over each connection. */
async function listen(make: (onSocket: (socket: Socket) => void) => Server) {
  const came: Promise<string>[] = [];
  const made = make((socket) => {
    came.push(
      new Promise((resolve) => {
        const chunks: Buffer[] = [];
        socket.on('data', (chunk) => chunks.push(chunk));
        socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
        socket.on('error', () => resolve(''));
      }),
    );
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return { port: (made.address() as AddressInfo).port, came };
}

async function* lines() {
  yield '{"kind":"row","row":{"at":"2026-11-21T01:00:00.000001Z","id":"aud_1","actorId":"陈"}}\n';
  yield '{"kind":"end","signature":"s"}\n';
}

/** By the lengths in front, as a receiver reads them. */
function messagesIn(text: string): string[] {
  const messages: string[] = [];
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const space = rest.indexOf(' ');
    const end = space + 1 + Number(rest.subarray(0, space).toString());
    messages.push(rest.subarray(space + 1, end).toString());
    rest = rest.subarray(end);
  }
  return messages;
}

const expected = [
  expect.stringMatching(
    /^<110>1 2026-11-21T01:00:00\.000001Z \S+ openbeian - row - \{"kind":"row",.*"actorId":"陈"\}\}$/,
  ),
  expect.stringMatching(/^<110>1 - \S+ openbeian - end - \{"kind":"end","signature":"s"\}$/),
];

test('over TLS each line is a message of RFC 5424; a certificate of somebody else is refused', async () => {
  const pair = { cert: readFileSync(certificate), key: readFileSync(key) };
  const { port, came } = await listen((onSocket) => createTlsServer(pair, onSocket));
  const url = `tls://localhost:${port}`;
  await sendToSyslog({ url, caFile: certificate }, lines(), 'en');
  expect(messagesIn((await came[0]) ?? '')).toEqual(expected);
  await expect(sendToSyslog({ url, caFile: null }, lines(), 'en')).rejects.toThrow(/localhost.*self-signed/);
});

test('without TLS to a relay of this machine only', async () => {
  const { port, came } = await listen(createServer);
  await sendToSyslog({ url: `tcp://127.0.0.1:${port}`, caFile: null }, lines(), 'en');
  expect(messagesIn((await came[0]) ?? '')).toEqual(expected);
  for (const url of ['tcp://logs.example:514', 'udp://127.0.0.1:514', 'logs.example', 'tcp://127.0.0.1'])
    await expect(sendToSyslog({ url, caFile: null }, lines(), 'en')).rejects.toThrow(/tls:\/\//);
});

test('a receiver that is away is said', async () => {
  const { port } = await listen(createServer);
  await new Promise((resolve) => server?.close(resolve));
  const away = sendToSyslog({ url: `tcp://127.0.0.1:${port}`, caFile: null }, lines(), 'en');
  await expect(away).rejects.toThrow(/ECONNREFUSED/);
});
