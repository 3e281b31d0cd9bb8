import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type GateSnapshotBody, openGateSnapshot, sealGateSnapshot } from '../index.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const body: GateSnapshotBody = {
  version: 12,
  builtAt: '2026-11-21T08:00:00Z',
  provider: 'xingyun',
  region: 'cn-mainland',
  defaultNames: ['app.xingyun-cloud.example'],
  records: [
    { name: '例子.中国', number: '粤ICP备2026000123号-1', accesses: ['xingyun'] },
    { name: 'gone.cn', number: '粤ICP备2026000124号-1', accesses: [], state: 'cancelled', graceUntil: '2026-12-01' },
  ],
};
const overTheWire = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

test('a sealed snapshot opens with the same content, whatever the order of its members', () => {
  const sealed = sealGateSnapshot(body, sha256);
  expect(openGateSnapshot(overTheWire(sealed), sha256)).toEqual(sealed);
  const reordered = Object.fromEntries(Object.entries(overTheWire(sealed)).reverse());
  expect(openGateSnapshot(reordered, sha256)).toEqual(sealed);
});

test('any altered, missing or added member is refused', () => {
  const sealed = overTheWire(sealGateSnapshot(body, sha256));
  const altered: [string, unknown][] = [
    ['version', 13],
    ['builtAt', '2026-11-21T08:00:01Z'],
    ['provider', 'other'],
    ['region', 'hk'],
    ['defaultNames', []],
    ['records', body.records.slice(1)],
    ['sha256', sha256('')],
    ['sha256', undefined],
    ['extra', true],
    ['region', 'ap-guangzhou'],
  ];
  for (const [key, value] of altered) {
    expect(() => openGateSnapshot({ ...sealed, [key]: value }, sha256), key).toThrow('input.invalid');
  }
  expect(() => openGateSnapshot(null, sha256)).toThrow('input.invalid');
});
