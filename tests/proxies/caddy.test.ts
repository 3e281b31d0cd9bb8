import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, gateAddress, runProxy, shipped } from './run-program.ts';

const caddy = requireProgram('caddy');

describe.skipIf(caddy === null)('Caddy with forward_auth', () => {
  describeProxy({
    name: 'as configured here',
    gateGone: 502,
    gateHangs: 504,
    goesByTarget: true,
    async start({ folder, gate, site, acme }, { acme: responder, transport }) {
      const port = await freePort();
      const config = shipped('caddy/Caddyfile', {
        GATE_ADDRESS: gateAddress(gate, 'unix/'),
        LISTEN_HOST: '127.0.0.1',
        LISTEN_PORT: `${port}`,
        UPSTREAM: site,
      });
      const rules = shipped('caddy/acme-upstream.Caddyfile', { ACME_UPSTREAM: acme });
      let sites = responder === 'upstream' ? config.replace('# import acme-upstream.Caddyfile', () => rules) : config;
      if (typeof transport === 'object') {
        const { certificate, key } = transport;
        sites = sites.replace('http://:', 'https://:').replace('  bind ', `  tls ${certificate} ${key}\n  bind `);
      }
      const servers = transport === 'h2c' ? '  servers {\n    protocols h1 h2c\n  }\n' : '';
      // No administration port: tests run side by side.
      writeFileSync(join(folder, 'Caddyfile'), `{\n  admin off\n  auto_https off\n${servers}}\n${sites}`);
      const own = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
      return runProxy(caddy ?? '', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], port, own);
    },
  });
});
