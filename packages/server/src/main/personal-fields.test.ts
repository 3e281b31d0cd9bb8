import { expect, test } from 'vitest';
import { describeOnBoth } from './testing/rule-world.ts';

const mobile = 'subject.principal.mobile';

await describeOnBoth('what is in a personal field', (world) => {
  test.each([
    ['text', '13800138000', '138****8000'],
    ['a list, where text belongs', ['13800138000', '13900139000'], ['138****8000', '139****9000']],
    ['an empty list', [], []],
  ])('is sealed and masked, whatever its type: %s', async (_, value, masked) => {
    const { flows, deps, account, draft, call } = world();
    const filing = await draft(await account());
    await flows.saveFilingForm(call(filing.accountId), {
      filingId: filing.filingId,
      version: filing.version,
      values: { [mobile]: value },
    });
    const stored = await deps.store.transaction((tx) => tx.filings.find(filing.filingId));
    expect(stored?.form[mobile]).toMatchObject({ sealed: expect.stringMatching(/^v1\./) });
    expect(JSON.stringify(stored)).not.toContain('13800138000');

    const reviewer = { userId: 'usr_reviewer', role: 'reviewer', accountId: null } as const;
    const form = await flows.getFilingForm({ actor: reviewer }, { filingId: filing.filingId });
    expect(form.values[mobile]).toEqual(masked);
    const mine = await flows.getFilingForm(call(filing.accountId), { filingId: filing.filingId });
    expect(mine.values[mobile]).toEqual(value);
  });
});
