import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { WorkSignal } from '../../ports/work-signals.ts';
import { fresh, jobPayload } from '../testing/world.ts';
import type { Channel } from './channel.ts';
import { type OpenStore, openStore } from './open-store.ts';
import { WorkSignals } from './work-signals.ts';

/** A channel whose sessions hear what is sent, unless it is behind a pooler. */
class TestChannel implements Channel {
  readonly sent: string[] = [];
  delivers = true;
  sessions = 0;
  #hear: (text: string) => void = () => {};
  end: () => void = () => {};

  async send(text: string): Promise<void> {
    if (!text.startsWith('probe:')) this.sent.push(text);
    if (this.delivers) this.#hear(text);
  }

  async open(onText: (text: string) => void, onEnd: () => void) {
    this.sessions += 1;
    this.#hear = onText;
    this.end = onEnd;
    return { close: () => {} };
  }
}

describe('signals of work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('reach this process at once and the others together, each kind once', async () => {
    const channel = new TestChannel();
    const signals = new WorkSignals(channel);
    const heard: WorkSignal[] = [];
    channel.delivers = false;
    signals.listen((signal) => heard.push(signal));
    signals.tell(['jobs']);
    signals.tell(['jobs', 'events']);
    expect(heard).toEqual(['jobs', 'jobs', 'events']);
    expect(channel.sent).toEqual([]);
    await pass(30);
    expect(channel.sent).toEqual(['jobs events']);
    signals.tell(new Set());
    await pass(30);
    expect(channel.sent).toHaveLength(1);
    signals.close();
  });

  test('count as heard only while something arrives: not behind a pooler, not on a session that died', async () => {
    const channel = new TestChannel();
    channel.delivers = false;
    const signals = new WorkSignals(channel);
    const heard: WorkSignal[] = [];
    const listening = signals.listen((signal) => heard.push(signal));
    await pass(4_000);
    expect(listening.isHeard()).toBe(false);
    expect(channel.sessions).toBe(1);
    // Tried again, later and later.
    await pass(600_000);
    expect(channel.sessions).toBeGreaterThan(3);
    expect(channel.sessions).toBeLessThan(15);
    expect(listening.isHeard()).toBe(false);
    channel.delivers = true;
    await pass(300_000);
    expect(listening.isHeard()).toBe(true);
    // Whatever was missed meanwhile is looked for.
    expect(heard).toEqual(['jobs', 'events', 'mail', 'retries']);
    channel.end();
    expect(listening.isHeard()).toBe(false);
    await pass(1_500);
    expect(listening.isHeard()).toBe(true);
    expect(heard).toHaveLength(8);
    channel.delivers = false;
    await pass(26_000);
    expect(listening.isHeard()).toBe(false);
    signals.close();
  });

  test('of the only process are always heard', () => {
    const signals = new WorkSignals(null);
    expect(signals.listen(() => {}).isHeard()).toBe(true);
  });
});

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.skipIf(database === null)('on PostgreSQL', () => {
  const stores: OpenStore[] = [];
  const open = async () => {
    const opened = await openStore({ databaseUrl: database?.url ?? '', maxConnections: 2 });
    stores.push(opened);
    return opened;
  };
  afterAll(() => Promise.all(stores.map((one) => one.close())));

  test('work that one process commits is heard by another, also after its session was ended; what is rolled back is not', async () => {
    const [one, other] = [await open(), await open()];
    const heard: WorkSignal[] = [];
    const listening = other.store.listen((signal) => heard.push(signal));
    const until = (holds: () => void) => vi.waitFor(holds, { timeout: 60_000, interval: 20 });
    await until(() => expect(listening.isHeard()).toBe(true));
    const enqueue = (fails: boolean) =>
      one.store.transaction(async ({ jobs }) => {
        const runAt = '2999-01-01T00:00:00.000Z';
        await jobs.enqueue({ id: fresh('out'), topic: 'authority.submit', payload: jobPayload, runAt });
        if (fails) throw new Error('given up');
      });
    heard.length = 0;
    await enqueue(true).catch(() => {});
    await enqueue(false);
    await until(() => expect(heard).toEqual(['jobs']));
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'openbeian listens'`.execute(one.kysely);
    await until(() => expect(listening.isHeard()).toBe(false));
    await until(() => expect(listening.isHeard()).toBe(true));
    heard.length = 0;
    await enqueue(false);
    await until(() => expect(heard).toContain('jobs'));
  });
});
