import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/*
 * npm run screens [-- [--update] [name…]]. Runs the tests that look at every screen of the console, or at those of these names (see
 * tests/browser/screens/screen-list.ts). With `--update` the expected pictures of screens that look otherwise are written again; they
 * are left in full size in `openbeian-screen-differences` of the folder for temporary files, to be looked at before the expected ones
 * are committed.
 */
const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--update');
if (names.some((name) => name.startsWith('-'))) {
  process.stderr.write('npm run screens [-- [--update] [name…]]\n');
  process.exit(2);
}
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', 'tests/browser/screens/'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(args.includes('--update') && { OPENBEIAN_SCREENS: 'update' }),
    ...(names.length > 0 && { OPENBEIAN_SCREENS_ONLY: names.join(',') }),
  },
});
process.exitCode = status ?? 1;
