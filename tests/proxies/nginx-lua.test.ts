import { describe } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { suiteNowMs } from './host-cases.ts';
import { readerConfig, startReader } from './nginx-lua-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, shipped } from './run-program.ts';

const nginx = requireProgram('nginx');
const module = requireProgram('nginxLua');

describe.skipIf(nginx === null || module === null)('nginx with the reader in Lua', () => {
  describeProxy({
    name: 'as configured here',
    gateGone: 'served',
    async start({ folder, snapshot, gate, site, acme }, mode) {
      const places = { folder, snapshot, gate, site, port: await freePort(), metricsPort: await freePort() };
      const config = readerConfig(places, `now = function() return ${suiteNowMs / 1000} end`);
      const acmeUpstream = shipped('nginx/acme-upstream.conf', { ACME_UPSTREAM: `http://${acme}` });
      const http = mode === 'gate' ? config : config.replace('# include acme-upstream.conf;', () => acmeUpstream);
      return startReader(nginx ?? '', folder, places.port, http);
    },
  });
});
