import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** The commands of the README work exactly as they are written. */
const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const main = join(root, 'packages', 'cli', 'src', 'main.ts');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The commands on the repository's own examples; `demo` has a test of its own. */
const commands = readme
  .split('\n')
  .filter((line) => line.startsWith('npx openbeian ') && !line.startsWith('npx openbeian demo'))
  .map((line) => line.replace(/\s+#.*$/u, '').slice('npx openbeian '.length));

const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, bare]) => quoted ?? bare ?? '');

describe('the README’s commands', () => {
  it('are found', () => expect(commands.length).toBeGreaterThan(7));

  it.each(commands)('openbeian %s', async (command) => {
    const chinese = await run(process.execPath, [main, ...wordsOf(command)], { cwd: root });
    expect(chinese.stdout.trim()).not.toBe('');
  });

  it('name examples that answer as the README says', async () => {
    const { stdout } = await run(process.execPath, [main, 'check', 'examples/inventory.yaml', '--at', '2026-11-21'], {
      cwd: root,
    });
    const about = (id: string) => stdout.split('\n\n').find((part) => part.startsWith(id)) ?? '';
    expect(about('web-1')).not.toContain('→');
    expect(about('web-2')).toContain('不早于 2026-12-21');
    for (const code of ['resource.billing_not_prepaid', 'resource.no_public_ip'])
      expect(about('web-3')).toContain(code);
    expect(about('blog-1')).toContain('code.product_cannot_issue');
    expect(about('overseas-1')).toContain('resource.region_not_mainland');
  });
});
