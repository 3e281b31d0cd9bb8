import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { suiteSnapshot } from './host-cases.ts';
import { startNginx } from './nginx-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, runProxy, shipped } from './run-program.ts';

const nginx = requireProgram('nginx');
const haproxy = requireProgram('haproxy');
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** Compiles the suite's records with the command, as an operator does. */
function compile(folder: string, format: string): string {
  const { provider, region, defaultNames, records } = suiteSnapshot;
  const [file, map] = [join(folder, 'records.json'), join(folder, 'openbeian.map')];
  writeFileSync(file, JSON.stringify({ provider, region, defaultNames, records }));
  const args = ['gate', 'map', '--records', file, '--format', format, '--out', map, '--at', '2026-11-21'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ entries: 10, goodUntil: '2026-12-01', leftOut: [] });
  expect(readdirSync(folder).filter((name) => name.startsWith('openbeian.map.'))).toEqual([]);
  return map;
}

describe.skipIf(nginx === null)('nginx with a compiled map', () => {
  describeProxy({
    name: 'as configured here',
    alone: true,
    gateGone: 'served',
    async start({ folder, site }) {
      const port = await freePort();
      const config = shipped('nginx/compiled-map.conf', {
        MAP: compile(folder, 'nginx'),
        LISTEN: `127.0.0.1:${port}`,
        UPSTREAM: `http://${site}`,
        EXPLAIN_URL: 'https://gate.xingyun.example/explain',
      });
      return startNginx(nginx ?? '', folder, port, config);
    },
  });
});

describe.skipIf(haproxy === null)('HAProxy with a compiled map', () => {
  describeProxy({
    name: 'as configured here',
    alone: true,
    gateGone: 'served',
    async start({ folder, site }) {
      const port = await freePort();
      const config = shipped('haproxy/compiled-map.cfg', {
        MAP: compile(folder, 'haproxy'),
        LISTEN: `127.0.0.1:${port}`,
        UPSTREAM: site,
      });
      writeFileSync(join(folder, 'haproxy.cfg'), config);
      return runProxy(haproxy ?? '', ['-db', '-f', join(folder, 'haproxy.cfg')], port);
    },
  });
});
