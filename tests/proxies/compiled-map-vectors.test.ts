import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  hostVectors,
  vectorContexts,
  vectorDefaultNames,
  vectorProvider,
  vectorRecords,
} from '@openbeian/model/gate/testing';
import { describe, expect, test } from 'vitest';
import { readGateFacts } from '../../packages/cli/src/gate/facts.ts';
import { compileMap, type MapFormat } from '../../packages/cli/src/gate/map.ts';
import { requireProgram } from '../support/require-program.ts';
import { startNginx } from './nginx-program.ts';
import { get } from './proxy-world.ts';
import { sendRaw } from './raw-http.ts';
import { freePort, runProxy, shipped } from './run-program.ts';

/** Compiles the vectors' records for one day, as `openbeian gate map` does. */
async function compile(
  folder: string,
  format: MapFormat,
  { at, anyNumberSuffices }: Pick<(typeof vectorContexts)[number], 'at' | 'anyNumberSuffices'>,
): Promise<string> {
  const [records, map] = [join(folder, 'records.json'), join(folder, `${at}.map`)];
  const about = { provider: vectorProvider, region: 'cn-mainland', defaultNames: vectorDefaultNames };
  const policy = anyNumberSuffices ? { anyNumberSuffices: { source: 'test' } } : {};
  writeFileSync(records, JSON.stringify({ ...about, ...policy, records: vectorRecords }));
  const { leftOut } = compileMap(await readGateFacts({ records }, at, 'en'), { format, out: map, at, lang: 'en' });
  expect(leftOut).toEqual(['hedmark.no']);
  return map;
}

async function start(format: MapFormat, folder: string, map: string, site: string) {
  const port = await freePort();
  const places = { MAP: map, LISTEN: `127.0.0.1:${port}`, EXPLAIN_URL: 'https://gate.xingyun.example/explain' };
  if (format === 'nginx') {
    const config = shipped('nginx/compiled-map.conf', { ...places, UPSTREAM: `http://${site}` });
    return startNginx({ nginx: requireProgram('nginx') ?? '', folder, port }, config);
  }
  writeFileSync(join(folder, 'haproxy.cfg'), shipped('haproxy/compiled-map.cfg', { ...places, UPSTREAM: site }));
  return runProxy(requireProgram('haproxy') ?? '', ['-db', '-f', join(folder, 'haproxy.cfg')], port);
}

/** Written so that a map of plain names reads it: what it cannot read it refuses, and it does not check labels of sub-domains. */
function isForMaps(host: string): boolean {
  const onRecord = 'xn--(?:fsqu00a|fiqs8s|6ww686f|kiv79l|55qx5d|6dbbec0c)';
  const label = `(?:${onRecord}|(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)`;
  const isPlain = new RegExp(`^(?:${label}\\.)*(?=[a-z])${label}\\.?(?::\\d{1,4})?$`, 'i').test(host);
  const name = host.replace(/\.?(?::\d*)?$/, '');
  const hasMixedDirections = /6dbbec0c/.test(name) && /(?:^|\.)\d/.test(name);
  return isPlain && !/hedmark\.no$/i.test(name) && name.split('.').length <= 6 && !hasMixedDirections;
}

describe.each(['nginx', 'haproxy'] as const)('a compiled map in %s', (format) => {
  test.runIf(requireProgram(format) !== null)(
    'decides the vectors as the core does',
    { timeout: 120_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'openbeian-map-vectors-'));
      const server = createServer((_, response) => response.end('the site'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const site = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      try {
        for (const [place, context] of vectorContexts.entries()) {
          const { outsideMainland, at } = context;
          // Outside the mainland nothing is blocked, and there is no map to make.
          if (outsideMainland) continue;
          const running = await start(format, folder, await compile(folder, format, context), site);
          let decided = 0;
          try {
            for (const { host, expected } of hostVectors()) {
              const answer = await sendRaw(running.port, get(host));
              const { outcome, reason } = expected[place] ?? {};
              const isServed = answer.status === 200;
              // A map does not check labels below a name on record; they are its owner's.
              const isUnchecked = reason === 'malformed_host' && /(?:^|\.)(?:xn--|[\d_])/i.test(host);
              if (isServed && !isUnchecked) expect([host, outcome]).toEqual([host, 'allow']);
              if (!isForMaps(host)) continue;
              decided += 1;
              expect([host, isServed], `${host} at ${at}`).toEqual([host, outcome === 'allow']);
              if (!isServed) expect([host, answer.headers['x-openbeian-reason']]).toEqual([host, reason]);
            }
          } finally {
            await running.stop();
          }
          expect(decided).toBeGreaterThan(150);
        }
      } finally {
        server.closeAllConnections();
        server.close();
        rmSync(folder, { recursive: true });
      }
    },
  );
});
