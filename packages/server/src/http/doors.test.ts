import { allOperations, type Operation } from '@openbeian/contract';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { HttpNeeds } from './needs.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

/* What every operation looks at before it reads a body: who asks, and what is left of his allowance. */

const broken = '{"broken';
const requestOf = ({ method, path }: Operation, headers: Record<string, string> = {}): InjectOptions => ({
  method,
  url: path.replace(/\{\w+\}/g, 'x'),
  headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), 'idempotency-key': 'k', ...headers },
  ...(method !== 'GET' && { payload: broken }),
});
const all = allOperations.map((operation): [string, Operation] => [operation.id, operation]);
const isOpen = ({ roles }: Operation) => roles === 'public';
const hasToken = ({ roles }: Operation) => roles === 'gate' || roles === 'portal';

function server(limits: Partial<HttpNeeds['settings']['limits']> = {}) {
  const { needs } = needsWith({});
  return createHttpServer({
    ...needs,
    settings: { ...needs.settings, limits: { ...needs.settings.limits, ...limits } },
  });
}

describe('before the body is read', () => {
  const app = server();
  it.each(all.filter(([, operation]) => !isOpen(operation)))(
    '%s refuses who is not signed in',
    async (_, operation) => {
      for (const headers of [{}, { cookie: 's=' }, { authorization: 'Bearer nonsense' }]) {
        expect((await app.inject(requestOf(operation, headers))).statusCode).toBe(401);
      }
    },
  );

  const byRole = all.filter(([, { roles }]) => Array.isArray(roles) && roles.length < 4);
  it.each(byRole)('%s refuses another role', async (_, operation) => {
    const other = ['customer', 'reviewer', 'operator', 'auditor'].find(
      (role) => !operation.roles.includes(role as never),
    );
    expect((await app.inject(requestOf(operation, { cookie: `s=${other}` }))).statusCode).toBe(403);
  });

  const none = { limit: 1, windowSeconds: 60 };
  const spent = server({ costPerAccount: none, costPerAddress: none });
  it.each(all.filter(([, operation]) => !hasToken(operation)))(
    '%s refuses who asked too often',
    async (_, operation) => {
      const role = Array.isArray(operation.roles) ? (operation.roles[0] ?? 'customer') : 'customer';
      const request = requestOf(operation, isOpen(operation) ? {} : { cookie: `s=${role}` });
      // A password beyond the allowance may come with more proof, which is in its body: ten times as many are read.
      const allowed = operation.id === 'signIn' ? 11 : 1;
      for (let turn = 0; turn < allowed; turn += 1) await spent.inject(request);
      const { statusCode, headers } = await spent.inject(request);
      // What the deployment is called is said to everybody: the sign-in page shows it.
      if (operation.id === 'getDeployment') return expect(statusCode).toBe(200);
      expect(statusCode).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(headers.ratelimit).toContain('r=0');
    },
  );
});
