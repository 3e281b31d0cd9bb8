import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, afterEach, expect, test } from 'vitest';
import { certificateAt } from './certificate-at.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Debian's package of PostgreSQL brings it. */
const program = 'openssl';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('the end of the certificate is read, also of one that nobody trusts', async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  execFileSync(program, [...made, '-subj', '/CN=beian.example', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const port = await listening(createServer({ key: readFileSync(key), cert: readFileSync(cert) }));
  const found = await certificateAt(`https://127.0.0.1:${port}/console`);
  expect(found).toEqual({ host: '127.0.0.1', until: expect.any(String), trouble: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const days = (Date.parse(found.until ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThan(31);
});

test('nobody there, and somebody who speaks no TLS, are said', async () => {
  const plain = await listening(createPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await certificateAt(`https://127.0.0.1:${plain}`)).toMatchObject({ until: null, trouble: expect.any(String) });
  expect(await certificateAt('https://127.0.0.1:1')).toEqual({
    host: '127.0.0.1',
    until: null,
    trouble: 'ECONNREFUSED',
  });
});
