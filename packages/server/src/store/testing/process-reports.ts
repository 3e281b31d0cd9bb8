import { Fault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import type { HeardProcess, ProcessReport } from '../../ports/index.ts';
import { fresh, type World } from './world.ts';

const files = { kept: 'directory', isReachable: true, freeBytes: 5, totalBytes: 10 } as const;
const worker = (name: string, stalled: readonly string[] = []): ProcessReport => ({
  kind: 'worker',
  name,
  version: '1.2.3',
  facts: { migration: '0054-x', clockAheadMs: -3, files, stalled, isHeldByClock: false },
});
const server = (name: string): ProcessReport => ({
  kind: 'server',
  name,
  version: '1.2.3',
  facts: {
    migration: '0054-x',
    clockAheadMs: 3,
    files,
    replica: { why: 'behind', lagSeconds: 7.5 },
    certificate: { host: 'beian.example', until: '2027-01-01T00:00:00.000Z', trouble: null },
  },
});
const gate = (name: string): ProcessReport => ({
  kind: 'gate',
  name,
  version: '',
  facts: { sequence: 12, decisions: [{ outcome: 'block', reason: 'unfiled', count: 3 }], startedAt: null },
});

/** What processes last said of themselves. */
export function describeProcessReports(world: () => World): void {
  describe('reports of processes', () => {
    const put = (...reports: ProcessReport[]) => world().open.store.transaction((tx) => tx.processReports.put(reports));
    const list = () => world().open.store.read((tx) => tx.processReports.list(200));
    const named = async (name: string) =>
      (await list()).filter((one): one is HeardProcess => !(one instanceof Fault) && one.name === name);

    test('each is the last that its process wrote, with how long ago that was', async () => {
      const name = fresh('proc');
      await put(server(name), worker(name, ['mail']), gate(name));
      await put(worker(name));
      const found = await named(name);
      const secondsAgo = expect.any(Number);
      expect(found).toEqual([gate(name), server(name), worker(name)].map((report) => ({ ...report, secondsAgo })));
      for (const one of found) expect(one.secondsAgo).toBeLessThan(60);
      await world().run(
        `UPDATE process_report SET heard_at = now() - interval '90 minutes' WHERE name = '${name}' AND kind = 'gate'`,
      );
      expect((await named(name))[0]?.secondsAgo).toBeCloseTo(5400, -2);
    });

    test('one that ends as it should is taken back; one that says nothing is forgotten at last, a gate later', async () => {
      const [ended, silent, own] = [fresh('proc'), fresh('proc'), fresh('proc')];
      await put(worker(ended), worker(silent), gate(silent));
      await world().open.store.transaction((tx) => tx.processReports.remove('worker', ended));
      expect(await named(ended)).toEqual([]);
      await world().run(`UPDATE process_report SET heard_at = now() - interval '25 hours' WHERE name = '${silent}'`);
      await put(worker(own));
      expect((await named(silent)).map(({ kind }) => kind)).toEqual(['gate']);
      await world().run(`UPDATE process_report SET heard_at = now() - interval '8 days' WHERE name = '${silent}'`);
      await put(worker(own));
      expect(await named(silent)).toEqual([]);
    });

    test('one that cannot be read hides no other', async () => {
      const [odd, good] = [fresh('proc'), fresh('proc')];
      await put(gate(odd), gate(good));
      await world().run(`UPDATE process_report SET facts = '{}' WHERE name = '${odd}'`);
      const all = await list();
      expect(all.filter((one) => one instanceof Fault)).toMatchObject([{ code: 'store.unreadable' }]);
      expect(await named(good)).toHaveLength(1);
      await world().open.store.transaction((tx) => tx.processReports.remove('gate', odd));
    });
  });
}
