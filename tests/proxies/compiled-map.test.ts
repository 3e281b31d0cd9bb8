import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { suiteSnapshot } from './host-cases.ts';
import { certificateLines, nginxAddress, startNginx } from './nginx-program.ts';
import { describeProxy } from './proxy-suite.ts';
import type { ProxyMode, ProxySurroundings } from './proxy-world.ts';
import { sendRaw } from './raw-http.ts';
import { freePort, haproxyAddress, runProxy, shipped } from './run-program.ts';

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
  expect(JSON.parse(stdout)).toMatchObject({ entries: 12, goodUntil: '2026-12-01', leftOut: [] });
  expect(readdirSync(folder).filter((name) => name.startsWith('openbeian.map.'))).toEqual([]);
  return map;
}

/** A line of the shipped file that is there as a comment, put to use. */
const uncomment = (config: string, line: RegExp) => {
  expect(config).toMatch(line);
  return config.replace(line, (found) => found.replace('# ', ''));
};

type Mode = ProxyMode & { readonly redirects?: true };
const explainUrl = 'https://gate.xingyun.example/explain';

async function startNginxMap({ folder, site, acme }: Pick<ProxySurroundings, 'folder' | 'site' | 'acme'>, mode: Mode) {
  const port = await freePort();
  let config = shipped('nginx/compiled-map.conf', {
    MAP: compile(folder, 'nginx'),
    LISTEN: nginxAddress(port, mode.transport),
    UPSTREAM: `http://${site}`,
    EXPLAIN_URL: explainUrl,
  });
  const acmeUpstream = shipped('nginx/acme-upstream.conf', { ACME_UPSTREAM: `http://${acme}` });
  if (mode.acme === 'upstream') config = config.replace('# include acme-upstream.conf;', () => acmeUpstream);
  if (mode.redirects) config = uncomment(config, /# if \(\$openbeian_redirected\)/);
  return startNginx({ nginx: nginx ?? '', folder, port }, certificateLines(mode.transport) + config);
}

async function startHaproxyMap(
  { folder, site, acme }: Pick<ProxySurroundings, 'folder' | 'site' | 'acme'>,
  mode: Mode,
) {
  const port = await freePort();
  let config = shipped('haproxy/compiled-map.cfg', {
    MAP: compile(folder, 'haproxy'),
    LISTEN: haproxyAddress(port, mode.transport),
    UPSTREAM: site,
    EXPLAIN_URL: explainUrl,
  });
  const rules = shipped('haproxy/acme-upstream.cfg', {});
  const backend = `\nbackend acme_responder\n  server responder ${acme}\n`;
  if (mode.acme === 'upstream') config = config.replace('  # include acme-upstream.cfg', () => rules) + backend;
  if (mode.redirects) config = uncomment(config, /# http-request redirect/);
  writeFileSync(join(folder, 'haproxy.cfg'), config);
  return runProxy(haproxy ?? '', ['-db', '-f', join(folder, 'haproxy.cfg')], port);
}

describe.each([
  { name: 'nginx', program: nginx, start: startNginxMap },
  { name: 'HAProxy', program: haproxy, start: startHaproxyMap },
])('$name with a compiled map', ({ program, start }) => {
  if (program === null) return;
  describeProxy({ name: 'as configured here', alone: true, gateGone: 'served', gateHangs: 'served', start });

  test('a page with a link to what explains, or for readers a redirect there, which no visitor can choose', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-map-'));
    try {
      for (const mode of [{}, { redirects: true }] as const) {
        const own = mkdtempSync(join(folder, 'run-'));
        const running = await start({ folder: own, site: '127.0.0.1:9', acme: '127.0.0.1:9' }, mode);
        const ask = (method: string, host: string) =>
          sendRaw(
            running.port,
            `${method} /?host=evil.example HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
          );
        try {
          const plain = await ask('GET', 'www.other.cn');
          const odd = await ask('GET', '0x7f.1');
          if (!('redirects' in mode)) {
            expect([plain.status, odd.status]).toEqual([403, 403]);
            expect(plain.body).toContain(`href="${explainUrl}?host=www.other.cn"`);
            expect(odd.body).toContain(`href="${explainUrl}"`);
          } else {
            expect([plain.status, plain.headers.location]).toEqual([302, `${explainUrl}?host=www.other.cn`]);
            expect([odd.status, odd.headers.location]).toEqual([302, explainUrl]);
            expect((await ask('POST', 'www.other.cn')).status).toBe(403);
          }
        } finally {
          await running.stop();
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
