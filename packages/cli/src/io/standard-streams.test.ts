import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));
/** Through a shell, as people join programs. */
const shell = (line: string) =>
  spawnSync('bash', ['-c', line.replaceAll('openbeian', `"${process.execPath}" "${main}"`)], {
    cwd: examples,
    encoding: 'utf8',
  });

test('a document is read from a pipe whose writer is slower than the reader', () => {
  const { stderr, status } = shell('(sleep 2; cat case.json) | openbeian route - --json');
  expect([stderr, status]).toEqual(['', 0]);
});

test('output that cannot be written is said in one line, with status 1', () => {
  // A disk that is full, as Linux has one for tests.
  if (!existsSync('/dev/full')) return;
  for (const command of ['openbeian number 粤ICP备2026000123号', 'openbeian route case.json --json']) {
    const { stderr, status } = shell(`${command} > /dev/full`);
    expect(stderr).toMatch(/^标准输出：无法写入（ENOSPC.* \/ standard output: cannot be written \(ENOSPC.*\)\n$/);
    expect(status).toBe(1);
  }
});

test('a line without end is refused with its number before memory fills', () => {
  const { stdout, stderr, status } = shell(
    `(echo 粤ICP备2026000123号; head -c 20000000 /dev/zero | tr '\\0' a) | openbeian number`,
  );
  expect(stdout.split('\n')[0]).toContain('粤ICP备2026000123号');
  expect(stderr).toMatch(/^-:2: 一行不应超过 1000000 个字符 \/ -:2: expected a line of at most 1000000 characters\n$/);
  expect(status).toBe(1);
});
