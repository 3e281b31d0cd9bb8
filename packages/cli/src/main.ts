import { Command } from 'commander';
import { registerCommands } from './commands/index.ts';

const program = new Command('openbeian')
  .description('ICP 备案 for access providers / ICP filing for access providers')
  .exitOverride((error) => {
    // commander exits 1 on usage errors; the contract fixes 2 for usage and 1 for bad input.
    process.exit(error.exitCode === 0 ? 0 : 2);
  });
registerCommands(program);
await program.parseAsync();
