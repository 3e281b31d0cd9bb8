import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createOverlay,
  createSnapshotBuilder,
  decideByTable,
  decideHost,
  decodePreamble,
  findCurrentEntry,
  type GateChange,
  type GateRow,
  indexGateRecords,
  type NameTable,
  openNameTable,
  openOverlay,
  preambleLength,
  writeOverlay,
} from '../index.ts';

const key = { k0: 0x03020100, k1: 0x07060504 };
const defaultNames = ['apigw.example-cloud.cn'];
const context = { provider: 'tencent', defaultNames: new Set(defaultNames), outsideMainland: false, blockPage: '/b' };

function tableOf(rows: readonly GateRow[]): NameTable {
  const about = { sequence: 7, builtAtMs: 0, provider: 'tencent', region: 'cn-mainland', defaultNames } as const;
  const builder = createSnapshotBuilder(about);
  for (const row of rows) builder.add(row);
  const laidOut = builder.layOut(() => key);
  const file = new Uint8Array(laidOut.header.fileLength);
  for (const { at, bytes } of laidOut.pieces(crc32)) file.set(bytes, at);
  const { header, facts } = decodePreamble(file.slice(0, preambleLength(file) ?? 0), crc32);
  return openNameTable(header, facts, file.slice(header.indexOffset, header.coldIndexOffset).buffer);
}

function overlaid(table: NameTable, changes: readonly GateChange[], length = 65_536) {
  const about = { baseSum: 5, outsideMainland: null };
  const overlay = createOverlay(new SharedArrayBuffer(length), about, crc32);
  const writer = writeOverlay(overlay, key);
  const patches = changes.map((change) => writer.apply(table, change));
  return { table: { ...table, overlay }, writer, patches, about };
}

const labels = ['a', 'b', 'hedmark', 'apigw', 'os'];
const names = ['a.cn', 'b.com.cn', 'hedmark.no', 'example-cloud.cn', 'a.os.hedmark.no', '例子.中国'];
const name = fc.constantFrom(...names);
// os.hedmark.no itself is a public suffix.
const appName = fc
  .oneof(
    name,
    fc.tuple(fc.constantFrom(...labels), name).map((parts) => parts.join('.')),
  )
  .filter((at) => at !== 'os.hedmark.no');
const rest = fc.record({
  number: fc.constant('粤ICP备2026000123号-1'),
  accesses: fc.constantFrom<string[][]>([], ['tencent'], ['alibaba']),
  state: fc.constantFrom(undefined, 'cancelled' as const, 'suspended' as const, 'blacklisted' as const),
  graceUntil: fc.constantFrom(undefined, '2026-11-20', '2026-11-21', '2026-11-22'),
});
const change: fc.Arbitrary<GateChange> = fc
  .tuple(fc.boolean(), name, appName, fc.boolean(), rest)
  .map(([exact, site, app, isThere, { state, graceUntil, ...more }]) => {
    const at = exact ? app : site;
    const row: GateRow = {
      name: at,
      ...more,
      ...(state && { state }),
      ...(graceUntil && { graceUntil }),
      ...(exact && { serviceKind: 'app' }),
    };
    return { name: at, exact, record: isThere ? row : null };
  });

/** What is on record after these changes, in their order. */
function recordsAfter(changes: readonly GateChange[]): GateRow[] {
  const existing = new Map<string, GateRow>();
  for (const { name: at, exact, record } of changes) {
    if (record === null) existing.delete(`${exact} ${at}`);
    else existing.set(`${exact} ${at}`, record);
  }
  return [...existing.values()];
}

const hosts = [
  ...names,
  ...names.flatMap((below) => labels.map((label) => `${label}.${below}`)),
  ...names.flatMap((below) => labels.map((label) => `x.${label}.${below}`)),
  'cn',
  'no',
  'os.hedmark.no',
  'x.apigw.example-cloud.cn',
  'c.cn',
  'www.a.cn:80',
  'WWW.B.com.cn.',
  '192.0.2.1',
  'a b',
];

describe('a snapshot with changes laid over it', () => {
  test('decides as a snapshot that was built with them: any records, any changes, in any order', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.array(change, { maxLength: 25 }), (before, changes) => {
        const { table } = overlaid(tableOf(recordsAfter(before)), changes);
        const known = indexGateRecords(recordsAfter([...before, ...changes]));
        for (const host of hosts) {
          expect(decideByTable(host, table, '2026-11-21', context), host).toEqual(
            decideHost(host, known, context, '2026-11-21'),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the provider’s own names stay open whatever is on record', () => {
    const record: GateRow = { name: 'example-cloud.cn', number: 'x', accesses: [], state: 'blacklisted' };
    const { table } = overlaid(tableOf([]), [{ name: 'example-cloud.cn', exact: false, record }]);
    const reason = (host: string) => decideByTable(host, table, '2026-11-21', context).reason;
    expect(reason('x.apigw.example-cloud.cn')).toBe('exempt_provider_name');
    expect(reason('www.example-cloud.cn')).toBe('blacklisted');
  });

  test('a reader of its bytes finds the same, also while the writer goes on in parts', () => {
    const base = tableOf([]);
    const record = (at: string): GateRow => ({ name: at, number: 'x', accesses: ['tencent'] });
    const writer = writeOverlay(
      createOverlay(new SharedArrayBuffer(65_536), { baseSum: 9, outsideMainland: true }, crc32),
      key,
    );
    // A file that is patched as the writer says, in its order: after each part it can be read.
    const copy = new Uint8Array(65_536);
    copy.set(writer.overlay.bytes);
    for (let number = 0; number < 50; number += 1) {
      const patch = writer.apply(base, { name: `n${number}.cn`, exact: false, record: record(`n${number}.cn`) });
      for (const { at, length } of patch ?? []) {
        copy.set(writer.overlay.bytes.subarray(at, at + length), at);
        const { overlay } = openOverlay(copy.buffer, crc32);
        for (let earlier = 0; earlier < number; earlier += 1) {
          expect(findCurrentEntry({ ...base, overlay }, `n${earlier}.cn`)?.flags).toBe(1);
        }
      }
    }
    writer.stamp(2 ** 40 + 3);
    copy.set(writer.overlay.bytes.subarray(16, 24), 16);
    const opened = openOverlay(copy.buffer, crc32);
    expect([opened.baseSum, opened.sequence, copy[32]]).toEqual([9, 2 ** 40 + 3, 2]);
    for (const damage of [0, 9, 13, 25, 29, 32, 61]) {
      const flipped = copy.slice();
      flipped[damage] = (flipped[damage] as number) ^ 1;
      expect(() => openOverlay(flipped.buffer, crc32), `byte ${damage}`).toThrow('input.invalid');
    }
  });

  test('one that is full says so, and a larger one takes everything over', () => {
    const base = tableOf([]);
    const changes = Array.from({ length: 3000 }, (_, number): GateChange => {
      const at = `name-${number % 2000}.cn`;
      return {
        name: at,
        exact: false,
        record: number < 500 ? null : { name: at, number: 'x', accesses: number < 2500 ? ['tencent'] : [] },
      };
    });
    const { writer, patches } = overlaid(base, changes);
    const fitted = patches.findIndex((patch) => patch === null);
    expect(fitted).toBeGreaterThan(1000);
    const larger = writeOverlay(
      createOverlay(new SharedArrayBuffer(262_144), { baseSum: 5, outsideMainland: null }, crc32),
      key,
    );
    expect(larger.copyFrom(writer.overlay)).toBe(true);
    for (const one of changes.slice(fitted)) expect(larger.apply(base, one)).not.toBeNull();
    const known = indexGateRecords(recordsAfter(changes));
    for (let number = 0; number < 2100; number += 1) {
      const host = `www.name-${number}.cn`;
      const table = { ...base, overlay: larger.overlay };
      expect(decideByTable(host, table, '2026-11-21', context)).toEqual(decideHost(host, known, context, '2026-11-21'));
    }
  });
});
