import { allOperations } from '@openbeian/contract';
import { expect, it } from 'vitest';
import type { Flows } from './flow-table.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';
import { routePath } from './wire.ts';

it('support access lets reading operations of customers through, and none that changes anything but its own end', async () => {
  const reached = new Set<string>();
  // Every flow only notes that it was reached.
  const flows = new Proxy({} as Flows, {
    get: (_, id) => async () => {
      reached.add(String(id));
      return {};
    },
  });
  const { needs } = needsWith(flows);
  const app = createHttpServer(needs);
  const wrong: string[] = [];
  for (const operation of allOperations) {
    const { id, method, roles, command } = operation;
    if (typeof roles === 'string' || id === 'getSession' || id === 'signOut') continue;
    const answer = await app.inject({
      method,
      url: routePath(operation).replaceAll(/:\w+/g, 'x'),
      headers: { cookie: 's=support', 'idempotency-key': 'k', 'content-type': 'application/json' },
      ...(method !== 'GET' && { payload: '{}' }),
    });
    const isOwn = roles.includes('customer');
    const reads = (method === 'GET' && !command) || id === 'endSupportAccess';
    const expected = !isOwn ? 'auth.forbidden' : reads ? 'let through' : 'auth.support_read_only';
    const { code } = answer.json<{ code?: string }>();
    const got = code === 'auth.forbidden' || code === 'auth.support_read_only' ? code : 'let through';
    if (got !== expected || (got !== 'let through' && reached.has(id))) wrong.push(`${id}: ${got}, not ${expected}`);
  }
  expect(wrong).toEqual([]);
  expect(reached.has('listFilings')).toBe(true);
}, 30_000);
