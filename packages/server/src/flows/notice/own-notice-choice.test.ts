import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';
import { customerPerson, person } from '../../main/testing/persons.ts';
import { mailNotices } from './mail-notices.ts';
import { tellOfFiling } from './tell-of-filing.ts';

const roles = ['customer', 'reviewer', 'operator', 'auditor'] as const;

describeOperation('getNoticeChoice', { may: roles, sample: () => ({}), leaves: 'nothing', byPeople: true }, (get) => {
  test('of each role what there is for it; deadlines are mandatory for customers, the provider’s people are not mailed unasked', async () => {
    const world = get();
    const shown = async ({ client }: Awaited<ReturnType<typeof person>>) => {
      const { groups, language, mail } = await client.getNoticeChoice({});
      expect([language, mail]).toEqual(['both', null]);
      return groups.map(({ group, mailed, mandatory }) => `${group}${mailed ? ' mailed' : ''}${mandatory ? '!' : ''}`);
    };
    expect(await shown(await customerPerson(world))).toEqual([
      'deadline mailed!',
      'result mailed',
      'progress',
      'record mailed',
      'code mailed',
      'account mailed',
    ]);
    expect(await shown(await person(world, 'operator'))).toEqual(['deadline', 'account']);
    expect(await shown(await person(world, 'reviewer'))).toEqual(['deadline']);
    expect(await shown(await person(world, 'auditor'))).toEqual([]);
  });
});

describeOperation(
  'putNoticeChoice',
  {
    may: roles,
    sample: () => ({ body: { groups: ['record'], language: 'zh' } }),
    leaves: ['NoticeChoiceSet'],
    byPeople: true,
  },
  (get) => {
    const withMail = async (world: OperationWorld, who: Awaited<ReturnType<typeof person>>) => {
      const mail = `${world.fresh('own')}@people.example`;
      await who.client.putOwnMail({ body: { mail } });
      return mail;
    };
    /** Tells of a passed and of an overdue filing, and of a deadline; gives who got which mail. */
    const mails = async (world: OperationWorld, accountId: string) => {
      const sent: { to: string; subject: string; text: string; id: string }[] = [];
      world.replace({ notifier: { enabled: true, send: async (mail) => void sent.push(mail) } });
      const { filingId, domainName } = await world.draft(accountId);
      await world.deps.store.transaction(async (tx) => {
        const filing = await tx.filings.find(filingId);
        if (filing === null) throw new Error('no filing');
        const at = world.deps.clock.now();
        const step = { deps: world.deps, tx, actor: world.operator, at, fault: () => new Error('none') as never };
        await tellOfFiling(step, filing, 'FilingPassed');
        await tellOfFiling(step, filing, 'SmsDueSoon');
        await tellOfFiling(step, filing, 'FilingOverdue', { to: [null] });
      });
      world.clock.nowMs += 180_000;
      // Two workers, who share the work.
      await Promise.all([mailNotices(world.deps), mailNotices(world.deps)]);
      while ((await mailNotices(world.deps)) > 0);
      // Of what other tests left behind nothing.
      return sent.filter(({ text }) => text.includes(` ${domainName} `));
    };

    test('what somebody chose is mailed to them in their language, deadlines always; colleagues and other accounts as they chose', async () => {
      const world = get();
      const [chen, stranger] = [await customerPerson(world), await customerPerson(world)];
      const colleague = await person(world, 'customer', chen.accountId);
      const [hers, his] = [await withMail(world, chen), await withMail(world, colleague)];
      await withMail(world, stranger);
      await chen.client.putNoticeChoice({ body: { groups: ['progress'], language: 'en' } });
      const { groups } = await chen.client.getNoticeChoice({});
      expect(groups.filter(({ mailed }) => mailed).map(({ group }) => group)).toEqual(['deadline', 'progress']);
      const sent = await mails(world, chen.accountId);
      const toHer = sent.filter(({ to }) => to === hers).map(({ subject }) => subject);
      expect(toHer.sort()).toEqual(['A filing passed the review', 'Confirm the SMS soon']);
      expect(sent.filter(({ to }) => to === his).map(({ subject }) => subject)).toEqual([
        '请尽快完成短信核验 / Confirm the SMS soon',
      ]);
      expect(sent.filter(({ to }) => to !== hers && to !== his)).toEqual([]);
      for (const { to, text } of sent) expect(/\p{Script=Han}/u.test(text)).toBe(to === his);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    });

    test('operators and reviewers who ask for it are mailed what waits too long, and nothing of customers', async () => {
      const world = get();
      const [operator, reviewer, silent] = [
        await person(world, 'operator'),
        await person(world, 'reviewer'),
        await person(world, 'operator'),
      ];
      const asking = [await withMail(world, operator), await withMail(world, reviewer)];
      await withMail(world, silent);
      for (const { client } of [operator, reviewer])
        await client.putNoticeChoice({ body: { groups: ['deadline'], language: 'zh' } });
      const { accountId } = await world.customer();
      const sent = await mails(world, accountId);
      expect(sent.map(({ to, subject }) => [to, subject]).sort()).toEqual(
        asking.map((to) => [to, '备案订单超过办理时限']).sort(),
      );
      const { notices } = await reviewer.client.listNotices({ query: { limit: 200 } });
      const types = new Set(notices.map(({ type }) => type));
      const ofReviewers: readonly string[] = ['FilingOverdue', 'CorrectionOverdue'];
      expect([...types].filter((type) => !ofReviewers.includes(type))).toEqual([]);
      expect(types.has('FilingOverdue')).toBe(true);
    });
  },
);
