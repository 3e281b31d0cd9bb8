import { Command } from 'commander';
import { registerCommands } from './commands/index.ts';
import { InputError } from './input.ts';

const program = new Command('openbeian')
  .description('ICP 备案 for access providers / ICP filing for access providers')
  // commander exits 1 on usage errors; the contract fixes 2 for usage and 1 for bad input.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
registerCommands(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
