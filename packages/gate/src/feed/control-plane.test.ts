import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { gateToken, snapshotBody, snapshotBytes } from '../testing/test-control-plane.ts';
import { codeOf, openControlPlane } from './control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-control-'));
let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A control plane that answers everything by these bytes, and then by `more` without end. */
async function answering(begin: Uint8Array, more: Uint8Array) {
  const fill = (response: ServerResponse) => {
    while (!response.destroyed && response.write(more));
    response.once('drain', () => fill(response));
  };
  const listening = createServer((_, response) => {
    response.on('error', () => {}).write(begin);
    if (more.length === 0) response.end();
    else fill(response);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const controlUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return openControlPlane({ controlUrl, token: gateToken, waitMs: 0 }, new AbortController().signal);
}

const snapshot = snapshotBytes(snapshotBody(1, ['a.cn', 'b.cn']));
const endless = Buffer.alloc(65_536, 7);

test('changes without end are not read into memory', async () => {
  const control = await answering(Buffer.from('{"snapshot":false,"changes":['), Buffer.from('{},'.repeat(20_000)));
  const refused = control.changesAfter({ sequence: 1, mark: 'm' }, true).then(() => 'read', codeOf);
  expect(await refused).toBe('answer_too_large');
}, 30_000);

test.each([
  ['goes on behind its end', snapshot],
  ['is none', Buffer.from('no snapshot at all')],
])('a snapshot that %s fills no disk, and is no snapshot', async (_, begin) => {
  const file = join(folder, `draft-${begin.length}`);
  await (await answering(begin, endless)).downloadSnapshot(0, file);
  expect(statSync(file).size).not.toBe(snapshot.length);
  expect(statSync(file).size).toBeLessThan(snapshot.length + 4 * endless.length);
  rmSync(file);
});

test('a snapshot that comes in pieces is taken to its end, wherever it is cut', async () => {
  const large = snapshotBytes(
    snapshotBody(
      1,
      Array.from({ length: 3000 }, (_, number) => `name-${number}.cn`),
    ),
  );
  const cuts = [1, 150, 5000, 65_536, large.length - 1, large.length];
  expect(large.length).toBeGreaterThan(2 * 65_536);
  const send = async (response: ServerResponse) => {
    for (const [place, end] of cuts.entries()) {
      response.write(large.subarray(cuts[place - 1] ?? 0, end));
      await pause(20);
    }
    response.end();
  };
  const listening = createServer((_, response) => void send(response));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const controlUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const control = openControlPlane({ controlUrl, token: gateToken, waitMs: 0 }, new AbortController().signal);
  const file = join(folder, 'pieces');
  await control.downloadSnapshot(0, file);
  expect(readFileSync(file).equals(Buffer.from(large))).toBe(true);
});

test('a snapshot is taken as it is', async () => {
  const file = join(folder, 'draft');
  await (await answering(snapshot, Buffer.alloc(0))).downloadSnapshot(0, file);
  expect(readFileSync(file).equals(Buffer.from(snapshot))).toBe(true);
  rmSync(folder, { recursive: true });
});
