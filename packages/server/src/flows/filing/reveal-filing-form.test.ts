import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, outcomeOf, refusal } from '../../main/testing/operation-tests.ts';
import type { Caller } from '../../main/testing/operation-world.ts';

const body = { because: 'review' as const, reason: '电话核验主办者' };

const claim = ({ client }: Caller, filingId: string) => client.claimFiling({ params: { filingId }, body: {} });

describeOperation(
  'revealFilingForm',
  {
    may: ['customer', 'reviewer', 'operator'],
    scope: 'filings:reveal',
    sample: async (world, owner, role) => {
      const { filingId } = await reach(world, owner, 'submitted');
      if (role === 'reviewer' || role === 'operator') await claim(world.people[role], filingId);
      return { params: { filingId }, body };
    },
    leaves: ['FormRevealed'],
    foreign: 'object.not_found',
    repeated: 'done again',
  },
  (get) => {
    test('shows the form unmasked and keeps who looked and why, nothing of what they saw', async () => {
      const world = get();
      const { filingId } = await reach(world, await world.customer(), 'submitted');
      await claim(world.people.reviewer, filingId);
      const { values } = await world.people.reviewer.client.revealFilingForm({ params: { filingId }, body });
      const mobile = String(values['subject.principal.mobile']);
      expect(mobile).toMatch(/^1\d{10}$/);
      const row = (await world.audit()).findLast(({ action }) => action === 'FormRevealed');
      expect(row).toMatchObject({ objectId: filingId, actorId: world.people.reviewer.actor.userId, detail: body });
      expect(JSON.stringify(await world.audit())).not.toContain(mobile);
      const unsaid = { params: { filingId }, body: { reason: body.reason } };
      expect(await refusal(world.people.reviewer.client.revealFilingForm(unsaid))).toEqual(['input.invalid']);
      const none = world.people.operator.client.revealFilingForm({ params: { filingId: 'fil_none' }, body });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('to staff only while the filing waits for them; its customer always', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: (await reach(world, owner, 'draft')).filingId };
      for (const { client } of [world.people.reviewer, world.people.operator]) {
        expect(await refusal(client.revealFilingForm({ params, body }))).toEqual(['filing.wrong_state']);
      }
      const { values } = await owner.client.revealFilingForm({ params, body: { reason: '核对' } });
      expect(values['subject.principal.mobile']).toMatch(/^1\d{10}$/);
    });

    test('to those of the provider who have claimed it, while their claim holds', async () => {
      const world = get();
      const { filingId } = await reach(world, await world.customer(), 'submitted');
      const { reviewer, operator } = world.people;
      const look = ({ client }: Caller) => client.revealFilingForm({ params: { filingId }, body });
      expect(await refusal(look(reviewer))).toEqual(['filing.not_claimed']);
      await claim(operator, filingId);
      expect(await refusal(look(reviewer))).toEqual(['filing.claimed_by_other']);
      expect(await outcomeOf(look(operator))).toBe('done');
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      expect(await refusal(look(operator))).toEqual(['filing.not_claimed']);
    });

    test('so often in a shift, and then no more until the next; the operators are told once', async () => {
      const world = get();
      const params = { filingId: (await reach(world, await world.customer(), 'submitted')).filingId };
      const busy = world.as({ userId: world.fresh('usr_busy'), role: 'reviewer', accountId: null });
      const look = () => busy.client.revealFilingForm({ params, body });
      await claim(busy, params.filingId);
      const { perShift, shiftHours } = world.deps.reveals;
      for (let seen = 0; seen < perShift; seen += 1) await look();
      expect(await refusal(look())).toEqual(['reveal.quota_spent']);
      expect(await refusal(look())).toEqual(['reveal.quota_spent']);
      const told = (await world.audit()).filter(({ action, actorId }) => {
        return action === 'RevealQuotaSpent' && actorId === busy.actor.userId;
      });
      expect(told).toHaveLength(1);
      const { notices } = await world.people.operator.client.listNotices({});
      const about = notices.filter(
        ({ type, text }) => type === 'RevealQuotaSpent' && text.zh.includes(busy.actor.userId),
      );
      expect(about).toMatchObject([{ accountId: null, filingId: params.filingId, readAt: null }]);
      expect(about[0]?.text.en).toContain(`(${perShift} times)`);
      world.clock.nowMs += shiftHours * 3_600_000;
      await claim(busy, params.filingId);
      expect(await outcomeOf(look())).toBe('done');
    });
  },
);
