import { operations, resultsInFull } from '@openbeian/contract';
import { check, parseInventory } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import { loadPolicies } from '@openbeian/policies';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const resource = {
  id: 'ins-checked',
  provider: 'xingyun',
  product: 'server',
  region: 'cn-north-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
};
const busy = () => Promise.reject(new Fault('server.busy', { retryAfterSeconds: 5 }));
const inventory = { accounts: [], resources: [resource] };

describeOperation(
  'checkInventory',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    sample: () => ({ body: inventory }),
    leaves: 'nothing',
  },
  (get) => {
    test('evaluates for today or the day that is given, and stores nothing', async () => {
      const { client } = await get().customer();
      const check = (at?: string) => client.checkInventory({ query: { at }, body: inventory });
      const today = await check();
      expect([today.at, today.results.map(({ resource: id, file }) => [id, file.outcome])]).toEqual([
        '2026-11-21',
        [['ins-checked', 'eligible']],
      ]);
      const later = await check('2028-12-15');
      expect([later.at, later.results[0]?.file.reasons.map(({ code }) => code)]).toEqual([
        '2028-12-15',
        ['resource.remaining_term_too_short'],
      ]);
    });

    test('tells each reason once, as rows of the contract have it', async () => {
      const { client } = await get().customer();
      const poor = (id: string, product: string) => ({ id, provider: 'xingyun', product, region: 'cn-north-1' });
      const resources = [poor('one', 'server'), poor('two', 'server'), poor('three', 'unknown')];
      const answer = await client.checkInventory({ body: { accounts: [], resources } });
      const refs = answer.results.flatMap(({ file, issue }) => [...file.reasons, ...issue.reasons]);
      expect(new Set(refs.map(({ ref }) => ref)).size).toBe(answer.reasons.length);
      expect(refs.length).toBeGreaterThan(answer.reasons.length);
      expect(refs.every(({ code, ref }) => answer.reasons[ref]?.code === code)).toBe(true);
      const document = JSON.parse(JSON.stringify(check(parseInventory({ resources }), loadPolicies(), answer.at)));
      const shape = operations.getResource.answer.shape.check;
      expect(resultsInFull(answer)).toEqual(document.results.map((row: unknown) => shape.parse(row)));
    });

    test('is told to come again where too many wait', async () => {
      const world = get();
      world.replace({ inventories: { check: busy } });
      const { client } = await world.customer();
      expect(await refusal(client.checkInventory({ body: inventory }))).toEqual(['server.busy']);
    });

    test('names wrong places and impossible days', async () => {
      const { client } = await get().customer();
      const ask = (body: Record<string, unknown>, at?: string) => client.checkInventory({ query: { at }, body });
      expect(await refusal(ask({ ...inventory, colour: 'red' }))).toEqual(['input.invalid']);
      expect(await refusal(ask(inventory, '2026-02-30'))).toEqual(['input.invalid']);
    });
  },
);
