import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../flows/command/call.ts';
import { createLogger } from '../http/log.ts';
import { createGuardedPost } from '../outbound/guarded-post.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { loadSample } from './sample/load-sample.ts';
import { failTest } from './testing/rule-world.ts';

const customer: Actor = { userId: 'usr-xinghe', role: 'customer', accountId: 'acct-xinghe' };
const grantee: Actor = { userId: 'usr-yunfan', role: 'customer', accountId: 'acct-yunfan' };
const stranger: Actor = { userId: 'usr-individual', role: 'customer', accountId: 'acct-individual' };
const operator: Actor = { userId: 'usr-operator', role: 'operator', accountId: null };

let nowMs = Date.now();
const clock = { now: () => new Date(nowMs).toISOString() };
const logged: string[] = [];
const errors: unknown[] = [];
let deployment: Deployment;
let keys = 0;
const by = (actor: Actor) => {
  keys += 1;
  return { actor, idempotencyKey: `key-${keys}` };
};

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Receiver {
  readonly url: string;
  readonly got: Received[];
  /** Requests that were given up without an answer. */
  readonly cut: number;
  /** Status to answer with; null: hangs. */
  answer: (received: Received) => number | null;
  text: string;
}
const servers: Server[] = [];
async function receiver(): Promise<Receiver> {
  const made: { url: string; got: Received[]; cut: number; answer: Receiver['answer']; text: string } = {
    url: '',
    got: [],
    cut: 0,
    answer: () => 204,
    text: '',
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      const received = { headers: request.headers, body };
      made.got.push(received);
      const status = made.answer(received);
      if (status !== null) response.writeHead(status).end(status === 204 ? undefined : made.text);
      else response.once('close', () => void (made.cut += 1));
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return made;
}

beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    webhooks: {
      allowHttp: true,
      insideReceivers: [{ owner: 'acct-xinghe', addresses: ['127.0.0.2'], ports: [9] }],
      timeoutMs: 2000,
      pauseAfterDead: 3,
    },
  });
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('debug', sink) });
  // As if this address were outside: what a receiver inside answers is not kept.
  const isPublic = (address: string) => address === '127.0.0.1';
  const outbound = createGuardedPost({ ...config.webhooks, isPublic, userAgent: 'OpenBeian-Webhook/1' });
  Object.assign(deployment.deps, { outbound });
  await loadSample(deployment);
}, 60_000);
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await deployment.close();
});
const senderOf = (owner: string) =>
  new WebhookSender(deployment.deps, { owner, pollMs: 20, onError: (error) => errors.push(error) });
let sender: WebhookSender;
let ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  sender = senderOf('test');
  ends = [];
  return async () => {
    for (const end of ends) await end();
    expect(errors).toEqual([]);
  };
});

async function hook(actor: Actor, url: string, types: ('CodeGranted' | 'CodeIssued')[] = []) {
  const made = await deployment.flows.createWebhook(by(actor), { url, types, description: '' });
  ends.push(() => deployment.flows.deleteWebhook(by(actor), { webhookId: made.webhook.id }));
  return { id: made.webhook.id, secret: made.secret ?? '' };
}
const viewOf = async (id: string) => {
  const { webhooks } = await deployment.flows.listWebhooks({ actor: operator }, {});
  return webhooks.find((one) => one.id === id);
};
let resources = 0;
/** A code on a server of its own. */
async function issue(): Promise<{ id: string; clear: string }> {
  resources += 1;
  const { facts } = await deployment.flows.getResource({ actor: customer }, { resourceId: 'xy-web-1' });
  const id = `hook-server-${resources}`;
  await deployment.flows.putInventory(by(operator), { body: { accounts: [], resources: [{ ...facts, id }] } });
  const input = { resourceId: id, count: 1, granteeAccountId: null, note: 'a note that stays here' };
  const [issued] = (await deployment.flows.issueCodes(by(customer), input)).codes;
  return { id: issued?.code.id ?? '', clear: issued?.clear ?? '' };
}
const grant = (codeId: string, granteeAccountId: string) =>
  deployment.flows.grantCode(by(customer), { codeId, granteeAccountId });
const typesOf = (to: Receiver) => to.got.map(({ body }) => JSON.parse(body).type);

describe('webhooks for events of codes', () => {
  it('reach issuer, grantee and provider, signed as receivers’ libraries verify it, without the clear code', async () => {
    const [toIssuer, toGrantee, toProvider, toStranger] = [
      await receiver(),
      await receiver(),
      await receiver(),
      await receiver(),
    ];
    const { secret } = await hook(customer, toIssuer.url);
    await hook(grantee, toGrantee.url);
    await hook(operator, toProvider.url, ['CodeGranted']);
    await hook(stranger, toStranger.url);
    const code = await issue();
    await grant(code.id, 'acct-yunfan');
    await deployment.flows.revokeCode(by(customer), { codeId: code.id });
    await sender.settle();
    expect(typesOf(toIssuer)).toEqual(['CodeIssued', 'CodeGranted', 'CodeRevoked']);
    expect(typesOf(toGrantee)).toEqual(['CodeGranted', 'CodeRevoked']);
    expect(typesOf(toProvider)).toEqual(['CodeGranted']);
    expect(toStranger.got).toEqual([]);
    for (const { body, headers } of toIssuer.got) {
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(verified).toMatchObject({ data: { id: headers['webhook-id'], code: { id: code.id } } });
      expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow(/signature/);
      expect(body).not.toContain(code.clear);
      expect(body).not.toContain('a note');
    }
  });

  it('are not sent twice, and each code’s in order while codes that are stuck hold up no other', async () => {
    const to = await receiver();
    const { id } = await hook(customer, to.url);
    const [stuck, free] = [await issue(), await issue()];
    await grant(stuck.id, 'acct-yunfan');
    await grant(free.id, 'acct-yunfan');
    let refusing = true;
    to.answer = ({ body }) => (refusing && JSON.parse(body).data.code.id === stuck.id ? 500 : 204);
    await sender.settle();
    nowMs += 2_000; // not yet
    await sender.settle();
    const of = (code: { id: string }) =>
      to.got.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.code.id === code.id);
    expect(of(free).map(({ type }) => type)).toEqual(['CodeIssued', 'CodeGranted']);
    expect(of(stuck).map(({ type }) => type)).toEqual(['CodeIssued']);
    expect(await viewOf(id)).toMatchObject({ waiting: 2 });
    refusing = false;
    nowMs += 4_000;
    await sender.settle();
    await sender.settle();
    expect(of(stuck).map(({ type }) => type)).toEqual(['CodeIssued', 'CodeIssued', 'CodeGranted']);
    expect(of(stuck)[0].data.id).toBe(of(stuck)[1].data.id);
    expect(await viewOf(id)).toMatchObject({ waiting: 0, failingSince: null });
  });

  it('are given up after three days of growing waits; a receiver that fails on and on is paused, told, and resumed', async () => {
    const to = await receiver();
    to.answer = () => 500;
    to.text = 'got whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAA= ABCDE-FGHJK-MNPQR-STUVW thanks';
    const { id } = await hook(customer, to.url, ['CodeIssued']);
    for (let turn = 0; turn < 3; turn += 1) await issue();
    const startMs = nowMs;
    const perDelivery: number[] = [];
    while ((await viewOf(id))?.state === 'active' && nowMs - startMs < 200 * 3_600_000) {
      await sender.settle();
      perDelivery.push((nowMs - startMs) / 3_600_000);
      nowMs += 1_800_000;
    }
    const hours = (nowMs - startMs) / 3_600_000;
    expect(hours).toBeGreaterThan(71);
    expect(hours).toBeLessThan(80);
    const { deliveries } = await deployment.flows.listDeliveries({ actor: customer }, { webhookId: id, limit: 50 });
    expect(deliveries.map(({ state, lastError, lastStatus }) => [state, lastError, lastStatus])).toEqual(
      deliveries.slice(0, 3).map(() => ['dead', 'status', 500]),
    );
    for (const { attempts, lastExcerpt } of deliveries) {
      expect(attempts).toBeGreaterThan(7);
      expect(attempts).toBeLessThan(20);
      expect(lastExcerpt).toBe('got […] […] thanks');
    }
    expect(await viewOf(id)).toMatchObject({
      state: 'paused',
      pausedBecause: 'failures',
      consecutiveDeadDeliveries: 3,
    });
    const { rows } = await deployment.flows.listAudit({ actor: operator }, { objectId: id, limit: 10 });
    expect(rows.map(({ action }) => action)).toEqual(['WebhookPaused', 'WebhookCreated']);

    // While paused nothing is sent; resumed, what waited goes out, and what was given up can be sent again.
    const before = to.got.length;
    const code = await issue();
    await sender.settle();
    expect(to.got).toHaveLength(before);
    await expect(deployment.flows.sendTestEvent(by(customer), { webhookId: id })).rejects.toMatchObject({
      code: 'webhook.paused',
    });
    to.answer = () => 204;
    const version = (await viewOf(id))?.version ?? 0;
    await deployment.flows.updateWebhook(by(customer), { webhookId: id, version, state: 'active' });
    await deployment.flows.redeliver(by(customer), { webhookId: id, deliveryId: deliveries[0]?.id ?? '' });
    await sender.settle();
    expect(
      to.got
        .slice(before)
        .map(({ body }) => JSON.parse(body).data)
        .map(({ id: eventId, code: { id: codeId } }) => (codeId === code.id ? 'new' : eventId))
        .sort(),
    ).toEqual([deliveries[0]?.eventId, 'new'].sort());
  });

  it('to a receiver that hangs keep nobody else waiting', async () => {
    const [hanging, well] = [await receiver(), await receiver()];
    hanging.answer = () => null;
    await hook(customer, hanging.url, ['CodeIssued']);
    await hook(customer, well.url, ['CodeIssued']);
    for (let turn = 0; turn < 12; turn += 1) await issue();
    while (well.got.length < 12 && hanging.cut === 0) {
      await sender.tick();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // All of them while the first requests to the other one were still hanging.
    expect([well.got.length, hanging.cut]).toEqual([12, 0]);
    expect(hanging.got.length).toBeLessThanOrEqual(8);
    await sender.stop();
  });

  it('are sent again under the same id when the sender was killed in between; two senders share the work', async () => {
    const to = await receiver();
    await hook(customer, to.url, ['CodeIssued']);
    await issue();
    while ((await deployment.deps.store.transaction((tx) => tx.codeEvents.takeUnrelayed({ limit: 1 }))).length > 0) {
      const { relayEvents } = await import('../flows/webhook/relay-events.ts');
      await relayEvents(deployment.deps, failTest);
    }
    // What a killed sender leaves behind: a lease, and perhaps a request that had arrived.
    const lease = { at: clock.now(), leaseMs: 10_000, limit: 10, perWebhook: 8 };
    const [taken] = await deployment.deps.store.leaseDeliveries({ ...lease, owner: 'killed' });
    expect(taken?.attempts).toBe(1);
    await Promise.all([sender.settle(), senderOf('other').settle()]);
    expect(to.got).toEqual([]);
    nowMs += 10_001;
    await Promise.all([sender.settle(), senderOf('other').settle()]);
    expect(to.got.map(({ headers }) => headers['webhook-id'])).toEqual([taken?.eventId]);
    // Its answer comes late and counts for nothing.
    const result = { status: null, error: 'timed_out', excerpt: null };
    expect(
      await deployment.deps.store.transaction((tx) =>
        tx.deliveries.retry(taken?.id ?? '', 'killed', clock.now(), result),
      ),
    ).toBe(false);
  });

  it('carry two signatures while the key is being replaced, and one again after that', async () => {
    const to = await receiver();
    const { id, secret } = await hook(customer, to.url, ['CodeIssued']);
    const call = by(customer);
    const rotated = await deployment.flows.rotateWebhookSecret(call, { webhookId: id, overlapHours: 1 });
    expect(rotated.secret).not.toBe(secret);
    // The same request again shows the same key; once it is replaced, no longer.
    expect((await deployment.flows.rotateWebhookSecret(call, { webhookId: id, overlapHours: 1 })).secret).toBe(
      rotated.secret,
    );
    const test = async () => {
      await deployment.flows.sendTestEvent(by(customer), { webhookId: id });
      await sender.settle();
      const last = to.got.at(-1);
      return [secret, rotated.secret ?? ''].map((key) => {
        const { headers } = last as Received;
        // The clock of the story is ahead of the machine's, which the library's `verify` looks at.
        const at = new Date(Number(headers['webhook-timestamp']) * 1000);
        const expected = new Webhook(key).sign(String(headers['webhook-id']), at, last?.body ?? '');
        return String(headers['webhook-signature']).split(' ').includes(expected);
      });
    };
    expect((await test()).sort()).toEqual([true, true]);
    nowMs += 3_600_001;
    expect(await test()).toEqual([false, true]);
  });

  it('are nobody else’s business, and refuse addresses inside', async () => {
    const to = await receiver();
    const { id } = await hook(customer, to.url);
    const refused = { code: 'object.not_found' };
    await expect(deployment.flows.deleteWebhook(by(stranger), { webhookId: id })).rejects.toMatchObject(refused);
    await expect(deployment.flows.sendTestEvent(by(stranger), { webhookId: id })).rejects.toMatchObject(refused);
    await expect(
      deployment.flows.listDeliveries({ actor: stranger }, { webhookId: id, limit: 5 }),
    ).rejects.toMatchObject(refused);
    expect((await deployment.flows.listWebhooks({ actor: stranger }, {})).webhooks).toEqual([]);
    await expect(
      deployment.flows.createWebhook(by(customer), { url: 'https://169.254.169.254/x', types: [], description: '' }),
    ).rejects.toMatchObject({ code: 'input.invalid' });
    const shown = JSON.stringify(await deployment.flows.listWebhooks({ actor: operator }, {}));
    expect(shown).not.toMatch(/whsec_|v1\./);
  });

  it('inside are for the owner whom they are configured for, on their ports', async () => {
    const make = (actor: Actor, url: string) =>
      deployment.flows.createWebhook(by(actor), { url, types: [], description: '' });
    const made = await make(customer, 'http://127.0.0.2:9/');
    ends.push(() => deployment.flows.deleteWebhook(by(customer), { webhookId: made.webhook.id }));
    const refused = { code: 'input.invalid' };
    await expect(make(customer, 'http://127.0.0.2:10/')).rejects.toMatchObject(refused);
    for (const actor of [stranger, operator]) {
      await expect(make(actor, 'http://127.0.0.2:9/')).rejects.toMatchObject(refused);
    }
  });

  it('show their whole address to their owner, and to the provider’s people the host only, who may but pause them', async () => {
    const to = await receiver();
    const { id } = await hook(customer, to.url);
    const { id: own } = await hook(operator, to.url);
    const auditor: Actor = { userId: 'usr-auditor', role: 'auditor', accountId: null };
    const urlFor = async (actor: Actor, webhookId: string) =>
      (await deployment.flows.listWebhooks({ actor }, {})).webhooks.find((one) => one.id === webhookId)?.url;
    expect(await urlFor(customer, id)).toBe(to.url);
    for (const actor of [operator, auditor]) expect(await urlFor(actor, id), actor.role).toBe(new URL(to.url).origin);
    expect(await urlFor(operator, own)).toBe(to.url);
    expect(await urlFor(auditor, own)).toBe(new URL(to.url).origin);

    const change = (more: object) =>
      deployment.flows.updateWebhook(by(operator), { webhookId: id, version: 1, ...more });
    await expect(change({ state: 'active' })).rejects.toMatchObject({ code: 'auth.forbidden' });
    for (const more of [{ url: to.url }, { types: [] }, { description: 'x' }]) {
      await expect(change({ ...more, state: 'paused' })).rejects.toMatchObject({ code: 'auth.forbidden' });
    }
    await expect(
      deployment.flows.rotateWebhookSecret(by(operator), { webhookId: id, overlapHours: 0 }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' });
    expect(await change({ state: 'paused' })).toMatchObject({ state: 'paused', url: new URL(to.url).origin });
    expect(await urlFor(customer, id)).toBe(to.url);
  });

  it('a receiver that answers 410 is paused at once', async () => {
    const to = await receiver();
    to.answer = () => 410;
    const { id } = await hook(customer, to.url, ['CodeIssued']);
    await issue();
    await sender.settle();
    expect(await viewOf(id)).toMatchObject({ state: 'paused', pausedBecause: 'gone' });
  });
});
