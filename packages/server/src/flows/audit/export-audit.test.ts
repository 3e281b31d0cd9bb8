import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { AuditAltered, exportedDays } from './export-audit.ts';
import { sealAudit, sealMarginMs } from './seal-audit.ts';

describeEmbedded('exportedDays', (get) => {
  const sign = (text: string) => `signed ${createHash('sha256').update(text).digest('hex')}`;
  const exported = async (from: string | null = null) => {
    const days: { day: string; complete: boolean; lines: { kind: string; signature?: string; rows?: number }[] }[] = [];
    for await (const { day, complete, lines } of exportedDays(get().deps, from, sign)) {
      const read = [];
      for await (const line of lines()) read.push(JSON.parse(line));
      days.push({ day, complete, lines: read });
    }
    return days;
  };

  test('a signed file for each sealed day, from a day on; what is not sealed waits', async () => {
    const world = get();
    await world.account();
    await world.account();
    world.clock.nowMs += 86_400_000;
    await world.account();
    world.clock.nowMs += 2 * sealMarginMs;
    while ((await sealAudit(world.deps)) > 0);
    await world.account();
    const days = await exported();
    expect(days.map(({ day, complete }) => [day, complete])).toEqual([
      ['2026-11-21', true],
      ['2026-11-22', false],
    ]);
    expect(days[0]?.lines.map(({ kind }) => kind)).toEqual(['day', 'row', 'row', 'seal', 'end']);
    expect(days[0]?.lines.at(-1)).toMatchObject({ rows: 2, signature: expect.stringMatching(/^signed /) });
    expect((await exported('2026-11-22')).map(({ day }) => day)).toEqual(['2026-11-22']);
  });

  test('stops where the rows are not those that were sealed', async () => {
    const world = get();
    const now = world.clock.nowMs;
    world.clock.nowMs = Date.parse('2026-11-21T01:29:00.000Z');
    await world.account();
    world.clock.nowMs = now;
    await expect(exported()).rejects.toBeInstanceOf(AuditAltered);
  });
});
