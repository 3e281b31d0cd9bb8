import { dayOf, startOfDay } from '@openbeian/model/calendar';
import { describe, expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import type { Customer } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { messageOf, openWithVerification, verifierCall } from '../../main/testing/verification-service.ts';
import { remind } from './remind.ts';

const { world, service } = await openWithVerification();
const hourMs = 3_600_000;
const role = 'service_principal' as const;
let messages = 0;

/** The service says what came of the last start. */
function say(outcome: 'passed' | 'failed') {
  messages += 1;
  const at = world.deps.clock.now();
  const said = {
    reference: service.started.at(-1)?.reference ?? '',
    resultId: `r${messages}`,
    outcome,
    at,
    reason: null,
  };
  return world.flows.takeVerificationResult(verifierCall, messageOf(said, { at, id: `msg_${messages}` }));
}

/** A filing that can be submitted, whose person has passed; `morning`: of the day before the result runs out. */
async function verified(owner: Customer) {
  const bound = await reach(world, owner, 'bound');
  await owner.client.startVerification(stepOf(bound, { role }));
  await say('passed');
  const { persons } = await owner.client.getVerification({ params: { filingId: bound.filingId } });
  const validUntil = persons[0]?.validUntil ?? '';
  return { bound, validUntil, morning: Date.parse(startOfDay(dayOf(validUntil))) - 15 * hourMs };
}

async function toldAt(owner: Customer, ms: number) {
  world.clock.nowMs = ms;
  // Several workers at once.
  await Promise.all([remind(world.deps, failTest), remind(world.deps, failTest)]);
  const { notices } = await owner.client.listNotices({ query: { limit: 200 } });
  return notices.filter(({ type }) => type === 'VerificationDueSoon');
}

describe('a verification that runs out', () => {
  test('is told of on the morning before, once, while the filing is with its customer', async () => {
    const owner = await world.customer();
    const { bound, validUntil, morning } = await verified(owner);
    expect(await toldAt(owner, morning - 1)).toEqual([]);
    await toldAt(owner, morning);
    const [notice, ...more] = await toldAt(owner, Date.parse(validUntil) - 1);
    expect(more).toEqual([]);
    const end = new Date(Date.parse(validUntil) + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ');
    expect(notice).toMatchObject({
      filingId: bound.filingId,
      text: { zh: expect.stringContaining(`将于 ${end} 过期`) },
    });
  });

  test('is told of to nobody once the filing was submitted, or where it no longer counts', async () => {
    const [done, again, failed] = [await world.customer(), await world.customer(), await world.customer()];
    const submitted = await verified(done);
    await done.client.submitFiling(stepOf(submitted.bound));
    const first = await verified(again);
    world.clock.nowMs += hourMs;
    await again.client.startVerification(stepOf(first.bound, { role }));
    await say('passed');
    await verified(failed);
    world.clock.nowMs += hourMs;
    await say('failed');
    expect(await toldAt(done, first.morning)).toEqual([]);
    // Of two results only the newer one is told of.
    expect(await toldAt(again, first.morning)).toHaveLength(1);
    expect(await toldAt(failed, first.morning)).toEqual([]);
  });
});
