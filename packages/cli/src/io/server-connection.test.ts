import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { asking } from './server-connection.ts';

afterEach(() => vi.unstubAllEnvs());

/** What a server is sent to sign in, which it refuses. */
async function sentBy(environment: Readonly<Record<string, string | undefined>>): Promise<unknown> {
  let sent = '';
  const server = createServer((request, response) => {
    request.on('data', (chunk) => (sent += chunk)).on('end', () => response.writeHead(401).end());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await expect(asking({ server: `http://127.0.0.1:${port}`, lang: 'en' }, async () => {})).rejects.toBeInstanceOf(
    Error,
  );
  server.close();
  server.closeAllConnections();
  return sent === '' ? null : JSON.parse(sent);
}

const person = { OPENBEIAN_API_KEY: undefined, OPENBEIAN_LOGIN: 'boss', OPENBEIAN_PASSWORD: 'a-password' };

it('signs in with a password and, where it is given, the code of a second factor', async () => {
  const body = { login: 'boss', password: 'a-password' };
  expect(await sentBy({ ...person, OPENBEIAN_CODE: undefined })).toEqual(body);
  expect(await sentBy({ ...person, OPENBEIAN_CODE: '123456' })).toEqual({ ...body, code: '123456' });
});
