import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { type Client, createClient, createCookieJar } from '@openbeian/contract/client';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createLogger } from '../http/log.ts';
import { createGuardedPost } from '../outbound/guarded-post.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { loadSample } from './sample/load-sample.ts';
import { sampleLogins } from './sample/people.ts';
import { listen } from './server.ts';

it('a clear code is in no table, no line of the log and no webhook, whatever is done with it', async () => {
  const logged: string[] = [];
  const sent: string[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const receiver = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text) => sent.push(text));
    // A receiver that repeats everything it is sent, signature and all.
    request.on('end', () => response.writeHead(500).end(JSON.stringify([request.headers, ...sent])));
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    http: { port: 0 },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    webhooks: { allowHttp: true },
    log: { level: 'debug' },
  });
  const deployment = await openDeployment(config, { inMemory: true, logger: createLogger('debug', sink) });
  // As if this machine were outside: what a receiver inside answers is not kept at all.
  const isPublic = (address: string) => address === '127.0.0.1';
  const outbound = createGuardedPost({ ...config.webhooks, isPublic, userAgent: 'test' });
  Object.assign(deployment.deps, { outbound });
  await loadSample(deployment);
  const server = await listen(deployment, null);
  const as = async (name: string): Promise<Client> => {
    const client = createClient({ baseUrl: server.url, cookies: createCookieJar() });
    const { login, password } = sampleLogins.find((one) => one.login === name) ?? { login: '', password: '' };
    await client.signIn({ body: { login, password } });
    return client;
  };
  try {
    const [issuer, other] = [await as('xinghe'), await as('individual')];
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const { secret } = await issuer.createWebhook({ body: { url } });
    const key = { idempotencyKey: 'issue-once' };
    const body = { count: 2, granteeAccountId: 'acct-individual' };
    const issued = await issuer.issueCodes({ params: { resourceId: 'xy-web-1' }, body }, key);
    expect(await issuer.issueCodes({ params: { resourceId: 'xy-web-1' }, body }, key)).toEqual(issued);
    const clears = issued.codes.map(({ clear }) => clear);
    const [first, second] = issued.codes;
    const [clear = '', codeId = ''] = [first?.clear, first?.code.id];
    const verify = (client: Client, code: string, accountId: string) =>
      client.verifyCode({ body: { code, accountId, domainName: 'example.cn' } });
    expect((await verify(other, clear.toLowerCase(), 'acct-individual')).usable).toBe(true);
    const wrongLetter = clear.endsWith('X') ? 'Y' : 'X';
    expect((await verify(other, `${clear.slice(0, -1)}${wrongLetter}`, 'acct-individual')).usable).toBe(false);
    expect(await other.revealCode({ params: { codeId }, body: { reason: 'mislaid' } })).toEqual({ clear });
    // Wrong places for it: a path, a query, a login, a body that is refused.
    await other.getCode({ params: { codeId: clear } }).catch(() => {});
    await other.listCodes({ query: { resourceId: clear } }).catch(() => {});
    await fetch(`${server.url}/api/v1/codes?code=${clear}`);
    await fetch(`${server.url}/${clear}`);
    await fetch(`${server.url}/api/v1/codes/verify`, { method: 'POST', body: `{"code":"${clear}"` });
    await issuer.revokeCode({ params: { codeId: second?.code.id ?? '' } });
    const failures: unknown[] = [];
    const sender = new WebhookSender(deployment.deps, {
      owner: 'test',
      pollMs: 50,
      onError: (error) => failures.push(error),
    });
    await sender.settle();
    expect([failures, sent.length > 0]).toEqual([[], true]);

    const { kysely } = deployment.open;
    const tables = await sql<{ name: string }>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`.execute(kysely);
    const dump: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql.raw(name)} t`.execute(
        kysely,
      );
      dump.push(...rows.rows.map(({ row }) => `${name}: ${row}`));
    }
    // The look is not in vain: what is kept instead of the code is there.
    expect(dump.some((row) => row.startsWith('filing_code') && row.includes(clear.slice(-4)))).toBe(true);
    expect(logged.length).toBeGreaterThan(5);
    const plain = (text: string) => text.replaceAll('-', '').toLowerCase();
    for (const [where, lines] of Object.entries({ dump, logged, sent })) {
      for (const line of lines) {
        for (const one of clears) expect(plain(line).includes(plain(one)), `${where}: ${line}`).toBe(false);
        if (where !== 'sent') expect(line.includes(secret ?? 'none'), `${where}: ${line}`).toBe(false);
      }
    }
  } finally {
    await server.close();
    receiver.closeAllConnections();
    receiver.close();
    await deployment.close();
  }
}, 60_000);
