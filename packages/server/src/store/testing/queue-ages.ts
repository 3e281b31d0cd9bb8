import { describe, expect, test } from 'vitest';
import { createAgeReader } from '../engine/queue-ages.ts';
import { fresh, type World } from './world.ts';

/** How long the oldest of each queue has waited. */
export function describeQueueAges(world: () => World): void {
  describe('ages of queues', () => {
    const ages = async () => {
      const read = await createAgeReader(world().open.kysely, ['draft', 'awaiting_review'])();
      return new Map(read.map(({ queue, of, seconds }) => [`${queue} ${of}`.trim(), seconds]));
    };
    const hoursAgo = (hours: number) => `now() - interval '${hours} hours'`;
    /** Older than anything another test leaves behind. */
    const longAgo = 1_000_000;

    test('are those of the first in line, whatever is behind it; what is parked or paused does not count', async () => {
      const [first, parked] = [fresh('out'), fresh('out')];
      for (const [id, hours] of [
        [first, longAgo],
        [parked, longAgo + 1],
      ] as const) {
        await world().run(`INSERT INTO job (id, topic, payload, run_at)
          VALUES ('${id}', 'authority.submit', '{}', ${hoursAgo(hours)})`);
      }
      await world().run(`UPDATE job SET parked = true WHERE id = '${parked}'`);
      const [good, paused] = [fresh('whk'), fresh('whk')];
      for (const [id, hours] of [
        [good, longAgo],
        [paused, longAgo + 1],
      ] as const) {
        await world().run(`INSERT INTO webhook (id, url, types, sealed_secret, secret_made_at, created_at, paused_at, paused_because)
          VALUES ('${id}', 'https://hooks.example/', '{}', 'x', now(), now(), ${id === paused ? `now(), 'request'` : 'NULL, NULL'})`);
        await world().run(`INSERT INTO webhook_delivery (id, webhook_id, event_id, seq, type, body, created_at, next_at)
          VALUES ('${fresh('whd')}', '${id}', '${fresh('evt')}', 1, 'CodeIssued', '{}', ${hoursAgo(hours)}, now())`);
      }
      const known = await ages();
      for (const queue of ['job authority.submit', 'webhook']) {
        expect(known.get(queue)).toBeGreaterThanOrEqual(longAgo * 3600);
        expect(known.get(queue)).toBeLessThan(longAgo * 3600 + 3000);
      }
      await world().run(`DELETE FROM job WHERE id IN ('${first}', '${parked}')`);
      await world().run(`DELETE FROM webhook WHERE id IN ('${good}', '${paused}')`);
    });

    test('are 0 where nothing waits, and of filings count from their start', async () => {
      expect((await ages()).get('filing awaiting_review')).toBe(0);
      const filing = await world().filing(await world().account(), { state: 'draft' });
      await world().run(`UPDATE filing SET started_at = ${hoursAgo(longAgo)} WHERE id = '${filing.id}'`);
      expect((await ages()).get('filing draft')).toBeGreaterThanOrEqual(longAgo * 3600);
      await world().run(`UPDATE filing SET started_at = now() WHERE id = '${filing.id}'`);
    });
  });
}
