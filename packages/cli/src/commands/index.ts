import type { Command } from 'commander';

/** Every command of `openbeian`; each lives in a file of its own in this folder and registers itself here. */
export function registerCommands(_program: Command): void {}
