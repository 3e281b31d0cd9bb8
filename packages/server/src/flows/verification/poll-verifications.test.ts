import { beforeEach, describe, expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { openWithVerification } from '../../main/testing/verification-service.ts';
import { pollVerifications } from './poll-verifications.ts';

const { world, service } = await openWithVerification();
beforeEach(async () => {
  // What other files of this process left waiting is of services that are gone.
  await world.deps.store.transaction(({ verification }) =>
    verification.takeToPoll('9000-01-01T00:00:00.000Z', '9001-01-01T00:00:00.000Z', 100_000),
  );
});
const role = 'service_principal' as const;
const now = () => world.deps.clock.now();

async function begin() {
  const owner = await world.customer();
  const draft = await reach(world, owner, 'draft');
  await owner.client.startVerification(stepOf(draft, { role }));
  const stand = async () => {
    const { persons } = await owner.client.getVerification({ params: { filingId: draft.filingId } });
    return persons[0];
  };
  return { outsideId: `out_${service.started.length}`, stand };
}

describe('results that do not come by themselves', () => {
  const poll = (errors: unknown[] = []) => pollVerifications(world.deps, (error) => errors.push(error));

  test('is asked for: later and later, until its link is long over', async () => {
    const { stand, outsideId } = await begin();
    while ((await poll()) > 0);
    world.clock.nowMs += 61_000;
    expect(await poll()).toBeGreaterThan(0);
    expect(await poll()).toBe(0);
    expect(await stand()).toMatchObject({ state: 'waiting' });
    service.results.set(outsideId, { outcome: 'failed', resultId: 'r9', at: now(), reason: 'cancelled' });
    world.clock.nowMs += 121_000;
    expect(await poll()).toBeGreaterThan(0);
    expect(await stand()).toMatchObject({ state: 'failed', reason: 'cancelled' });
    expect(await poll()).toBe(0);
  });

  test('a service that is away is told, and asked again', async () => {
    const { stand, outsideId } = await begin();
    service.results.set(outsideId, { outcome: 'passed', resultId: 'r9', at: now() });
    service.answerWith(() => ({ status: 500, text: '' }));
    world.clock.nowMs += 61_000;
    const errors: unknown[] = [];
    await poll(errors);
    expect(errors).toMatchObject([{ code: 'verification.unreachable' }]);
    service.answerWith(null);
    world.clock.nowMs += 5 * 60_000;
    await poll();
    expect(await stand()).toMatchObject({ state: 'passed' });
  });

  test('one that the service cannot answer keeps nobody else waiting, and is given up when its link is over', async () => {
    const lost = await begin();
    const other = await begin();
    service.results.set(other.outsideId, { outcome: 'passed', resultId: 'r9', at: now() });
    const refusing = (_path: string, body: unknown) =>
      (body as { verificationId?: string }).verificationId === lost.outsideId ? { status: 404, text: '{}' } : null;
    service.answerWith(refusing);
    world.clock.nowMs += 61_000;
    const errors: unknown[] = [];
    await poll(errors);
    expect(errors).toMatchObject([{ code: 'verification.unreachable' }]);
    expect(await other.stand()).toMatchObject({ state: 'passed' });
    for (let hours = 0; hours < 12; hours += 1) {
      world.clock.nowMs += 1_800_000;
      await poll();
    }
    const before = errors.length;
    world.clock.nowMs += 24 * 3_600_000;
    await poll(errors);
    expect(errors).toHaveLength(before);
    service.answerWith(null);
  });

  test('nothing is asked without a service', async () => {
    world.reset();
    expect(await poll()).toBe(0);
  });
});
