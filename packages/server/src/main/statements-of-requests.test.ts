import { expect, test, vi } from 'vitest';
import { Session } from '../store/engine/session.ts';
import { describeEmbedded } from './testing/rule-world.ts';

/** What the flow asks the database for, without BEGIN and COMMIT. */
async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const spies = (['rows', 'row', 'write'] as const).map((method) => vi.spyOn(Session.prototype, method));
  try {
    await run();
    for (const { mock } of spies) {
      for (const [index, [text, values]] of mock.calls.entries()) {
        const order = String(mock.invocationCallOrder[index]).padStart(9, '0');
        seen.push(`${order} ${text} ${JSON.stringify(values ?? [])}`);
      }
    }
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return seen.sort().map((one) => one.slice(10));
}

describeEmbedded('a request', (get) => {
  test('asks the database for nothing twice, and for no more than before', async () => {
    const world = get();
    const account = await world.account();
    const [here, there] = [
      await world.server(account, 'tencent', 'cvm'),
      await world.server(account, 'tencent', 'cvm'),
    ];
    await world.issue(account, here);
    const call = () => world.call(account);
    const draft = await world.draft(account);
    const bound = await world.bind(await world.draft(account), { resourceId: here });
    const { filingId } = bound;
    const page = { limit: 20 };
    const { flows } = world;
    const asked: Readonly<Record<string, readonly [most: number, run: () => Promise<unknown>]>> = {
      listResources: [2, () => flows.listResources(call(), page)],
      listCodes: [2, () => flows.listCodes(call(), { ...page, side: 'issued' })],
      listFilings: [1, () => flows.listFilings(call(), page)],
      getFiling: [3, () => flows.getFiling(call(), { filingId })],
      getFilingForm: [2, () => flows.getFilingForm(call(), { filingId })],
      checkFiling: [2, () => flows.checkFiling(call(), { filingId })],
      bindFiling: [
        10,
        () =>
          flows.bindFiling(call(), { filingId: draft.filingId, version: draft.version, with: { resourceId: there } }),
      ],
      submitFiling: [19, () => flows.submitFiling(call(), { filingId, version: bound.version })],
    };
    const found: Record<string, number> = {};
    for (const [id, [most, run]] of Object.entries(asked)) {
      const statements = await statementsOf(run);
      const twice = statements.filter((one, index) => statements.indexOf(one) !== index);
      expect([id, twice]).toEqual([id, []]);
      found[id] = statements.length;
      expect([id, statements.length <= most ? most : statements]).toEqual([id, most]);
    }
    expect(Object.values(found).every((count) => count > 0)).toBe(true);
  });
});
