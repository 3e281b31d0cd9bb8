import { Command } from 'commander';
import { registerCommands } from './commands.ts';
import { InputError } from './io/input.ts';
import { leaveWithReader } from './io/lines.ts';
import { protectTerminal } from './io/terminal.ts';

/** They go on without anybody reading what they print. */
const services = new Set(['start', 'server', 'worker', 'run', 'demo', 'authority-sim']);

/** Commands whose files (personal data, keys, logs) only their owner may read. A gate's snapshot is read by its proxy. */
const keepsSecrets = new Set('start server worker demo authority-sim users keys audit migrate work'.split(' '));

for (const stream of [process.stdout, process.stderr]) protectTerminal(stream);

const program = new Command('openbeian')
  .description('ICP 备案 for access providers / ICP filing for access providers')
  // commander exits 1 on usage errors; the contract fixes 2 for usage and 1 for bad input.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
await registerCommands(program, process.argv[2]);
program.hook('preAction', (_, command) => {
  if (keepsSecrets.has(firstWordOf(command))) process.umask(0o077);
  if (!services.has(command.name())) leaveWithReader();
});
/** `keys` of `openbeian keys reseal`. */
function firstWordOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent === program ? command.name() : firstWordOf(parent);
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
