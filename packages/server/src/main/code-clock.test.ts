import { addDays, dayOf } from '@openbeian/model/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import type { Actor } from '../flows/command/call.ts';
import { createFlows } from '../flows/index.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import { createLogger } from '../http/log.ts';
import { type CodeEventRow, readableOf } from '../ports/index.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { loadSample } from './sample/load-sample.ts';
import { failTest } from './testing/rule-world.ts';

const customer: Actor = { userId: 'usr-xinghe', role: 'customer', accountId: 'acct-xinghe' };
const operator: Actor = { userId: 'usr-operator', role: 'operator', accountId: null };
const dayMs = 86_400_000;

let nowMs = Date.parse('2026-11-21T02:00:00.000Z');
const clock = { now: () => new Date(nowMs).toISOString() };
const today = () => dayOf(clock.now());
let deployment: Deployment;
let keys = 0;
const by = (actor: Actor) => {
  keys += 1;
  return { actor, idempotencyKey: `key-${keys}` };
};

beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
  await loadSample(deployment);
  await rest();
}, 60_000);
afterAll(() => deployment.close());

/** What the worker does, until nothing is left. */
async function rest(): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const done = (await relayEvents(deployment.deps, failTest)) + (await keepCodeClock(deployment.deps, failTest));
    if (done === 0) return;
  }
  throw new Error('it does not come to rest');
}
const events: { type: string; codeId: string; detail: CodeEventRow['detail'] }[] = [];
/** As `rest`, noting what was told about one code. */
async function told(codeId: string): Promise<unknown[]> {
  const from = events.length;
  for (let round = 0; round < 50; round += 1) {
    events.push(...(await deployment.deps.store.transaction((tx) => tx.codeEvents.takeUnrelayed({ limit: 500 }))));
    if ((await relayEvents(deployment.deps, failTest)) + (await keepCodeClock(deployment.deps, failTest)) === 0) break;
  }
  return events
    .slice(from)
    .filter((event) => event.codeId === codeId)
    .map(({ type, detail }) => (type === 'CodeStopping' ? [type, readableOf(detail)['daysLeft']] : type));
}
let servers = 0;
async function put(id: string, some: Record<string, unknown>): Promise<void> {
  const { facts } = await deployment.flows.getResource({ actor: customer }, { resourceId: 'xy-web-1' });
  await deployment.flows.putInventory(by(operator), {
    body: { accounts: [], resources: [{ ...facts, boughtAt: '2026-06-01', ...some, id }] },
  });
}
/** A code on a server of its own that stops in so many days: the sample provider wants 30 days left. */
async function codeStoppingIn(days: number): Promise<{ codeId: string; resourceId: string }> {
  servers += 1;
  const resourceId = `clock-server-${servers}`;
  await put(resourceId, { expiresAt: addDays(today(), days + 29) });
  const input = { resourceId, count: 1, granteeAccountId: 'acct-yunfan', note: '' };
  const [issued] = (await deployment.flows.issueCodes(by(customer), input)).codes;
  return { codeId: issued?.code.id ?? '', resourceId };
}
const stopping = (days = 30, some: { after?: string; limit?: number } = {}) =>
  deployment.flows.listStoppingCodes({ actor: customer }, { days, limit: 200, ...some });

describe('the notification job', () => {
  it('tells 30, 14, 7 and 1 days before a code stops, each once, and when it has stopped', async () => {
    const { codeId, resourceId } = await codeStoppingIn(35);
    expect(await told(codeId)).toEqual(['CodeIssued']);
    const days: unknown[] = [];
    for (let day = 1; day <= 40; day += 1) {
      nowMs += dayMs;
      for (const what of await told(codeId)) days.push([35 - day, what]);
      expect(await told(codeId)).toEqual([]);
    }
    expect(days).toEqual([
      [30, ['CodeStopping', 30]],
      [14, ['CodeStopping', 14]],
      [7, ['CodeStopping', 7]],
      [1, ['CodeStopping', 1]],
      [0, 'CodeSuspended'],
    ]);
    // Renewed: alive again, and everything starts again for the new day.
    await put(resourceId, { expiresAt: addDays(today(), 20 + 29) });
    expect(await told(codeId)).toEqual(['CodeRevived', ['CodeStopping', 20]]);
    nowMs += 6 * dayMs;
    expect(await told(codeId)).toEqual([['CodeStopping', 14]]);
    // Another day and back: what was told for a day is not told again.
    const expiresAt = addDays(today(), 14 + 29);
    await put(resourceId, { expiresAt: addDays(today(), 100) });
    expect(await told(codeId)).toEqual([]);
    await put(resourceId, { expiresAt });
    expect(await told(codeId)).toEqual([]);
  });

  it('after a time without it tells the nearest threshold only, and nothing about a stop that is over', async () => {
    const [late, over] = [await codeStoppingIn(33), await codeStoppingIn(12)];
    await rest();
    nowMs += 28 * dayMs;
    expect(await told(late.codeId)).toEqual([['CodeStopping', 5]]);
    const after = events.filter(({ codeId }) => codeId === over.codeId).map(({ type }) => type);
    expect(after).toEqual(['CodeSuspended']);
  });

  it('tells when a fact suspends a code, and the state is right without it', async () => {
    const { codeId, resourceId } = await codeStoppingIn(200);
    await rest();
    await put(resourceId, { expiresAt: addDays(today(), 229), publicIps: [], bandwidthMbps: 0 });
    // Nobody has looked yet: the state is derived.
    expect((await deployment.flows.getCode({ actor: customer }, { codeId })).state).toBe('suspended');
    expect(await told(codeId)).toEqual(['CodeSuspended']);
    await put(resourceId, { expiresAt: addDays(today(), 229) });
    expect((await deployment.flows.getCode({ actor: customer }, { codeId })).state).toBe('unused');
    expect(await told(codeId)).toEqual(['CodeRevived']);
  });

  it('leaves one notice for the codes of a resource, for issuer and grantee, until it is read', async () => {
    const grantee: Actor = { userId: 'usr-yunfan', role: 'customer', accountId: 'acct-yunfan' };
    await deployment.flows.markNoticesRead(by(customer), {});
    await deployment.flows.markNoticesRead(by(grantee), {});
    const { resourceId } = await codeStoppingIn(14);
    const input = { resourceId, count: 2, granteeAccountId: null, note: '' };
    await deployment.flows.issueCodes(by(customer), input);
    await rest();
    const read = (actor: Actor) => deployment.flows.listNotices({ actor }, { unread: 'true', limit: 50 });
    const mine = await read(customer);
    expect(mine.notices.map(({ type, codes, daysLeft, resourceId: of }) => [type, codes, daysLeft, of])).toEqual([
      ['CodeStopping', 3, 14, resourceId],
    ]);
    expect(mine.notices[0]?.text.zh).toContain('3 个授权码');
    expect((await read(grantee)).notices.map(({ codes }) => codes)).toEqual([1]);
    expect((await read(operator)).notices).toEqual([]);
    const ids = mine.notices.map(({ id }) => id);
    expect(await deployment.flows.markNoticesRead(by(grantee), { ids })).toEqual({ unread: 1 });
    expect(await deployment.flows.markNoticesRead(by(customer), { ids })).toEqual({ unread: 0 });
  });
});

describe('what stops within some days', () => {
  it('is listed in order and by page, for an account or for all, and follows every change', async () => {
    const before = await stopping(60);
    const [b, a, c] = [await codeStoppingIn(59), await codeStoppingIn(58), await codeStoppingIn(90)];
    const fresh = await stopping(60);
    expect(fresh.indexing).toBeGreaterThan(0);
    await rest();
    const all = await stopping(60);
    expect([all.total, all.indexing]).toEqual([before.total + 2, 0]);
    expect(all.codes.slice(-2).map(({ code, daysLeft }) => [code.id, daysLeft])).toEqual([
      [a.codeId, 58],
      [b.codeId, 59],
    ]);
    const pages: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await stopping(60, { limit: 1, ...(after !== undefined && { after }) });
      pages.push(...page.codes.map(({ code }) => code.id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(pages).toEqual(all.codes.map(({ code }) => code.id));
    const provider = await deployment.flows.listStoppingCodes(
      { actor: operator },
      { days: 60, limit: 200, accountId: 'acct-yunfan' },
    );
    expect(provider.total).toBe(0);

    // The index is behind for a moment; the answer derives each code and leaves out what does not stop then.
    await put(a.resourceId, { expiresAt: addDays(today(), 300) });
    const stale = await stopping(60);
    expect(stale.codes.map(({ code }) => code.id)).not.toContain(a.codeId);
    await deployment.flows.revokeCode(by(customer), { codeId: b.codeId });
    await rest();
    expect((await stopping(60)).total).toBe(before.total);
    expect((await stopping(100)).codes.map(({ code }) => code.id)).toContain(c.codeId);
    await expect(stopping(60, { after: 'junk' })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('is worked out again when the rules are others', async () => {
    const { codeId } = await codeStoppingIn(50);
    await rest();
    const changed = { ...deployment.deps, policyFingerprint: () => 'other rules' };
    const flows = createFlows(changed);
    const pending = await flows.listStoppingCodes({ actor: operator }, { days: 60, limit: 200 });
    expect(pending.indexing).toBeGreaterThan(0);
    await deployment.deps.store.transaction((tx) =>
      tx.codeClock.put([{ codeId, stopsOn: null, warnOn: null, suspensionNotified: false }]),
    );
    while ((await keepCodeClock(changed, failTest)) > 0);
    const after = await flows.listStoppingCodes({ actor: operator }, { days: 60, limit: 200 });
    expect([after.indexing, after.codes.map(({ code }) => code.id).includes(codeId)]).toEqual([0, true]);
    await rest();
  });
});
