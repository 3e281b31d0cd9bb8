import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/*
 * `npm run test:hostile-packages -- COUNT [SEED]`: that many spoilt packages and answers of the authority's interface V3.0
 * (packages/authority-wire/src/v3/fuzz.test.ts); each is read or refused by a named fault. Without a count 100,000.
 */
const [count = '100000', seed = '1'] = process.argv.slice(2);
if (!/^[1-9]\d{0,7}$/.test(count) || !/^\d{1,9}$/.test(seed)) {
  process.stderr.write(
    'npm run test:hostile-packages -- COUNT [SEED], such as: npm run test:hostile-packages -- 100000\n',
  );
  process.exit(1);
}
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', 'packages/authority-wire/src/v3/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, HOSTILE_PACKAGES: count, HOSTILE_SEED: seed },
});
process.exitCode = status ?? 1;
