#!/usr/bin/env node
// The launcher: it runs on whatever Node the machine has and hands over to the Node 24 that `npm ci` brought.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const main = join(root, 'packages', 'cli', 'src', 'main.ts');
const bundled = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const node = existsSync(bundled) ? bundled : process.execPath;

const words = process.argv.slice(2);
// What runs for weeks keeps little; commands that end take the memory that makes them fast. See docs/adr/0038-start-and-rest.md.
const isService =
  ['start', 'server', 'worker', 'authority-sim'].includes(words[0]) || `${words[0]} ${words[1]}` === 'gate run';
const flags = isService ? ['--max-semi-space-size=16', '--v8-pool-size=2'] : [];
const environment = isService ? { MALLOC_TRIM_THRESHOLD_: '131072', ...process.env } : process.env;

// In the same process where that can be: a service then has no parent that only waits, and gets its signals itself.
if (process.execve !== undefined && process.platform !== 'win32') {
  process.execve(node, [node, ...flags, main, ...words], environment);
}
const child = spawn(node, [...flags, main, ...words], { stdio: 'inherit', env: environment });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 1;
  if (signal === null) return;
  // Whoever started this sees the same end: to a service manager SIGTERM is a stop, an exit status of 1 a failure.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
