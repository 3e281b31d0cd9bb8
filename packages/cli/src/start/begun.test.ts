import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTook } from './begun.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-begun-'));
afterAll(() => rmSync(folder, { recursive: true }));
const note = join(folder, 'begun');
const [began, now] = [1_000_000_000, 1_000_025_400];

test('the installation right before a start counts once', () => {
  writeFileSync(note, String(began - 40_000));
  expect(startTook(now, began, note)).toEqual({ seconds: 65, withInstallation: true });
  expect(existsSync(note)).toBe(false);
  expect(startTook(now, began, note)).toEqual({ seconds: 25, withInstallation: false });
});

test.each(['', 'soon', '-1', String(began - 3_600_000), String(began + 1)])(
  'a note that says %j counts for nothing',
  (text) => {
    writeFileSync(note, text);
    expect(startTook(now, began, note)).toEqual({ seconds: 25, withInstallation: false });
  },
);
