import { addDays, dayOf } from '@openbeian/model/calendar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../flows/command/call.ts';
import { createLogger } from '../http/log.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { loadSample } from './sample/load-sample.ts';

/** The list and the counts say the same about each state, though no state is stored. */
const customer: Actor = { userId: 'usr-xinghe', role: 'customer', accountId: 'acct-xinghe' };
const grantee: Actor = { userId: 'usr-yunfan', role: 'customer', accountId: 'acct-yunfan' };
const operator: Actor = { userId: 'usr-operator', role: 'operator', accountId: null };
const states = ['unused', 'suspended', 'bound', 'used', 'revoked'] as const;

let nowMs = Date.parse('2026-11-21T02:00:00.000Z');
const clock = { now: () => new Date(nowMs).toISOString() };
let deployment: Deployment;
let keys = 0;
const by = (actor: Actor) => {
  keys += 1;
  return { actor, idempotencyKey: `key-${keys}` };
};
const count = (some: Partial<Parameters<Deployment['flows']['countCodes']>[1]> = {}, actor = customer) =>
  deployment.flows.countCodes({ actor }, { side: 'issued', ...some });
async function list(state: (typeof states)[number], limit: number) {
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await deployment.flows.listCodes(
      { actor: customer },
      { side: 'issued', state, limit, ...(after && { after }) },
    );
    expect(page.codes.length).toBeLessThanOrEqual(limit);
    for (const code of page.codes) expect(code.state).toBe(state);
    ids.push(...page.codes.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
  await loadSample(deployment);
  const { facts } = await deployment.flows.getResource({ actor: customer }, { resourceId: 'xy-web-1' });
  const today = dayOf(clock.now());
  for (const [id, days] of [
    ['list-long', 300],
    ['list-short', 40],
  ] as const) {
    const expiresAt = addDays(today, days);
    const resource = { ...facts, boughtAt: '2026-06-01', expiresAt, used: { codes: 0, sites: 0 }, id };
    await deployment.flows.putInventory(by(operator), { body: { accounts: [], resources: [resource] } });
    for (const note of ['Harbour', 'office', ''])
      await deployment.flows.issueCodes(by(customer), { resourceId: id, count: 1, granteeAccountId: null, note });
  }
  const [last] = await list('unused', 50);
  await deployment.flows.revokeCode(by(customer), { codeId: last ?? '' });
}, 60_000);
afterAll(() => deployment.close());

it('counts what it lists, in every state and in pages of any size, as time suspends codes', async () => {
  for (const days of [0, 20]) {
    nowMs += days * 86_400_000;
    const { states: counted, total } = await count();
    for (const limit of [1, 2, 50]) {
      for (const state of states) {
        const ids = await list(state, limit);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids, `${state} by ${limit}`).toHaveLength(counted[state]);
      }
    }
    expect(total).toBe(Object.values(counted).reduce((sum, one) => sum + one, 0));
    expect(counted.revoked).toBe(1);
  }
  // Twenty days on, the codes of the server that had 40 days left are suspended; of the other none.
  expect((await count({ resourceId: 'list-short' })).states).toMatchObject({ unused: 0, suspended: 2 });
  expect((await count({ resourceId: 'list-long' })).states).toMatchObject({ unused: 3, suspended: 0 });
});

it('narrows by the text of the note, and counts a code that was issued and granted once', async () => {
  expect((await count({ search: 'harbour' })).total).toBe(2);
  const before = await count({ side: 'either' });
  const [code] = await list('unused', 50);
  await deployment.flows.grantCode(by(customer), { codeId: code ?? '', granteeAccountId: 'acct-xinghe' });
  expect(await count({ side: 'either' })).toEqual(before);
  const others = await count({ side: 'granted' }, grantee);
  await deployment.flows.grantCode(by(customer), { codeId: code ?? '', granteeAccountId: 'acct-yunfan' });
  expect((await count({ side: 'granted' }, grantee)).total).toBe(others.total + 1);
  // What was issued to others stays out of sight.
  expect((await count({ side: 'issued' }, grantee)).states.unused).toBe(0);
});
