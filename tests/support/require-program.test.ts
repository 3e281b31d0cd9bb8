import { existsSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import programs from './programs.json' with { type: 'json' };
import { requireProgram } from './require-program.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  programs.nginx.path = realPath;
});
const realPath = programs.nginx.path;

function loseNginx(): void {
  programs.nginx.path = '/nowhere/*/nginx';
  vi.stubEnv('PATH', '/nowhere');
}

test('a missing program fails a run with CI=true, naming the package', () => {
  loseNginx();
  vi.stubEnv('CI', 'true');
  expect(() => requireProgram('nginx')).toThrow(/nginx is missing.*package is nginx/);
});

test('on a person’s machine a missing program is said loudly, once, in both languages', () => {
  loseNginx();
  vi.stubEnv('CI', '');
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect([requireProgram('nginx'), requireProgram('nginx')]).toEqual([null, null]);
  expect(stderr.mock.calls.flat().join('')).toMatch(/^\n!!! 缺少 nginx.*没有运行。\n!!! nginx is missing.*did NOT run/);
  expect(stderr).toHaveBeenCalledOnce();
});

test('a program that is there is found', (ctx) => {
  for (const name of ['nginx', 'chromium', 'postgres'] as const) {
    const path = requireProgram(name);
    if (path === null) return ctx.skip(`${name} is missing`);
    expect(existsSync(path)).toBe(true);
  }
});
