import { monitorEventLoopDelay } from 'node:perf_hooks';
import { check, parseInventory } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { loadPolicies, loadPolicyFiles } from '@openbeian/policies';
import { afterAll, describe, expect, it } from 'vitest';
import { InventoryThreads } from './inventory-threads.ts';

const threads = new InventoryThreads(loadPolicyFiles(), { exampleAddresses: true });
afterAll(() => threads.close());

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const at = '2026-11-21';
const evaluate = (value: unknown, mostResources = 300) =>
  threads.check({ body: bytesOf(value), at, mostResources }, 'acct-a');
const placesOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!isFault(error, 'input.invalid')) throw error;
  return { places: error.extras.places ?? [], more: error.extras.morePlaces ?? 0 };
};
const server = (index: number, more: object = {}) => ({
  id: `ins-${index}`,
  account: 'acct-a',
  provider: 'tencent',
  product: 'cvm',
  region: 'ap-guangzhou',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2026-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
  ...more,
});
/** The fact that is missing is named in the text. */
const asSent = (reasons: readonly object[] = []) => reasons.map((reason) => ({ ...reason, key: undefined }));
const many = (length: number, make: (index: number) => unknown) => Array.from({ length }, (_, index) => make(index));

describe('a check in a thread', () => {
  it('decides as the model does and tells each reason once', async () => {
    const resources = [server(1), server(2, { trial: true }), server(3, { trial: true, account: 'acct-b' })];
    const inventory = { accounts: [{ id: 'acct-a', realName: 'individual' }], resources, viewer: 'acct-a' };
    const { reasons, results } = JSON.parse(await evaluate(inventory));
    const told = check(parseInventory(inventory), loadPolicies(), at);
    const inFull = (use: { reasons: { ref: number }[] }) => use.reasons.map(({ ref }) => reasons[ref]);
    results.forEach((row: never, index: number) => {
      const { file, issue } = row as Record<'file' | 'issue', { outcome: string; reasons: { ref: number }[] }>;
      const { [index]: decision } = told.results;
      expect([file.outcome, issue.outcome]).toEqual([decision?.file.outcome, decision?.issue.outcome]);
      expect([inFull(file), inFull(issue)]).toEqual([decision?.file.reasons, decision?.issue.reasons].map(asSent));
    });
    expect(new Set(reasons.map((reason: object) => JSON.stringify(reason))).size).toBe(reasons.length);
  });

  it('answers at most four times what it was asked and 64 KiB, or says how many may be sent', async () => {
    const days = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
    const shapes = [
      (index: number) => ({ id: String(index), provider: 'tencent', product: 'cvm' }),
      (index: number) => ({ id: String(index), provider: '无', product: '无' }),
      (index: number) => server(index, { trial: true, state: 'stopped', publicIps: [], bandwidthMbps: 0 }),
      (index: number) => {
        const dated = { billing: 'prepaid', boughtAt: days(index), expiresAt: days(index + 20) };
        return { id: String(index), provider: 'tencent', product: 'cvm', ...dated };
      },
    ];
    for (const shape of shapes) {
      let length = 300;
      for (;;) {
        const body = JSON.stringify({ accounts: [], resources: many(length, shape) });
        const answer = await evaluate(body).catch((error: unknown) => error);
        if (typeof answer === 'string') {
          expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(4 * body.length + 65_536);
          break;
        }
        const { places } = await placesOf(Promise.reject(answer));
        const most = Number(/^at most (\d+) resources/.exec(places[0]?.expected ?? '')?.[1]);
        expect(most).toBeLessThan(length);
        length = most;
      }
      expect(length).toBeGreaterThan(30);
    }
    // What people have is longer than what nobody has: all of it is answered.
    expect(
      JSON.parse(await evaluate({ resources: many(300, (index) => server(index, { trial: true })) })).results,
    ).toHaveLength(300);
  });

  it('refuses more resources than may be sent, and what is no inventory, with places', async () => {
    expect((await placesOf(evaluate({ resources: many(301, () => 0) }))).places).toMatchObject([
      { path: 'body.resources', expected: expect.stringContaining('at most 300') },
    ]);
    const { places, more } = await placesOf(evaluate({ resources: many(300, () => 0) }));
    expect([places.length, more]).toEqual([50, 250]);
    for (const text of [
      '{"broken',
      '[]',
      'null',
      '"text"',
      '[1,2',
      `${'['.repeat(9000)}${']'.repeat(9000)}`,
      '{"resources":{}}',
    ]) {
      expect((await placesOf(evaluate(text))).places.length, text.slice(0, 20)).toBeGreaterThan(0);
    }
    const surrogate = await placesOf(evaluate('{"resources":[{"id":"\\ud800","provider":"a","product":"\\u0000"}]}'));
    expect(surrogate.places.map(({ path }) => path)).toEqual(['body.resources[0].id', 'body.resources[0].product']);
    for (const key of ['__proto__', 'constructor', 'toString']) {
      expect((await placesOf(evaluate(`{"resources":[],"${key}":{"polluted":1}}`))).places.length, key).toBe(1);
    }
  });
});

describe('an inventory that is read to be stored', () => {
  const mostBytes = 8 * 1024 * 1024;

  it('is the same in a thread and here, row by row, with the same digest', async () => {
    const document = { accounts: [{ id: 'acct-a' }], resources: many(400, (index) => server(index)) };
    const [there, here] = [await threads.read(bytesOf(document), 'a'), await threads.read(document, 'a')];
    expect(bytesOf(document).length).toBeGreaterThan(64 * 1024);
    expect([there.digest, there.counts]).toEqual([here.digest, here.counts]);
    for (const rows of ['accounts', 'resources'] as const) {
      // Twice, since a transaction may be done again.
      expect([...there[rows]]).toEqual(JSON.parse(JSON.stringify([...here[rows]])));
      expect([...there[rows]]).toHaveLength([...here[rows]].length);
    }
  });

  it('has no addresses of the documentation ranges, here and in a thread, unless they are allowed', async () => {
    const real = new InventoryThreads(loadPolicyFiles(), { exampleAddresses: false });
    for (const length of [1, 400]) {
      const { places } = await placesOf(real.read(bytesOf({ resources: many(length, (index) => server(index)) }), 'a'));
      expect(places[0]?.path).toBe('resources[0].publicIps[0].address');
    }
    await real.close();
  });

  it('needs an account for each resource', async () => {
    const read = threads.read(bytesOf({ resources: many(300, (index) => server(index, { account: undefined })) }), 'a');
    const { places, more } = await placesOf(read);
    expect([places[0]?.path, more]).toEqual(['resources[0].account', 250]);
  });

  it('of the largest size never holds up this thread, right or wrong', async () => {
    const rows = Math.floor(mostBytes / JSON.stringify(server(100_000)).length) - 10;
    const right = bytesOf({ resources: many(rows, (index) => server(index)) });
    const wrong = bytesOf(`{${'"k":0,'.repeat(mostBytes / 8)}"z":[]}`);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    await threads.check({ body: bytesOf({ resources: [] }), at, mostResources: 1 }, 'a');
    delay.enable();
    const [read, refused] = await Promise.all([threads.read(right, 'a'), placesOf(threads.read(wrong, 'b'))]);
    delay.disable();
    expect(delay.percentile(99) / 1e6).toBeLessThan(250);
    expect(read.counts.resources).toBe(rows);
    expect(refused.places.length).toBeGreaterThan(0);
  });
});
