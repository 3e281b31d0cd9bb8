import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reach } from '../../../main/testing/filing-steps.ts';
import { type OperationWorld, openOperations } from '../../../main/testing/operation-world.ts';

describe('the SMS of each person', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const progress = (filingId: string, person: string, more: object) =>
    world.message({ kind: 'sms_progress', filingId, people: [person], code: null, resends: 0, wrongCodes: 0, ...more });

  /** As its customer and a reviewer see it, who see the same. */
  async function peopleOf(filingId: string) {
    const answers = await Promise.all(
      [world.reviewer, world.operator].map((actor) => world.flows.getFiling({ actor }, { filingId })),
    );
    expect(answers[0]?.sms).toEqual(answers[1]?.sms);
    return answers[0]?.sms?.people.map(({ who, state, code, resendsLeft, triesLeft }) => ({
      who,
      state,
      code,
      resendsLeft,
      triesLeft,
    }));
  }

  test('is as the authority says: sent, a wrong code, sent again, confirmed while the other is missing', async () => {
    const { filingId } = await reach(world, await world.customer(), 'sent');
    const fresh = { state: 'sent', code: null, resendsLeft: 3, triesLeft: 5 };
    const service = { who: 'service_principal', ...fresh };
    expect(await peopleOf(filingId)).toEqual([{ who: 'subject_principal', ...fresh }, service]);
    expect(await progress(filingId, 'subject_principal', { state: 'sent', code: '2', wrongCodes: 2 })).toBe('applied');
    await progress(filingId, 'subject_principal', { state: 'sent', code: '101', wrongCodes: 2, resends: 1 });
    expect(await peopleOf(filingId)).toEqual([
      { who: 'subject_principal', state: 'sent', code: '101', resendsLeft: 2, triesLeft: 3 },
      service,
    ]);
    await progress(filingId, 'subject_principal', { state: 'confirmed', code: '31', wrongCodes: 2, resends: 1 });
    expect(await peopleOf(filingId)).toMatchObject([{ state: 'confirmed', code: '31' }, { state: 'sent' }]);
    const { filing, events } = await world.flows.getFiling({ actor: world.reviewer }, { filingId });
    expect(filing.state).toBe('awaiting_sms');
    expect(events.at(-1)?.type).toBe('SmsReported');
  });

  test('messages come in any order and twice: what goes further stays', async () => {
    const { filingId } = await reach(world, await world.customer(), 'sent');
    await progress(filingId, 'subject_principal', { state: 'confirmed', code: '31' });
    await progress(filingId, 'subject_principal', { state: 'sent', code: '2', wrongCodes: 1 });
    expect(await peopleOf(filingId)).toMatchObject([
      { state: 'confirmed', code: '31', triesLeft: 4 },
      { state: 'sent' },
    ]);
    await world.message({ kind: 'sms_failed', filingId, cause: 'too_many_attempts' });
    // Said after the filing came back: it still says who failed, and moves nothing.
    expect(await progress(filingId, 'service_principal', { state: 'failed', code: '21', wrongCodes: 5 })).toBe(
      'applied',
    );
    expect(await peopleOf(filingId)).toMatchObject([
      { state: 'confirmed' },
      { state: 'failed', code: '21', triesLeft: 0 },
    ]);
    const { filing, sms } = await world.flows.getFiling({ actor: world.reviewer }, { filingId });
    expect([filing.state, sms?.dueAt, sms?.pageUrl]).toEqual(['sms_failed', null, null]);
    expect(sms?.people[1]?.codeText?.en).toContain('ask the provider');
  });

  test('after the time is over nobody’s SMS is good any more; who had confirmed still had', async () => {
    const { filingId } = await reach(world, await world.customer(), 'sent');
    await progress(filingId, 'service_principal', { state: 'confirmed' });
    await world.message({ kind: 'sms_failed', filingId, cause: 'timed_out' });
    expect(await peopleOf(filingId)).toMatchObject([{ state: 'expired' }, { state: 'confirmed' }]);
  });

  test('of another submission than the present one nothing is taken', async () => {
    const { filingId } = await reach(world, await world.customer(), 'sent');
    const stale = { kind: 'sms_progress', submissionId: 'sub_of_another', people: ['subject_principal'] };
    expect(await world.message({ ...stale, state: 'confirmed', code: null, resends: 0, wrongCodes: 0 })).toBe('stale');
    expect(await peopleOf(filingId)).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
  });
});
