import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { ClockGuard } from '../work/clock-guard.ts';
import { Worker } from '../work/worker.ts';
import { describeOnBoth } from './testing/rule-world.ts';

const dayMs = 86_400_000;

await describeOnBoth('a worker whose clock is 90 days ahead of the database’s', (get) => {
  test('ends no draft and says so; the other work goes on, and the deadlines once the clocks agree', async () => {
    const world = get();
    const { filingId } = await world.draft(await world.account());
    const rightMs = world.clock.nowMs;
    const stateOf = async () => (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
    const said: unknown[] = [];
    const workerWith = (databaseNowMs: () => Promise<number>) => {
      const clockGuard = new ClockGuard({ databaseNowMs, nowMs: () => world.clock.nowMs, monotonicMs: () => 0 });
      const onError = (error: unknown, during: string) => said.push([isFault(error) && error.code, during]);
      return new Worker(world.deps, { owner: 'w', pollMs: 1, onError, clockGuard });
    };
    world.clock.nowMs = rightMs + 90 * dayMs;
    await workerWith(async () => rightMs).settle();
    expect(await stateOf()).toBe('draft');
    expect(said).toContainEqual(['clock.wrong', 'clock']);
    said.length = 0;
    await workerWith(async () => world.clock.nowMs).settle();
    expect(await stateOf()).toBe('abandoned');
    expect(said).toEqual([]);
  });

  test('the database says its own time', async () => {
    expect(Math.abs(Date.parse(await get().deps.store.now()) - Date.now())).toBeLessThan(60_000);
  });
});
