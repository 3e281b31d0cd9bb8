import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateHost } from '../decide/evaluate-host.ts';
import type { GateRow } from './gate-row.ts';
import { openNameTable } from './name-table.ts';
import { createSnapshotBuilder, type EntryChange, type SnapshotBuilder } from './snapshot-builder.ts';
import { decodePreamble, preambleLength } from './snapshot-layout.ts';

const about = { provider: 'tencent', region: 'cn-mainland', defaultNames: ['own.cn'] } as const;
const first = { sequence: 0, builtAtMs: 0 };
const moment = { sequence: 9, builtAtMs: 1_795_000_000_000, mark: 'ninth' };
const key = { k0: 1, k1: 2 };

function open(builder: SnapshotBuilder) {
  const laidOut = builder.layOut(() => key, moment);
  const file = new Uint8Array(laidOut.header.fileLength);
  for (const { at, bytes } of laidOut.pieces(crc32)) file.set(bytes, at);
  const { header, facts } = decodePreamble(file.slice(0, preambleLength(file.subarray(0, 160)) ?? 0), crc32);
  const table = openNameTable(header, facts, file.slice(header.indexOffset, header.coldIndexOffset).buffer);
  return {
    header,
    facts,
    reasonOf: (host: string) => evaluateHost(host, table, { outsideMainland: false, day: 20_778 }),
  };
}

const names = ['a.cn', 'b.cn', 'c.com.cn', 'own.cn', '例子.cn', 'hedmark.no'];
const hosts = [...names.flatMap((name) => [name, `www.${name}`]), 'cn', 'app.a.cn', 'x.app.a.cn', 'xn--fsqu00a.cn'];
const kind = fc.oneof(
  fc.constantFrom(...names).map((name) => ({ name, exact: false })),
  fc.constantFrom(...names, 'app.a.cn', 'app.b.cn').map((name) => ({ name, exact: true })),
);
const row = fc.tuple(kind, fc.constantFrom('here', 'elsewhere', 'grace', 'cancelled', 'suspended', 'blacklisted')).map(
  ([{ name, exact }, how]): GateRow => ({
    name,
    number: '粤ICP备2026000123号-1',
    accesses: how === 'here' ? ['tencent'] : ['alibaba'],
    ...(how === 'grace' && { graceUntil: '2027-01-01' }),
    ...((how === 'cancelled' || how === 'suspended' || how === 'blacklisted') && { state: how }),
    ...(exact && { serviceKind: 'app' as const }),
  }),
);
const keyOf = ({ name, exact }: Pick<EntryChange, 'name' | 'exact'>) => `${exact} ${name}`;
const change = fc.oneof(
  kind.map((of): EntryChange => ({ ...of, record: null })),
  row.map((record): EntryChange => ({ name: record.name, exact: record.serviceKind !== undefined, record })),
);

test('a builder with changes makes what one makes that was given the last state of each name', () => {
  fc.assert(
    fc.property(fc.array(row), fc.array(change), fc.nat(10), (all, changes, early) => {
      const rows = new Map(
        all.map((each) => [keyOf({ name: each.name, exact: each.serviceKind !== undefined }), each]),
      );
      const changed = createSnapshotBuilder({ ...about, ...first });
      for (const each of changes.slice(0, early)) changed.replace(each);
      for (const each of rows.values()) changed.add(each);
      for (const each of changes.slice(early)) changed.replace(each);
      for (const each of changes) {
        if (each.record === null) rows.delete(keyOf(each));
        else rows.set(keyOf(each), each.record);
      }
      const plain = createSnapshotBuilder({ ...about, ...first });
      for (const each of rows.values()) plain.add(each);
      const [one, other] = [open(changed), open(plain)];
      expect(hosts.map(one.reasonOf)).toEqual(hosts.map(other.reasonOf));
      expect(one.header.recordCount).toBe(other.header.recordCount);
      expect([one.header.sequence, one.header.builtAtMs, one.facts.mark]).toEqual([9, moment.builtAtMs, 'ninth']);
    }),
  );
});

test('a change under a name that no record can have leaves everything as it was', () => {
  const builder = createSnapshotBuilder({ ...about, ...first });
  builder.add({ name: 'a.cn', number: 'x', accesses: ['tencent'] });
  for (const name of ['com.cn', 'www.a.cn', '-', '']) {
    const record = { name, number: 'x', accesses: ['tencent'] };
    expect(() => builder.replace({ name, exact: false, record })).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
  }
  expect(open(builder).reasonOf('www.a.cn')).toBe('filed_here');
  expect(open(builder).reasonOf('com.cn')).toBe('unfiled');
});
