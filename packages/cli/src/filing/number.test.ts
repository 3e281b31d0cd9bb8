import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const run = (args: string[], input = '') =>
  spawnSync(process.execPath, [main, 'number', ...args], { input, encoding: 'utf8' });

test('the line is exactly the contract’s', () => {
  const { stdout, status } = run(['京 ICP 备 11018762号']);
  expect(stdout).toBe(
    '{"input":"京 ICP 备 11018762号","valid":true,"numbers":[{"canonical":"京ICP备11018762号","kind":"subject","province":"京","service":null,"serviceKind":null}],"problem":null}\n',
  );
  expect(status).toBe(0);
});

test('without arguments every line of standard input gets one answer, also an empty one', () => {
  const { stdout, status } = run([], '粤ICP备2026000123号-1A\r\n\n港ICP备11018762号');
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map((a) => [a.input, a.valid, a.problem?.code ?? null])).toEqual([
    ['粤ICP备2026000123号-1A', true, null],
    ['', false, 'empty'],
    ['港ICP备11018762号', false, 'unknown_province'],
  ]);
  expect(answers[0].numbers[0]).toMatchObject({ kind: 'service', service: 1, serviceKind: 'app' });
  expect(status).toBe(0);
});

test('--lenient finds numbers inside text, --at sets the last year', () => {
  const found = JSON.parse(run(['--lenient', '© 2026 粤ICP备2026000123号-1 版权所有']).stdout);
  expect(found.numbers.map((n: { canonical: string }) => n.canonical)).toEqual(['粤ICP备2026000123号-1']);
  expect(JSON.parse(run(['--at', '2025-12-31', '粤ICP备2026000123号']).stdout).problem.code).toBe('serial_year');
});

test('wrong usage exits 2 and prints no data', () => {
  for (const args of [['--at', '2026-02-30', '粤ICP备2026000123号'], ['--nonsense']]) {
    const { stdout, stderr, status } = run(args);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).not.toBe('');
  }
});
