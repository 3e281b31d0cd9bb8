import { expect, test } from 'vitest';
import { describeEmbedded, type RuleWorld } from './testing/rule-world.ts';

describeEmbedded('an access filing that is served while the authority decides', (get) => {
  const served = async (world: RuleWorld, host: string) =>
    (await world.flows.explainHost({ actor: world.operator }, { host })).reason;

  test('is no longer served in advance once an operator recalls it, and again when it is passed again', async () => {
    const world = get();
    const account = await world.account();
    world.filedElsewhere({ subjectNumber: '粤ICP备2026000777号', serviceNumber: '粤ICP备2026000777号-1' });
    const draft = await world.draft(account);
    world.filedElsewhere(null);
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const passed = await world.pass(await world.submit(await world.bind(draft, { resourceId })));
    expect(await served(world, draft.domainName)).toBe('grace');
    const { filingId, version } = passed;
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    const recalled = await world.flows.recallFiling(call, { filingId, version, comment: '管局长时间未返回' });
    expect(recalled.kind).toBe('access');
    expect(await served(world, draft.domainName)).toBe('unfiled');
    await world.pass(await world.submit({ ...passed, version: recalled.version }));
    expect(await served(world, draft.domainName)).toBe('grace');
  });
});
