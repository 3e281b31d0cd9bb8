import { describe } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { certificateLines, nginxAddress, startNginx } from './nginx-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, gateAddress, shipped } from './run-program.ts';

const nginx = requireProgram('nginx');

describe.skipIf(nginx === null)('nginx with auth_request', () => {
  describeProxy({
    name: 'as configured here',
    gateGone: 500,
    gateHangs: 500,
    async start({ folder, gate, site, acme }, { acme: responder, transport }) {
      const port = await freePort();
      const acmeUpstream = shipped('nginx/acme-upstream.conf', { ACME_UPSTREAM: `http://${acme}` });
      const config = shipped('nginx/auth-request.conf', {
        GATE_ADDRESS: gateAddress(gate, 'unix:'),
        LISTEN: nginxAddress(port, transport),
        UPSTREAM: `http://${site}`,
      });
      const http =
        responder === 'upstream' ? config.replace('# include acme-upstream.conf;', () => acmeUpstream) : config;
      return startNginx({ nginx: nginx ?? '', folder, port }, certificateLines(transport) + http);
    },
  });
});
