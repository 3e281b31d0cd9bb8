import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { createOverlay, createSnapshotBuilder, headerLength } from '@openbeian/model/gate';
import { writeSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { nameOf } from './names.ts';

const record = { number: '粤ICP备2026000123号-1', accesses: ['xingyun'] };

/** Writes the snapshot of the first `count` names and an empty overlay beside it; says how long that took. */
export async function buildSnapshot(
  file: string,
  count: number,
): Promise<{ readonly rowsMs: number; readonly writeMs: number }> {
  const builder = createSnapshotBuilder({
    sequence: 1,
    builtAtMs: Date.now(),
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: [],
  });
  const begunMs = performance.now();
  for (let number = 0; number < count; number += 1) builder.add({ name: nameOf(number), ...record });
  const rowsMs = performance.now() - begunMs;
  const key = randomBytes(8);
  await writeSnapshotFile(
    file,
    builder.layOut(() => ({ k0: key.readUInt32LE(0), k1: key.readUInt32LE(4) })),
  );
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, headerLength - 4);
  await handle.close();
  const overlay = createOverlay(
    new ArrayBuffer(65_536),
    { baseSum: buffer.readUInt32LE(), outsideMainland: null },
    crc32,
  );
  await writeFile(`${file}.overlay`, overlay.bytes);
  return { rowsMs, writeMs: performance.now() - begunMs - rowsMs };
}
