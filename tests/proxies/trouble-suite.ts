import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { snapshotBytes } from '../../packages/gate/src/testing/test-control-plane.ts';
import { suiteNowMs, suiteSnapshot } from './host-cases.ts';
import { challenge, expectRefused, get, type ProxyWorld } from './proxy-world.ts';
import { freePort } from './run-program.ts';

/** How long a visitor may wait for a gate that does not answer: what the shipped configurations say, and some. */
const mostWaitMs = 6000;

/** Names that are not served, in the forms in which bypasses were tried. */
const unserved = ['other.cn', 'xn--fsqu00a.cn', 'gone.cn', 'a_b.other.cn'];
const requests = (name: string) => [
  get(name),
  get(name, challenge),
  Buffer.from(`GET http://${name}/ HTTP/1.1\r\nHost: example.cn\r\nConnection: close\r\n\r\n`),
  Buffer.from(`GET http://${name}${challenge} HTTP/1.1\r\nHost: example.cn\r\nConnection: close\r\n\r\n`),
];

/** Gates that hang or are gone, snapshots that are missing or too old: nothing is served that was not decided. */
export function describeTrouble(world: ProxyWorld): void {
  const { proxy } = world;
  describe('trouble', () => {
    test('a gate that does not answer is not waited for', { timeout: 60_000 }, async () => {
      // Adapters that decide alone need no gate, and are started with their records.
      if (proxy.gateHangs === 'served') return;
      const { port, stop } = await world.startBefore(await world.hangingGate());
      try {
        for (const host of ['example.cn', 'other.cn']) {
          const begunMs = performance.now();
          const answer = await world.ask(port, get(host));
          expect([answer.status, answer.site]).toEqual([proxy.gateHangs, undefined]);
          expect(performance.now() - begunMs).toBeLessThan(mostWaitMs);
        }
      } finally {
        await stop();
      }
    });

    test('a gate that is gone from the start', { timeout: 60_000 }, async () => {
      if (proxy.alone) return;
      const { port, stop } = await world.startBefore(`127.0.0.1:${await freePort()}`);
      try {
        for (const bytes of ['example.cn', ...unserved].flatMap(requests)) {
          expectRefused(await world.ask(port, bytes), { mayReject: true });
        }
      } finally {
        await stop();
      }
    });

    const folder = mkdtempSync(join(tmpdir(), 'openbeian-stored-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    /** A stored snapshot in which everything is filed that is filed here; confirmed so many days ago. */
    const store = (daysAgo: number, change: (bytes: Uint8Array) => void = () => {}) => {
      const file = join(folder, crypto.randomUUID());
      const bytes = snapshotBytes(suiteSnapshot);
      change(bytes);
      writeFileSync(file, bytes);
      const confirmed = suiteNowMs / 1000 - daysAgo * 86_400;
      utimesSync(file, confirmed, confirmed);
      return file;
    };
    const flip = (bytes: Uint8Array) => {
      const at = Buffer.from(bytes.buffer).indexOf('gone.cn');
      bytes[at - 1] = (bytes[at - 1] ?? 0) ^ 2;
    };

    test.each([
      ['without any snapshot', () => join(folder, 'none')],
      ['with a snapshot that is too old', () => store(8)],
      ['with a snapshot that was tampered with', () => store(0, flip)],
    ])('a gate %s, and no control plane', { timeout: 60_000 }, async (_, snapshotFile) => {
      if (proxy.alone) return;
      const { port, stop } = await world.startBoth({ controlUrl: 'http://127.0.0.1:9', snapshotFile: snapshotFile() });
      try {
        for (const bytes of ['example.cn', ...unserved].flatMap(requests)) {
          expectRefused(await world.ask(port, bytes), { mayReject: true });
        }
      } finally {
        await stop();
      }
    });
  });
}
