import type { AddressInfo } from 'node:net';
import { AttemptLimiter, LibrarySessions } from '../auth/index.ts';
import { recordConfiguration } from '../flows/audit/record-configuration.ts';
import type { Deployment as PublicDeployment } from '../http/needs.ts';
import { createHttpServer } from '../http/server.ts';
import { createAnswerSigner } from '../snapshots/gate-signing.ts';
import { countRows } from '../store/index.ts';
import { cannotListen } from './cannot-listen.ts';
import { type Config, isReachable } from './config.ts';
import { configuredSettings } from './configured-settings.ts';
import { openForService } from './database-role.ts';
import type { Deployment, Replacements } from './deployment.ts';
import { gateSigningKey } from './gate-signing-key.ts';
import type { Running } from './running.ts';
import { sampleLogins } from './sample/people.ts';
import { runWorker } from './worker.ts';

export interface RunningServer extends Running {
  /** e.g. http://127.0.0.1:8600, without a slash at the end. */
  readonly url: string;
}

interface ServerOptions extends Replacements {
  /** The built console; null serves the API alone. */
  readonly consoleFolder?: string | null;
}

/**
 * Starts the HTTP server. On the embedded database, which has one process, the background work runs in it, too.
 * @throws Fault `config.invalid` (also for an address that cannot be listened on) and what `openDeployment` throws
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const deployment = await openForService(config, options);
  const worker = config.database.url === null ? runWorker(deployment) : null;
  try {
    await recordConfiguration(deployment.deps, 'server', configuredSettings(config));
    const { url, close } = await listen(deployment, options.consoleFolder ?? null);
    return {
      url,
      async close() {
        await close();
        await worker?.close();
        await deployment.close();
      },
    };
  } catch (error) {
    await worker?.close();
    await deployment.close();
    throw error;
  }
}

/** Serves an open deployment; closing leaves the deployment open. */
export async function listen(deployment: Deployment, consoleFolder: string | null): Promise<RunningServer> {
  const { config, deps, flows, library, open, logger } = deployment;
  const { vault, clock, people } = deps;
  const signingKey = gateSigningKey(config);
  const { host, port, ...settings } = config.http;
  const app = createHttpServer({
    flows,
    sessions: new LibrarySessions(library, { staffMs: people.staff.idleMs, customersMs: people.customers.idleMs }, () =>
      Date.parse(people.wall.now()),
    ),
    limiter: new AttemptLimiter(open.kysely, (key) => vault.hash(key, 'request'), Date.now),
    findObstacle: () => deployment.findObstacle(),
    counts: () => countRows(open.kysely),
    now: () => clock.now(),
    deployment: publicFacts(config),
    gateTokens: config.gate.tokens,
    portalTokens: config.signIn.portalTokens,
    signGateAnswer: signingKey === null ? null : createAnswerSigner(signingKey),
    consoleFolder,
    logger,
    settings: { ...settings, metricsOpen: !isReachable(config) },
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw cannotListen(error, 'http.port', host, port);
  }
  // A server that listens on a host and port has an address of this kind.
  const { port: actualPort } = app.server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
  logger.info({ url }, 'server listens');
  if (config.http.publicUrl?.startsWith('https:') === true && config.http.trustProxy === false) {
    const text =
      'http.publicUrl is https, so a proxy ends TLS in front of this server: name its address in http.trustProxy';
    logger.warn({ setting: 'http.trustProxy' }, text);
  }
  return { url, close: () => app.close() };
}

function publicFacts({ name, sample, authority, signIn, mail }: Config): Omit<PublicDeployment, 'now'> {
  const pages = authority.pagesUrl?.replace(/\/+$/, '');
  return {
    name,
    sample: sample.enabled,
    sampleLogins: sample.enabled ? [...sampleLogins] : [],
    authorityPages: pages ? { home: `${pages}/`, sms: `${pages}/sms`, phone: `${pages}/phone` } : null,
    singleSignOn: signIn.oidc?.name ?? null,
    passwordReset: mail.host !== null,
    publicQueryUrl: '/query/web',
  };
}
