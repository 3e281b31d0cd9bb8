import { parentPort } from 'node:worker_threads';
import { roles } from '@openbeian/contract';
import { createUser } from '../../packages/server/src/auth/users.ts';
import { createLogger } from '../../packages/server/src/http/log.ts';
import { openDeployment } from '../../packages/server/src/main/deployment.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import '../../packages/server/src/store/testing/keep-new-databases.ts';
import { password } from './matrix-people.ts';
import { tokens, unlimitedConfig } from './test-config.ts';

/** What the server says once it listens. */
export interface Listening {
  readonly url: string;
  /** As large as an inventory may be by default. */
  readonly inventoryBytes: number;
  readonly tokens: Readonly<Record<'gate' | 'portal', string>>;
}

/* A server in a thread of its own, so that who measures it does not share its event loop. */

const config = unlimitedConfig({ signIns: 'unlimited' });
const port = parentPort;
if (port !== null) {
  // Listening from the start keeps this thread alive while others, which keep none alive, work for it.
  const toldToClose = new Promise((done) => port.once('message', done));
  const deployment = await openDeployment(config, { inMemory: true, logger: createLogger('silent') });
  const account = { id: 'acct-a', realName: 'enterprise', displayName: '' };
  await deployment.deps.store.transaction((tx) => tx.accounts.put(account, new Date().toISOString()));
  for (const role of roles) {
    const accountId = role === 'customer' ? account.id : null;
    await createUser(await deployment.library(), { login: role, displayName: role, role, accountId, password });
  }
  const server = await listen(deployment, null);
  const listening: Listening = { url: server.url, inventoryBytes: config.http.bodyLimitBytes, tokens };
  port.postMessage(listening, []);
  await toldToClose;
  await server.close();
  await deployment.close();
  port.postMessage('closed', []);
}
