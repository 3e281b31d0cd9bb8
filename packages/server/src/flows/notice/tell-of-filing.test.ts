import { webhookEventShapes } from '@openbeian/contract';
import { addDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import { type DeskEventType, deskEvents, deskEventTypes, noticeGroups } from '@openbeian/model/filing';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeUnderWay, filedCompany, waitingMove } from '../../main/testing/filed-company.ts';
import { boundByCode, contestOf, reach, stepOf } from '../../main/testing/filing-steps.ts';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { deleteOfProvider, urlOf, webhook } from '../../main/testing/webhooks.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { sweepOverdue } from '../filing/sweep-overdue.ts';
import { mailNotices } from './mail-notices.ts';
import { remind } from './remind.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '陈启明的网站' }];

describe('tellOfFiling', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const latest = async <Given extends { readonly filingId: string }>(ref: Given) => {
    const { filing } = await world.flows.getFiling({ actor: world.operator }, { filingId: ref.filingId });
    return { ...ref, version: filing.version, dueAt: filing.dueAt };
  };
  const sweepAt = async (instant: number) => {
    world.clock.nowMs = instant;
    while ((await sweepOverdue(world.deps, failTest)) > 0);
  };
  const remindAt = async (instant: number) => {
    world.clock.nowMs = instant;
    while ((await remind(world.deps, failTest)) > 0);
  };
  const clients = () => ({ reviewer: world.people.reviewer.client, operator: world.people.operator.client });
  const demanded = async (owner: Customer) => {
    const filed = await filedCompany(world, owner);
    const items = [{ field: 'service.name', comment: '名称与网站内容不符' }];
    const dueOn = addDays(dayOf(world.deps.clock.now()), 3);
    const body = { serviceNumber: filed.serviceNumber, demandedBy: 'authority' as const, items, dueOn };
    const { id } = await clients().reviewer.demandCorrection({ body });
    return { ...filed, demandId: id, dueOn };
  };
  /** Brings each about, as its people and the authority do. */
  const happens: {
    readonly [Type in Exclude<DeskEventType, `Verification${string}`>]: (owner: Customer) => Promise<unknown>;
  } = {
    FilingSubmitted: (owner) => reach(world, owner, 'submitted'),
    FilingWithdrawn: async (owner) => owner.client.withdrawFiling(stepOf(await reach(world, owner, 'submitted'))),
    FilingAsked: async (owner) =>
      clients().reviewer.askFiling(stepOf(await reach(world, owner, 'submitted'), { reasons })),
    async AskDueSoon(owner) {
      const asked = await clients().reviewer.askFiling(stepOf(await reach(world, owner, 'submitted'), { reasons }));
      await remindAt(Date.parse(asked.dueAt ?? '') - 15 * hourMs);
    },
    async AskExpired(owner) {
      const asked = await clients().reviewer.askFiling(stepOf(await reach(world, owner, 'submitted'), { reasons }));
      await sweepAt(Date.parse(asked.dueAt ?? ''));
    },
    async FilingAnswered(owner) {
      const { id, version } = await clients().reviewer.askFiling(
        stepOf(await reach(world, owner, 'submitted'), { reasons }),
      );
      await owner.client.answerFiling({ params: { filingId: id }, body: { version } });
    },
    FilingReturned: async (owner) =>
      clients().reviewer.returnFiling(stepOf(await reach(world, owner, 'submitted'), { reasons })),
    FilingPassed: (owner) => reach(world, owner, 'passed'),
    async FilingHeld(owner) {
      const passed = await reach(world, owner, 'passed');
      await world.deps.store.transaction(async (tx) => {
        const filing = await tx.filings.findForUpdate(passed.filingId);
        if (filing === null) throw new Error('no filing');
        const step = {
          deps: world.deps,
          tx,
          actor: world.operator,
          at: world.deps.clock.now(),
          fault: failTest as never,
        };
        await advanceFiling(step, filing, 'hold', { detail: {} });
      });
    },
    FilingRecalled: async (owner) =>
      clients().operator.recallFiling(stepOf(await reach(world, owner, 'sent'), { comment: '陈启明来电要求撤回' })),
    async FilingSetAside(owner) {
      const { contest } = await contestOf(world, await world.customer(), owner);
      const body = { decision: 'upheld' as const, reasons: '已核实域名证书' };
      await clients().operator.decideContest({ params: { contestId: contest.id }, body });
    },
    async NameProofReplaced(owner) {
      const domain = await reach(world, owner, 'bound');
      const other = await world.customer();
      const mine = await world.draft(other.accountId, undefined, domain.domainName);
      world.replace({ registrar: { isHolder: async () => true } });
      await owner.client.checkNameProof({ params: { filingId: domain.filingId }, body: {} });
      await other.client.checkNameProof({ params: { filingId: mine.filingId }, body: {} });
    },
    FilingForwarded: (owner) => reach(world, owner, 'sent'),
    SmsRequested: (owner) => reach(world, owner, 'sent'),
    async SmsDueSoon(owner) {
      await reach(world, owner, 'sent');
      await remindAt(world.clock.nowMs + 20 * hourMs);
    },
    async SmsConfirmed(owner) {
      const { filingId } = await reach(world, owner, 'sent');
      await world.message({ kind: 'sms_confirmed', filingId });
    },
    async SmsFailed(owner) {
      const { filingId } = await reach(world, owner, 'sent');
      await world.message({ kind: 'sms_failed', filingId, cause: 'timed_out' });
    },
    FilingApproved: (owner) => filedCompany(world, owner),
    async FilingRejected(owner) {
      const { filingId } = await reach(world, owner, 'sent');
      const stated = [{ code: 'R07', field: null, text: '陈启明的证件号码有误' }];
      await world.message({ kind: 'rejected', filingId, reasons: stated });
    },
    async FilingDueSoon(owner) {
      await clients().reviewer.returnFiling(stepOf(await reach(world, owner, 'submitted'), { reasons }));
      await remindAt(world.clock.nowMs + 8 * dayMs);
    },
    async FilingLapsed(owner) {
      const { dueAt } = await latest(await reach(world, owner, 'bound'));
      await sweepAt(Date.parse(dueAt ?? ''));
    },
    FilingAbandoned: async (owner) => owner.client.abandonFiling(stepOf(await reach(world, owner, 'bound'))),
    async FilingVoided(owner) {
      const { filing, cancelRecord } = await changeUnderWay(world, owner);
      await world.pass(filing);
      await cancelRecord();
      await world.message({
        kind: 'approved',
        filingId: filing.filingId,
        subjectNumber: '京ICP备2026999999号',
        serviceNumber: '京ICP备2026999999号-1',
      });
    },
    async FilingReopened(owner) {
      const bound = await boundByCode(world, owner);
      const { version } = await clients().operator.lapseFiling(stepOf(bound, { comment: '客户已放弃' }));
      await clients().operator.reopenFiling(stepOf({ ...bound, version }, { comment: '核对' }));
    },
    async FilingOverdue(owner) {
      const { dueAt } = await latest(await reach(world, owner, 'submitted'));
      await sweepAt(Date.parse(dueAt ?? '') + 1000);
    },
    async RecordCancelled(owner) {
      const { serviceNumber: number } = await filedCompany(world, owner);
      await clients().operator.cancelRecord({ body: { scope: 'service', number, reason: '管局通知注销' } });
    },
    async AccessEnded(owner) {
      const { serviceNumber: number } = await filedCompany(world, owner);
      await clients().operator.cancelRecord({ body: { scope: 'access', number, reason: '客户迁出' } });
    },
    MoveBegun: async (owner) => waitingMove(world, await world.customer(), owner),
    async MoveConfirmed(owner) {
      const other = await world.customer();
      const { moveId, proof } = await waitingMove(world, other, owner);
      await owner.client.confirmMove({ params: { moveId }, body: proof });
    },
    async MoveRefused(owner) {
      const other = await world.customer();
      const { moveId } = await waitingMove(world, owner, other);
      await other.client.endMove({ params: { moveId }, body: {} });
    },
    async MoveWithdrawn(owner) {
      const other = await world.customer();
      const { moveId } = await waitingMove(world, other, owner);
      await other.client.endMove({ params: { moveId }, body: {} });
    },
    async MoveLapsed(owner) {
      await waitingMove(world, owner, await world.customer());
      await remindAt(world.clock.nowMs + 40 * dayMs);
    },
    CorrectionDemanded: demanded,
    async CorrectionDueSoon(owner) {
      const { dueOn } = await demanded(owner);
      await remindAt(Date.parse(startOfDay(dueOn)));
    },
    async CorrectionOverdue(owner) {
      const { dueOn } = await demanded(owner);
      await remindAt(Date.parse(startOfDay(addDays(dueOn, 1))) + 1000);
    },
    async CorrectionEnded(owner) {
      const { demandId } = await demanded(owner);
      await clients().reviewer.withdrawDemand({ params: { demandId } });
    },
  };
  /** Who is told in the console and by mail; the rest is told to the customer. */
  const toProvider: readonly DeskEventType[] = ['FilingOverdue', 'CorrectionOverdue'];
  const readNowhere: readonly DeskEventType[] = ['FilingSetAside'];
  const notToCustomer: readonly DeskEventType[] = ['FilingOverdue', ...readNowhere];
  // Brought about through a service outside: `take-result.test.ts` and `remind-verification.test.ts`.
  const walked = deskEventTypes.filter((type) => type !== 'VerificationEnded' && type !== 'VerificationDueSoon');

  test.each(walked)(
    '%s: once in the console, by mail and to webhooks, to whom it concerns and nobody else',
    async (type) => {
      const [owner, stranger] = [await world.customer(), await world.customer()];
      await deleteOfProvider(world);
      const hook = await webhook(world, owner);
      const strangers = await webhook(world, stranger);
      const family = { body: { url: urlOf(world), types: [`${deskEvents[type].about}.*` as const] } };
      const ofFamily = (await owner.client.createWebhook(family)).webhook;
      const ofProvider = (await world.people.operator.client.createWebhook({ body: { url: urlOf(world) } })).webhook;
      const address = `${world.fresh('told')}@customer.example`;
      await owner.client.putNoticeMail({ body: { addresses: [address] } });
      await stranger.client.putNoticeMail({ body: { addresses: [`x${address}`] } });

      await happens[type](owner);

      const bodies = async (client: Customer['client'], webhookId: string) => {
        const { deliveries } = await client.listDeliveries({ params: { webhookId }, query: { limit: 200 } });
        return deliveries.filter((one) => one.type === type).map(({ body }) => JSON.parse(body));
      };
      const provider = await bodies(world.people.operator.client, ofProvider.id);
      const sent = await bodies(owner.client, hook.id);
      if (type === 'FilingOverdue') expect(sent).toEqual([]);
      else {
        expect(sent).toHaveLength(1);
        expect(await bodies(owner.client, ofFamily.id)).toEqual(sent);
        expect(provider.map(({ data }) => data.id)).toContain(sent[0].data.id);
      }
      const [body] = sent.length > 0 ? sent : provider;
      expect(webhookEventShapes[type].parse(body)).toEqual(body);
      expect(await bodies(stranger.client, strangers.id)).toEqual([]);
      expect((await stranger.client.listNotices({})).notices).toEqual([]);

      const notices = (await owner.client.listNotices({ query: { limit: 200 } })).notices.filter(
        (one) => one.type === type,
      );
      expect(notices).toHaveLength(notToCustomer.includes(type) ? 0 : 1);
      if (toProvider.includes(type)) {
        const toStaff = await world.people.operator.client.listNotices({ query: { limit: 200 } });
        expect(toStaff.notices.map((one) => one.type)).toContain(type);
      }
      const mails: { to: string; text: string; subject: string }[] = [];
      world.replace({ notifier: { enabled: true, send: async (mail) => void mails.push(mail) } });
      world.clock.nowMs += 180_000;
      while ((await mailNotices(world.deps)) > 0);
      const [notice] = notices;
      if (notice === undefined) return;
      const about = mails.filter(({ text }) => text.includes(notice.text.zh));
      expect(about.map(({ to }) => to)).toEqual([address]);
      expect(about[0]?.text).toContain(notice.text.en);
      expect(JSON.stringify([sent, notices, about])).not.toContain('陈启明');
      expect(JSON.stringify([sent, notices, about])).not.toMatch(/undefined|\ue000|1[3-9]\d{9}/);
      expect(Object.keys(noticeGroups)).toContain(deskEvents[type].group);
    },
  );
});
