import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandWords, registerCommands } from './commands.ts';

const namesOf = (program: Command) => program.commands.map((command) => command.name());

test('each word loads its command, and no word or a wrong one loads all of them', async () => {
  const all = new Command();
  await registerCommands(all, undefined);
  expect(namesOf(all).sort()).toEqual([...commandWords].sort());
  for (const word of commandWords) {
    const one = new Command();
    await registerCommands(one, word);
    expect(namesOf(one)).toContain(word);
  }
  const misspelt = new Command();
  await registerCommands(misspelt, 'chekc');
  expect(namesOf(misspelt)).toEqual(namesOf(all));
  const inherited = new Command();
  await registerCommands(inherited, 'constructor');
  expect(namesOf(inherited)).toEqual(namesOf(all));
});

/** The folders and packages that a program loads, up to the end of its command. */
function loadedBy(words: readonly string[]): string[] {
  const hook = `import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ load(url, context, next) { seen.add(url); return next(url, context); } });
    process.on('exit', () => process.stderr.write('LOADED ' + JSON.stringify([...seen])));`;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, main, ...words];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const urls = JSON.parse(/LOADED (.*)$/s.exec(stderr)?.[1] ?? '[]') as string[];
  return urls.map((url) => url.replace(/^.*\/(?=(node_modules|packages|policies)\/)/, ''));
}

test('a command loads nothing of the others, and no library before it is needed', () => {
  const gate = loadedBy(['gate', 'run', '--help']);
  expect(gate.length).toBeGreaterThan(20);
  expect(gate.filter((path) => /packages\/(server|cloud-sync|authority-sim|console)\/|^policies\//.test(path))).toEqual(
    [],
  );
  expect(gate.filter((path) => /cli\/src\/(start|check|plan|inventory)\//.test(path))).toEqual([]);
  const server = loadedBy(['server', '--help']);
  expect(server.filter((path) => /packages\/(server|gate)\/|node_modules\/(?!zod|commander)/.test(path))).toEqual([]);
}, 30_000);
