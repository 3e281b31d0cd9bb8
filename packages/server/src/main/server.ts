import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { LibrarySessions } from '../auth/sessions.ts';
import { whoseBrowser } from '../flows/person/known-device.ts';
import { Draining } from '../http/draining.ts';
import { createMetrics, type Metrics } from '../http/metrics.ts';
import { listenForMetrics } from '../http/metrics-listener.ts';
import type { AllowanceLeases, HttpNeeds, Deployment as PublicDeployment } from '../http/needs.ts';
import { createHttpServer } from '../http/server.ts';
import { createAnswerSigner } from '../snapshots/gate-signing.ts';
import { clearAllowances, createRowCounter, leaseAllowance, type ReplicaState } from '../store/index.ts';
import { cannotListen } from './cannot-listen.ts';
import { type Config, isReachable } from './config.ts';
import { type Deployment, withFlows } from './deployment.ts';
import { gateSigningKey } from './gate-signing-key.ts';
import { publicLook, readLook } from './look.ts';
import { openForService } from './open-for-service.ts';
import type { Replacements } from './parts.ts';
import { startReports } from './process-reports.ts';
import { readingsOf } from './readings.ts';
import type { Running } from './running.ts';
import type { Working } from './worker.ts';

export interface RunningServer extends Running {
  /** e.g. http://127.0.0.1:8600, without a slash at the end. */
  readonly url: string;
  /** Lets load balancers notice that this server is leaving, for as long as `http.drainMs` says; `close` comes after it. */
  drain(): Promise<void>;
}

/** Behind a proxy, long enough for any of them to notice. */
const drainBehindProxyMs = 6000;

interface ServerOptions extends Replacements {
  /** The built console; null serves the API alone. */
  readonly consoleFolder?: string | null;
}

/**
 * Starts the HTTP server. On the embedded database, which has one process, the background work runs in it, too.
 * @throws Fault `config.invalid` (also for an address that cannot be listened on) and what `openForService` throws
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const deployment = withFlows(await openForService(config, 'server', options));
  // On PostgreSQL, a server does not load what works in the background.
  const worker = config.database.url === null ? (await import('./worker.ts')).runWorker(deployment) : null;
  try {
    const { url, close, drain } = await listen(deployment, options.consoleFolder ?? null, worker?.states);
    const reports = startReports(deployment, {
      server: { url },
      ...(worker !== null && { worker: { url, states: worker.states } }),
    });
    return {
      url,
      drain,
      async close() {
        await reports.close();
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

/**
 * Serves an open deployment; closing leaves the deployment open.
 * @param states of the background work that this process does besides
 */
export async function listen(
  deployment: Deployment,
  consoleFolder: string | null,
  states?: Working['states'],
): Promise<RunningServer> {
  const { config, deps, flows, open, logger } = deployment;
  const { vault, clock, people } = deps;
  const signingKey = gateSigningKey(config);
  const look = await readLook(config.look);
  const { host, port, metricsPort, drainMs, ...settings } = config.http;
  const counts = createRowCounter(open.kysely);
  const { replica } = open;
  replica?.watch(tellOfReplica(logger));
  const readings = { ...readingsOf(deployment, states), ...(replica && { replica: () => replica.reading() }) };
  const metrics = createMetrics(counts, readings);
  const needs: HttpNeeds = {
    flows,
    sessions: new LibrarySessions(
      { library: await deployment.library(), store: deps.store },
      { staffMs: people.staff.idleMs, customersMs: people.customers.idleMs },
      () => Date.parse(people.wall.now()),
      (notes) => whoseBrowser(deps, notes),
    ),
    positions: positionsOf(deployment),
    limiter: new AttemptLimiter(open.kysely, (key) => vault.hash(key, 'request'), Date.now),
    leases: leasesOf(deployment),
    counts,
    transactionsEnded: () => deps.store.transactionsEnded(),
    findObstacle: () => deployment.findObstacle(),
    now: () => clock.now(),
    deployment: { ...(await publicFacts(config)), look: publicLook(config.look, look) },
    look,
    gateTokens: config.gate.tokens,
    portalTokens: config.signIn.portalTokens,
    signGateAnswer: signingKey === null ? null : createAnswerSigner(signingKey),
    consoleFolder,
    logger,
    settings: { ...settings, metricsOpen: !isReachable(config) && metricsPort === null },
  };
  const closeMetrics = await openMetrics(config, metrics);
  const draining = new Draining();
  const app = createHttpServer(needs, metrics, draining);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    closeMetrics();
    throw cannotListen(error, 'http.port', host, port);
  }
  // A server that listens on a host and port has an address of this kind.
  const { port: actualPort } = app.server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
  logger.info({ url }, 'server listens');
  const close = async () => {
    closeMetrics();
    await app.close();
  };
  const drain = () => draining.begin(drainMs ?? (settings.trustProxy === false ? 0 : drainBehindProxyMs));
  return { url, close, drain };
}

/** Where there is a replica: by how far the primary had come when somebody changed something, for as long as that matters. */
function positionsOf({ open: { replica }, config }: Deployment): HttpNeeds['positions'] {
  const { replicaMaxLagMs } = config.database;
  return replica && { read: () => replica.position(), keepSeconds: Math.ceil(replicaMaxLagMs / 1000) + 1 };
}

const tellOfReplica =
  (logger: Logger) =>
  ({ why, detail }: ReplicaState): void => {
    if (why === null) logger.info('lists are read from the standby (database.replicaUrl)');
    else
      logger.warn({ why, ...(detail !== undefined && { detail }) }, 'lists are read from the primary, not the standby');
  };

/** @returns what ends the listener for metrics, where there is one */
async function openMetrics({ http }: Config, metrics: Metrics): Promise<() => void> {
  const { metricsHost: host, metricsPort: port, metricsToken: token } = http;
  if (port === null) return () => {};
  try {
    const server = await listenForMetrics(metrics, { host, port, token });
    return () => {
      server.close().closeAllConnections();
    };
  } catch (error) {
    throw cannotListen(error, 'http.metricsPort', host, port);
  }
}

/** Ended windows are removed once in so many leases. */
const clearEvery = 500;

/** Who has spent how much is nobody's to read in the table. */
function leasesOf({ open: { kysely }, deps: { vault } }: Deployment): AllowanceLeases {
  let untilCleared = clearEvery;
  return {
    async lease(request) {
      untilCleared -= 1;
      if (untilCleared <= 0) {
        untilCleared = clearEvery;
        await clearAllowances(kysely);
      }
      return leaseAllowance(kysely, { ...request, key: vault.hash(request.key, 'request') });
    },
  };
}

function publicLinks({ remedies, policeFiling }: Config['links']) {
  if (policeFiling === null) return { remedyLinks: remedies, policeFiling };
  const { url, zh, en } = policeFiling;
  return { remedyLinks: remedies, policeFiling: { url, text: { zh, en } } };
}

async function publicFacts({
  name,
  provider,
  sample,
  authority,
  signIn,
  mail,
  links,
}: Config): Promise<Omit<PublicDeployment, 'now' | 'look'>> {
  const pages = authority.pagesUrl?.replace(/\/+$/, '');
  return {
    name,
    provider,
    sample: sample.enabled,
    sampleLogins: sample.enabled ? [...(await import('./sample/people.ts')).sampleLogins] : [],
    sampleApiKey: sample.enabled ? (await import('./sample/sandbox-key.ts')).sandboxKey : null,
    authorityPages: pages ? { home: `${pages}/`, sms: `${pages}/sms`, phone: `${pages}/phone` } : null,
    singleSignOn: signIn.oidc?.name ?? null,
    customerSignOn: signIn.customerOidc?.name ?? null,
    passwordReset: mail.host !== null,
    authorityByHand: authority.adapter === 'manual',
    publicQueryUrl: '/query/web',
    ...publicLinks(links),
  };
}
