import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCompany, waitingMove } from '../../main/testing/filed-company.ts';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { urlOf, webhook } from '../../main/testing/webhooks.ts';

describe('tell', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  /** What steps of filings tell is for `tell-of-filing.test.ts`. */
  const isOfRecord = ({ type }: { readonly type: string }) => !type.startsWith('Filing');
  const noticesOf = async ({ client }: Customer) =>
    (await client.listNotices({})).notices.filter(isOfRecord).toReversed();
  const typesOf = async (customer: Customer) => (await noticesOf(customer)).map(({ type }) => type);
  const sentTo = async ({ client }: Customer, webhookId: string) => {
    const { deliveries } = await client.listDeliveries({ params: { webhookId } });
    const shown = deliveries.filter(isOfRecord).map(({ type, body }) => ({ type, ...JSON.parse(body) }));
    return shown.toReversed();
  };

  test('a move: the other side is told of its beginning, who began it of its end; webhooks of both are sent it', async () => {
    const [owner, target] = [await world.customer(), await world.customer()];
    const hooks = [await webhook(world, owner), await webhook(world, target)] as const;
    const first = await waitingMove(world, owner, target);
    const { moveId, subjectNumber, proof } = first;
    expect(await typesOf(owner)).toEqual([]);
    const [begun] = await noticesOf(target);
    expect(begun).toMatchObject({ type: 'MoveBegun', readAt: null });
    expect(begun?.text.zh).toContain(`要将主体 ${subjectNumber} 的备案迁移到本账号`);
    await target.client.endMove({ params: { moveId }, body: {} });
    const body = { subjectNumber, ...proof };
    const again = await owner.client.beginMove({ body: { ...body, toAccountId: target.accountId } });
    await owner.client.endMove({ params: { moveId: again.id }, body: {} });
    const claim = await target.client.beginMove({ body });
    await owner.client.confirmMove({ params: { moveId: claim.id }, body: proof });
    // Of what moved both sides are told: whoever confirmed it may not be the only one of that account.
    expect(await typesOf(owner)).toEqual(['MoveRefused', 'MoveBegun', 'MoveConfirmed']);
    const [, claimed, gone] = (await noticesOf(owner)).map(({ text }) => text.zh);
    expect(claimed).toContain(`另一账号认领主体 ${subjectNumber} 的备案`);
    expect(gone).toContain(`主体 ${subjectNumber} 的备案已迁移到对方账号`);
    expect(await typesOf(target)).toEqual(['MoveBegun', 'MoveBegun', 'MoveWithdrawn', 'MoveConfirmed']);
    const types = ['MoveBegun', 'MoveRefused', 'MoveBegun', 'MoveWithdrawn', 'MoveBegun', 'MoveConfirmed'];
    const [sent, sentToTarget] = [await sentTo(owner, hooks[0].id), await sentTo(target, hooks[1].id)];
    for (const one of [sent, sentToTarget]) expect(one.map(({ type }) => type)).toEqual(types);
    const hidden = { id: moveId, subjectNumber, fromAccountId: owner.accountId, toAccountId: null };
    expect(sent[0]).toMatchObject({ timestamp: expect.any(String), data: { id: expect.any(String), move: hidden } });
    expect(sentToTarget[0]?.data.move).toMatchObject({ fromAccountId: null, toAccountId: target.accountId });
    expect(sent[0]?.data.id).toBe(sentToTarget[0]?.data.id);
  });

  test('a demand: whoever has the record is told when it arrives and when it ends, with what to do', async () => {
    const owner = await world.customer();
    const { reviewer } = world.people;
    const { serviceNumber, subjectNumber, domainName } = await filedCompany(world, owner);
    const { id: webhookId } = await webhook(world, owner);
    const items = [{ field: 'service.name', comment: '名称与网站内容不符' }];
    const demand = (dueOn: string) =>
      reviewer.client.demandCorrection({ body: { serviceNumber, demandedBy: 'authority', items, dueOn } });
    const { id: demandId } = await demand('2026-12-05');
    await reviewer.client.withdrawDemand({ params: { demandId } });
    await demand('2026-12-07');
    const { filing } = await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } });
    const params = { filingId: filing.id };
    const body = { version: filing.version, values: { 'service.name': '规则手册正名' } };
    const { version } = (await owner.client.saveFilingForm({ params, body })).filing;
    const ref = { filingId: filing.id, version, accountId: owner.accountId, domainName };
    await world.pass(await world.submit(ref));
    await world.message({ kind: 'approved', filingId: filing.id, subjectNumber, serviceNumber });
    const told = await noticesOf(owner);
    const types = ['CorrectionDemanded', 'CorrectionEnded', 'CorrectionDemanded', 'CorrectionEnded'];
    expect(told.map(({ type }) => type)).toEqual(types);
    expect(told.map(({ text }) => text.zh)).toEqual([
      `管局要求更正 ${domainName}（${serviceNumber}）的备案信息，共 1 处，期限 2026-12-05。请到“备案记录”查看要求并整改。`,
      expect.stringContaining('核查要求已撤销'),
      expect.stringContaining('期限 2026-12-07'),
      expect.stringContaining('已经管局审核通过'),
    ]);
    // The comment may name people: it stays where it is read with the record.
    expect(JSON.stringify(told)).not.toContain('名称与网站内容不符');
    const sent = await sentTo(owner, webhookId);
    expect(sent.map(({ type }) => type)).toEqual(types);
    const told1 = { id: demandId, serviceNumber, dueOn: '2026-12-05', fields: ['service.name'] };
    expect(sent[0]?.data.demand).toMatchObject(told1);
    expect(sent[1]?.data.demand).toMatchObject({ ending: 'withdrawn' });
  });

  test('a webhook that asked for other types is sent none of it', async () => {
    const [owner, target] = [await world.customer(), await world.customer()];
    const body = { url: urlOf(world), types: ['CodeRevoked' as const] };
    const { id: webhookId } = (await target.client.createWebhook({ body })).webhook;
    await waitingMove(world, owner, target);
    expect(await sentTo(target, webhookId)).toEqual([]);
    expect(await typesOf(target)).toEqual(['MoveBegun']);
  });
});
