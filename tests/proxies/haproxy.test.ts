import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { describeProxy } from './proxy-suite.ts';
import { freePort, gateAddress, haproxyAddress, runProxy, shipped, shippedFolder } from './run-program.ts';

const haproxy = requireProgram('haproxy');

describe.skipIf(haproxy === null)('HAProxy asking the gate', () => {
  describeProxy({
    name: 'as configured here',
    gateGone: 503,
    gateHangs: 503,
    boundsChallenge: true,
    async start({ folder, gate, site, acme }, { acme: responder, transport }) {
      const port = await freePort();
      let config = shipped('haproxy/openbeian.cfg', {
        GATE_ADDRESS: gateAddress(gate, 'unix@'),
        LISTEN: haproxyAddress(port, transport),
        UPSTREAM: site,
        FOLDER: shippedFolder('haproxy'),
      });
      if (responder === 'upstream') {
        const rules = shipped('haproxy/acme-upstream.cfg', {});
        config = config.replace('  # include acme-upstream.cfg\n', () => rules);
        config += `\nbackend acme_responder\n  server acme ${acme}\n`;
      }
      writeFileSync(join(folder, 'haproxy.cfg'), config);
      return runProxy(haproxy ?? '', ['-db', '-f', join(folder, 'haproxy.cfg')], port);
    },
  });
});
