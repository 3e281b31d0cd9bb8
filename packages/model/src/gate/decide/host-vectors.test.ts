import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  createOverlay,
  createSnapshotBuilder,
  dayNumber,
  decodePreamble,
  evaluateHost,
  type GateRecord,
  gateReasons,
  isOfExactName,
  type NameTable,
  openNameTable,
  preambleLength,
  writeOverlay,
} from '../index.ts';
import { hostVectors, vectorContexts, vectorDefaultNames, vectorProvider, vectorRecords } from '../testing/index.ts';

const key = { k0: 0x03020100, k1: 0x07060504 };

/** The snapshot of some records, with changes to others laid over. */
function tableOf(rows: readonly GateRecord[], changed: readonly GateRecord[], gone: readonly GateRecord[]): NameTable {
  const builder = createSnapshotBuilder({
    provider: vectorProvider,
    region: 'cn-mainland',
    defaultNames: vectorDefaultNames,
    sequence: 1,
    builtAtMs: 0,
  });
  for (const row of rows) builder.add(row);
  const { header, pieces } = builder.layOut(() => key);
  const bytes = new Uint8Array(header.fileLength);
  for (const piece of pieces(crc32)) bytes.set(piece.bytes, piece.at);
  const { facts, sum } = decodePreamble(bytes.slice(0, preambleLength(bytes) ?? 0), crc32);
  const table = openNameTable(header, facts, bytes.slice(header.indexOffset, header.coldIndexOffset).buffer);
  const about = { baseSum: sum, outsideMainland: null };
  const writer = writeOverlay(createOverlay(new ArrayBuffer(1024 * 1024), about, crc32), key);
  const apply = ({ name, ...row }: GateRecord, record: GateRecord | null) =>
    expect(writer.apply(table, { name, exact: isOfExactName(row), record })).not.toBeNull();
  for (const row of gone) apply(row, null);
  for (const row of changed) apply(row, row);
  return { ...table, overlay: writer.overlay };
}

const even = vectorRecords.filter((_, place) => place % 2 === 0);
const odd = vectorRecords.filter((_, place) => place % 2 === 1);
const former: GateRecord[] = [
  { name: 'other.cn', number: 'x', accesses: ['xingyun'] },
  { name: 'www.evil.cn', number: 'x', accesses: ['xingyun'], serviceKind: 'app' },
];

test.each([
  ['the snapshot', tableOf(vectorRecords, [], [])],
  ['changes over an empty snapshot', tableOf([], vectorRecords, [])],
  ['changes over a snapshot of the others', tableOf(even, odd, [])],
  ['changes that replace and end records', tableOf([...even, ...former], [...odd, ...even], former)],
])('%s decides all vectors as the records do', (_, table) => {
  const wrong = hostVectors().flatMap(({ host, expected }) =>
    vectorContexts.flatMap(({ outsideMainland, anyNumberSuffices, at, name }, place) => {
      const reason = evaluateHost(host, table, { outsideMainland, anyNumberSuffices, day: dayNumber(at) });
      return reason === expected[place]?.reason ? [] : [{ host, name, reason, expected: expected[place]?.reason }];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the table of vectors is what it was: run with --update after a change that is meant, and read the difference', async () => {
  const lines = hostVectors().map(({ host, expected }) =>
    [JSON.stringify(host), ...expected.map(({ outcome, reason }) => `${outcome}:${reason}`)].join('\t'),
  );
  const head = `host\t${vectorContexts.map(({ name }) => name).join('\t')}`;
  await expect(`${[head, ...lines].join('\n')}\n`).toMatchFileSnapshot('../testing/host-vectors.txt');
});

test('the vectors reach every reason but those of a gate without a snapshot', () => {
  const met = new Set(hostVectors().flatMap(({ expected }) => expected.map(({ reason }) => reason)));
  const all = Object.keys(gateReasons).filter((reason) => !/snapshot/.test(reason));
  expect([...met].sort()).toEqual(all.sort());
});
