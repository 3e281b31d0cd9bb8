import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createOidcSignIn } from './oidc.ts';

let sent = 0;
/** A provider whose description has no end. */
const server = createServer((_, response) => {
  const piece = Buffer.alloc(65_536, 'a');
  const fill = (to: ServerResponse) => {
    while (!to.destroyed && sent < 1e9 && to.write(piece)) sent += piece.length;
    to.once('drain', () => fill(to));
  };
  response.on('error', () => {}).writeHead(200, { 'content-type': 'application/json' });
  response.write('{"issuer":"');
  fill(response);
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('of a provider’s answer without end only so much is read, and nobody is kept waiting', async () => {
  const oidc = createOidcSignIn({
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'openbeian',
    clientSecret: 'a secret of the test, long enough',
    scope: 'openid',
    redirectUri: 'https://beian.example/oidc',
    allowHttp: true,
    timeoutMs: 20_000,
    loginClaim: 'preferred_username',
    nameClaim: 'name',
    roleClaim: 'roles',
    requiredAcr: null,
    roles: {},
  });
  const begun = performance.now();
  await expect(oidc.begin({ state: 's', nonce: 'n', codeVerifier: 'v' })).rejects.toMatchObject({
    code: 'auth.provider_refused',
  });
  expect(performance.now() - begun).toBeLessThan(10_000);
  // What the sockets hold is all that left.
  expect(sent).toBeLessThan(50_000_000);
});
