import { describe, expect, test } from 'vitest';
import type { BlockedNamesReport } from '../../ports/index.ts';
import { fresh, type World } from './world.ts';

/** Which names gates blocked. */
export function describeBlockedNames(world: () => World): void {
  describe('blocked names', () => {
    const at = '2026-11-21T02:00:00.000Z';
    const add = (report: Partial<BlockedNamesReport>, keptFrom = '2020-01-01') =>
      world().open.store.transaction((tx) => tx.blockedNames.add({ ...empty(), ...report }, { at, keptFrom }));
    const read = (day: string) =>
      world().open.store.read(async ({ blockedNames }) => ({
        ...(await blockedNames.sums({ from: day, to: day })),
        domains: await blockedNames.domains({ from: day, to: day }, 3),
      }));
    const empty = () => ({
      gate: 'a',
      run: fresh('run'),
      number: 1,
      day: '2025-01-01',
      total: 0,
      malformed: 0,
      tooLowBy: 0,
      domains: [],
      hosts: [],
    });
    const names = (from: number, to: number, count: number) =>
      Array.from({ length: to - from }, (_, at) => ({ name: `d${from + at}.cn`, reason: 'unfiled', count }));

    test('a day keeps its most frequent names; what others are too low by is known', async () => {
      const day = '2025-01-02';
      await add({ day, total: 10_000, domains: names(0, 1000, 5) });
      await add({ day, total: 50, domains: [{ name: 'heavy.cn', reason: 'cancelled', count: 50 }] });
      expect((await read(day)).tooLowBy).toBe(0);
      await add({ day, total: 3000, domains: names(1000, 2000, 3) });
      const { domains, ...sums } = await read(day);
      expect(sums).toEqual({ total: 13_050, malformed: 0, tooLowBy: 5 });
      expect(domains[0]).toEqual({ domain: 'heavy.cn', reason: 'cancelled', count: 50 });
      const left = await world().run(`SELECT count(*)::int AS count FROM blocked_name WHERE day = '${day}'`);
      expect(left).toEqual([{ count: 1000 }]);
    });

    test('days before the first one that is kept are forgotten', async () => {
      await add({ day: '2019-03-01', total: 3, domains: names(0, 1, 3) }, '2019-03-01');
      await add({ day: '2019-03-02', total: 4, domains: names(0, 1, 4) }, '2019-03-01');
      expect((await read('2019-03-01')).total).toBe(3);
      expect(await add({ day: '2019-03-01', total: 9 }, '2019-03-02')).toBe(false);
      await add({ day: '2019-03-02', total: 1 }, '2019-03-02');
      expect([await read('2019-03-01'), (await read('2019-03-02')).total]).toEqual([
        { total: 0, malformed: 0, tooLowBy: 0, domains: [] },
        5,
      ]);
    });

    test('of reports that come at once each counts once', async () => {
      const day = '2025-01-03';
      const run = fresh('run');
      const report = { day, run, total: 2, domains: names(0, 3, 2), hosts: [] };
      const added = await Promise.all([add(report), add(report), add({ ...report, gate: 'b' }), add(report)]);
      expect(added.filter((one) => one)).toHaveLength(2);
      expect((await read(day)).total).toBe(4);
    });
  });
}
