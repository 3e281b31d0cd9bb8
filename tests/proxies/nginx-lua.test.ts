import { describe } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { readerConfig, startReader } from './nginx-lua-program.ts';
import { certificateLines } from './nginx-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, shipped } from './run-program.ts';

const nginx = requireProgram('nginx');
const module = requireProgram('nginxLua');

describe.skipIf(nginx === null || module === null)('nginx with the reader in Lua', () => {
  describeProxy({
    name: 'as configured here',
    gateGone: 'served',
    gateHangs: 500,
    boundsChallenge: true,
    async start({ folder, snapshot, gate, site, acme, nowMs }, { acme: responder, transport }) {
      const places = { folder, snapshot, gate, site, transport, port: await freePort(), metricsPort: await freePort() };
      const config = readerConfig(places, `now = function() return ${nowMs / 1000} end`);
      const acmeUpstream = shipped('nginx/acme-upstream.conf', { ACME_UPSTREAM: `http://${acme}` });
      const http =
        responder === 'upstream' ? config.replace('# include acme-upstream.conf;', () => acmeUpstream) : config;
      return startReader({ nginx: nginx ?? '', folder, port: places.port }, certificateLines(transport) + http);
    },
  });
});
