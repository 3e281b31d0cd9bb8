import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/*
 * `npm run test:hostile -- COUNT [SEED]`: that many hostile requests made from the OpenAPI document, against a server that listens
 * (tests/api/hostile-requests.test.ts); none may be answered with a 500. Without a count as many as docs/security.md measures.
 */
const [count = '100000', seed] = process.argv.slice(2);
if (!/^[1-9]\d{0,7}$/.test(count) || (seed !== undefined && !/^\d{1,9}$/.test(seed))) {
  process.stderr.write('npm run test:hostile -- COUNT [SEED], such as: npm run test:hostile -- 100000\n');
  process.exit(1);
}
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const one = ['tests/api/hostile-requests.test.ts', '-t', 'none is our mistake'];
const { status } = spawnSync(process.execPath, [vitest, 'run', ...one], {
  stdio: 'inherit',
  env: { ...process.env, HOSTILE_REQUESTS: count, ...(seed !== undefined && { HOSTILE_SEED: seed }) },
});
process.exitCode = status ?? 1;
