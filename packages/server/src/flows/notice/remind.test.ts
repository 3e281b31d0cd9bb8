import { addDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { webhook } from '../../main/testing/webhooks.ts';
import { sweepOverdue } from '../filing/sweep-overdue.ts';
import { remind } from './remind.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

describe('remind', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const remindAt = async (instant: string | number) => {
    world.clock.nowMs = typeof instant === 'number' ? instant : Date.parse(instant);
    // More than there is, and by several workers at once.
    await Promise.all([remind(world.deps, failTest), remind(world.deps, failTest)]);
    await remind(world.deps, failTest);
  };
  /** What the steps of a filing themselves tell is for `tell-of-filing.test.ts`. */
  const ofSteps =
    'FilingSubmitted FilingAnswered FilingReturned FilingPassed FilingForwarded FilingApproved SmsRequested';
  const isOfClock = ({ type }: { readonly type: string }) => !ofSteps.split(' ').includes(type);
  const told = async ({ client }: Customer) => {
    const { notices } = await client.listNotices({ query: { limit: 200 } });
    return notices
      .filter(isOfClock)
      .toReversed()
      .map(({ type, text }) => [type, text.zh] as const);
  };
  const returned = async (owner: Customer) => {
    const filing = await reach(world, owner, 'submitted');
    const reasons = [{ field: null, reasonId: 'service.name_too_general', comment: '' }];
    return world.people.reviewer.client.returnFiling(stepOf(filing, { reasons }));
  };

  test('what waits for its customer is told of on days 7, 15 and 30 of 45, each once, by notice and webhook', async () => {
    const owner = await world.customer();
    const { id: webhookId } = await webhook(world, owner);
    const { id, dueAt, limit, reminders, domainName } = await returned(owner);
    const began = dayOf(world.deps.clock.now());
    expect(limit).toMatchObject({ amount: 45, unit: 'days', source: 'tencent-order-validity', asOf: '2016-09-22' });
    const mornings = [7, 15, 30].map((day) => Date.parse(startOfDay(addDays(began, day))) + 9 * hourMs);
    expect(reminders).toEqual(mornings.map((ms) => new Date(ms).toISOString()));
    for (const [index, ms] of mornings.entries()) {
      await remindAt(ms - 1);
      expect(await told(owner)).toHaveLength(index);
      await remindAt(ms);
      expect(await told(owner)).toHaveLength(index + 1);
    }
    await remindAt(Date.parse(dueAt ?? '') - 1);
    const last = addDays(began, 45);
    const text = `订单 ${domainName} 初审驳回，待修改，请在 ${last} 前处理，逾期将自动关闭。`;
    expect(await told(owner)).toEqual([7, 15, 30].map(() => ['FilingDueSoon', text]));
    const deliveries = (await owner.client.listDeliveries({ params: { webhookId } })).deliveries.filter(isOfClock);
    expect(deliveries.map(({ type }) => type)).toEqual(['FilingDueSoon', 'FilingDueSoon', 'FilingDueSoon']);
    expect(JSON.parse(deliveries[0]?.body ?? '').data).toMatchObject({ filing: { id, state: 'returned', dueAt } });
  });

  test('of those that were missed only the last is told, and nothing of what has moved on', async () => {
    const [late, moved] = [await world.customer(), await world.customer()];
    await returned(late);
    const filing = await returned(moved);
    await moved.client.submitFiling({ params: { filingId: filing.id }, body: { version: filing.version } });
    await remindAt(world.clock.nowMs + 31 * dayMs);
    expect((await told(late)).map(([type]) => type)).toEqual(['FilingDueSoon']);
    expect(await told(moved)).toEqual([]);
  });

  test('what a reviewer asks is told of on the morning before its last day and on it, and no more once it is answered', async () => {
    const owner = await world.customer();
    const ask = async () => {
      const filing = await reach(world, owner, 'submitted');
      const reasons = [{ field: 'service.name', reasonId: 'other', comment: '请补充' }];
      return world.people.reviewer.client.askFiling(stepOf(filing, { reasons }));
    };
    const { id, domainName, dueAt } = await ask();
    const lastMorning = Date.parse(dueAt ?? '') - 15 * hourMs;
    const types = async () => (await told(owner)).map(([type]) => type);
    await remindAt(lastMorning - dayMs - 1);
    expect(await types()).toEqual(['FilingAsked']);
    await remindAt(lastMorning - dayMs);
    await remindAt(lastMorning);
    expect(await types()).toEqual(['FilingAsked', 'AskDueSoon', 'AskDueSoon']);
    expect((await told(owner)).at(-1)?.[1]).toContain(`订单 ${domainName} 的补充要求尚未提交`);
    // Its time is over: that is told, too.
    world.clock.nowMs = Date.parse(dueAt ?? '');
    while ((await sweepOverdue(world.deps, failTest)) > 0);
    expect((await owner.client.getFiling({ params: { filingId: id } })).filing.state).toBe('returned');
    expect((await types()).at(-1)).toBe('AskExpired');
    const answered = await ask();
    await owner.client.answerFiling({ params: { filingId: answered.id }, body: { version: answered.version } });
    const before = await types();
    await remindAt(Date.parse(answered.dueAt ?? '') - hourMs);
    expect(await types()).toEqual(before);
  });

  test('a move that nobody confirms in time is told to both sides, once; one that ended is not', async () => {
    const [owner, other] = [await world.customer(), await world.customer()];
    const filed = await filedCompany(world, owner);
    const begin = () =>
      owner.client.beginMove({
        body: { subjectNumber: filed.subjectNumber, toAccountId: other.accountId, ...filed.proof },
      });
    const ended = await begin();
    await owner.client.endMove({ params: { moveId: ended.id }, body: {} });
    const { until } = await begin();
    await remindAt(Date.parse(until) - 1);
    const lapsed = async (side: Customer) => (await told(side)).filter(([type]) => type === 'MoveLapsed');
    expect([await lapsed(owner), await lapsed(other)]).toEqual([[], []]);
    await remindAt(until);
    await remindAt(Date.parse(until) + dayMs);
    const text = `主体 ${filed.subjectNumber} 的备案迁移在期限内没有确认，已失效，备案没有变动`;
    expect(await lapsed(owner)).toEqual([['MoveLapsed', `${text}，仍在本账号。仍需迁移的，请重新发起。`]]);
    expect(await lapsed(other)).toEqual([['MoveLapsed', `${text}。仍需迁移的，请重新发起。`]]);
  });

  test('a filing that the clock closes is told, with until when it can be reopened; of one that an operator closes it says who did', async () => {
    const owner = await world.customer();
    const { id: webhookId } = await webhook(world, owner);
    const draft = await reach(world, owner, 'bound');
    const { filing } = await owner.client.getFiling({ params: { filingId: draft.filingId } });
    const byHand = await reach(world, owner, 'bound');
    await world.people.operator.client.lapseFiling(stepOf(byHand, { comment: '客户已放弃' }));
    world.clock.nowMs = Date.parse(filing.dueAt ?? '');
    while ((await sweepOverdue(world.deps, failTest)) > 0);
    const until = addDays(dayOf(filing.dueAt ?? ''), world.deps.keep.undoDays);
    const lapsed = (await told(owner)).filter(([type]) => type === 'FilingLapsed');
    expect(lapsed).toHaveLength(2);
    expect(lapsed[0]?.[1]).toContain('运营人员关闭了订单');
    expect(lapsed[1]?.[1]).toContain('超期未处理，已自动关闭');
    expect(lapsed[1]?.[1]).toContain(`可在 ${until} 前联系我们恢复`);
    const { deliveries } = await owner.client.listDeliveries({ params: { webhookId } });
    expect(deliveries.filter(({ type }) => type === 'FilingLapsed')).toHaveLength(2);
  });

  test('an SMS that is not confirmed is told of after 12 and 20 of its 24 hours, by the authority’s own deadline', async () => {
    const owner = await world.customer();
    const { filingId } = await reach(world, owner, 'sent');
    const requested = world.clock.nowMs + 2 * hourMs;
    const dueAt = new Date(requested + 24 * hourMs).toISOString();
    await world.message({ kind: 'sms_requested', filingId, dueAt });
    await remindAt(requested + 12 * hourMs - 1);
    expect(await told(owner)).toEqual([]);
    await remindAt(requested + 12 * hourMs);
    await remindAt(requested + 20 * hourMs);
    const types = (await told(owner)).map(([type]) => type);
    expect(types).toEqual(['SmsDueSoon', 'SmsDueSoon']);
    expect((await told(owner))[0]?.[1]).toContain('的短信核验尚未完成，请在 2026-11-22 ');
  });

  test('a demanded correction is told of 7 days and 1 day before it is due; not what ended, nor after its day', async () => {
    const { reviewer } = world.people;
    const begin = dayOf(world.deps.clock.now());
    const demanded = async (days: number) => {
      const owner = await world.customer();
      const { serviceNumber } = await filedCompany(world, owner);
      const items = [{ field: 'service.name', comment: '与实际不符' }];
      const dueOn = addDays(begin, days);
      const { id } = await reviewer.client.demandCorrection({
        body: { serviceNumber, demandedBy: 'authority', items, dueOn },
      });
      return { owner, id, dueOn };
    };
    const [far, near, ended] = [await demanded(10), await demanded(4), await demanded(10)];
    await reviewer.client.withdrawDemand({ params: { demandId: ended.id } });
    const dueSoon = async ({ owner }: { readonly owner: Customer }) =>
      (await told(owner)).filter(([type]) => type === 'CorrectionDueSoon').length;
    const counts = async () => [await dueSoon(far), await dueSoon(near), await dueSoon(ended)];
    const morning = (days: number) => Date.parse(startOfDay(addDays(begin, days))) + 9 * hourMs;
    await remindAt(morning(3) - 1);
    expect(await counts()).toEqual([0, 0, 0]);
    await remindAt(morning(3));
    expect(await counts()).toEqual([1, 1, 0]);
    await remindAt(morning(9));
    expect(await counts()).toEqual([2, 1, 0]);
    await remindAt(morning(40));
    expect(await counts()).toEqual([2, 1, 0]);
  });
});
