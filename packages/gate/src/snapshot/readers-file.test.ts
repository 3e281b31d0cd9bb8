import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateHost } from '@openbeian/model/gate';
import { afterAll, expect, test, vi } from 'vitest';
import { startGate } from '../index.ts';
import { openSnapshotFile } from '../testing/snapshot-files.ts';
import { gateToken, snapshotBody, startTestControlPlane } from '../testing/test-control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'gate-readers-'));
const readersFile = join(folder, 'gate.snapshot');
afterAll(() => rmSync(folder, { recursive: true }));
const day = 20_778;
const evaluate = async (host: string) =>
  evaluateHost(host, await openSnapshotFile(readersFile), { outsideMainland: false, day });

/** The overlay beside the file belongs to it. */
const overlayFits = () =>
  readFileSync(`${readersFile}.overlay`).readUInt32LE(28) === readFileSync(readersFile).readUInt32LE(156);

test('every taken snapshot is put whole in the place of the last, for readers beside the gate', async () => {
  const control = await startTestControlPlane();
  control.publish(snapshotBody(1, ['example.cn', '例子.中国']));
  const gate = await startGate(
    { listen: { port: 0 }, controlUrl: control.url, token: gateToken, snapshotFile: join(folder, 's'), readersFile },
    { log: () => {} },
  );
  try {
    await vi.waitFor(async () => expect(await evaluate('www.example.cn')).toBe('filed_here'), { timeout: 5000 });
    expect(await evaluate('商店.例子.中国')).toBe('filed_here');
    expect(await evaluate('x.app.xingyun-cloud.cn')).toBe('exempt_provider_name');
    expect(await evaluate('other.cn')).toBe('unfiled');
    expect((await openSnapshotFile(readersFile)).header).toMatchObject({ sequence: 1, recordCount: 2 });
    const { ino, mode } = statSync(readersFile);
    expect(mode & 0o777).toBe(0o640);
    const held = await openSnapshotFile(readersFile);
    control.publish(snapshotBody(2, ['other.cn']));
    await vi.waitFor(async () => expect(await evaluate('other.cn')).toBe('filed_here'), { timeout: 5000 });
    expect(await evaluate('example.cn')).toBe('unfiled');
    expect(statSync(readersFile).ino).not.toBe(ino);
    // Who has the old one open decides by it as before.
    expect(evaluateHost('example.cn', held, { outsideMainland: false, day })).toBe('filed_here');
    expect((await openSnapshotFile(readersFile)).header.key).not.toEqual(held.header.key);
    await vi.waitFor(() => expect(overlayFits()).toBe(true), { timeout: 5000 });
    expect(readdirSync(folder).sort()).toEqual(['gate.snapshot', 'gate.snapshot.overlay', 's', 's.changes']);
  } finally {
    await gate.close();
    await control.close();
  }
});

test('a damaged or cut file is refused', async () => {
  const whole = readFileSync(readersFile);
  for (const at of [0, 9, 20, 150, 170, 5000]) {
    const flipped = Buffer.from(whole);
    const place = Math.min(at, whole.length - 1);
    flipped[place] = (flipped[place] as number) ^ 4;
    writeFileSync(readersFile, flipped);
    await expect(openSnapshotFile(readersFile), `byte ${at}`).rejects.toThrow('input.invalid');
  }
  for (const length of [0, 100, 4096, whole.length - 1]) {
    writeFileSync(readersFile, whole.subarray(0, length));
    await expect(openSnapshotFile(readersFile), `length ${length}`).rejects.toThrow('input.invalid');
  }
  writeFileSync(readersFile, `{"version":1}${' '.repeat(500)}`);
  await expect(openSnapshotFile(readersFile)).rejects.toThrow('input.invalid');
});
