import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { operations } from '@openbeian/contract';
import { Fault, faultCatalogue, faultCodes } from '@openbeian/model/fault';
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { createPaces } from './allowances.ts';
import { bearsToken } from './bearer-token.ts';
import { limitConnections } from './connection-limit.ts';
import { isScreen, registerConsole } from './console-files.ts';
import { registerLook } from './console-look.ts';
import { Draining, registerDraining } from './draining.ts';
import { registerGates } from './gate-feed.ts';
import { hearGates } from './gates-heard.ts';
import { bodyLimitOf, readOnlyJson } from './json-body.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { HttpNeeds, HttpTimeouts } from './needs.ts';
import { registerOperations } from './operations.ts';
import { readInParts, refusePipelines } from './pipelining.ts';
import { registerPortal } from './portal.ts';
import { jsonBytes } from './private-answers.ts';
import { faultOf, isOurs, languageOf, problemContentType, problemOf } from './problem.ts';
import { PublicAnswers } from './public-answers.ts';
import { registerPublicQuery } from './public-query.ts';
import { tallyRefusals } from './refusals.ts';
import { addSecurityHeaders, refuseForeignOrigin, refuseUnknownHost } from './security.ts';
import { registerSession } from './session.ts';
import { UntrustedProxy } from './untrusted-proxy.ts';
import { registerVerificationResults } from './verification-results.ts';
import { answerOf, routePath } from './wire.ts';

/**
 * The HTTP server of one process, not listening yet. Every error is answered with a problem document.
 */
export function createHttpServer(
  needs: HttpNeeds,
  metrics = createMetrics(needs.counts),
  draining = new Draining(),
): FastifyInstance {
  const { logger, settings, consoleFolder, look } = needs;

  function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const fault = faultOf(error, request.routeOptions.bodyLimit);
    const errorId = isOurs(fault.code) ? request.id : undefined;
    if (errorId) logger.error({ errorId, fault: fault.code, err: fault }, 'request failed');
    metrics.countFault(fault.code);
    refusals.note(request, fault);
    const language = languageOf(request.headers['accept-language']);
    const problem = problemOf(fault, language, request.url.split('?')[0] ?? '', errorId);
    const { retryAfterSeconds } = fault.extras;
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    if (fault.code === 'auth.required') reply.header('www-authenticate', 'Cookie realm="OpenBeian"');
    if (fault.code === 'auth.key_refused') reply.header('www-authenticate', 'Bearer realm="OpenBeian"');
    reply.headers({ 'content-language': language, vary: 'accept-language' });
    // Serialised here: the reply may belong to a route whose own answer has another shape.
    return reply.code(problem.status).type(problemContentType).send(JSON.stringify(problem));
  }

  const app = fastify({
    logger: false,
    trustProxy: typeof settings.trustProxy === 'boolean' ? settings.trustProxy : [...settings.trustProxy],
    bodyLimit: bodyLimitOf(undefined, settings.bodyLimitBytes),
    serverFactory: (listener) => createServer(cuttingOff(settings.timeouts), refusePipelines(listener)),
    genReqId: () => `req_${randomUUID()}`,
    // What still comes on a connection after the port was closed is answered as ever.
    return503OnClosing: false,
    frameworkErrors: (error: FastifyError, request, reply) => {
      refuse(error, request, reply);
    },
  });
  registerDraining(app, draining);
  boundConnections(app, settings);
  readOnlyJson(app);
  const refusals = tallyRefusals(app, needs);
  const proxy = new UntrustedProxy(logger, settings);
  app.addHook('onRequest', async (request, reply) => {
    proxy.watch(request);
    addSecurityHeaders(request, reply, settings);
    refuseUnknownHost(request, settings);
    refuseForeignOrigin(request, settings);
  });
  noteRequests(app, needs, metrics);
  app.setErrorHandler(refuse);
  const sendScreen = consoleFolder === null ? null : registerConsole(app, consoleFolder, look);
  app.setNotFoundHandler((request, reply) => {
    if (sendScreen !== null && isScreen(request)) return sendScreen(reply);
    return refuse(new Fault('request.unknown_route'), request, reply);
  });

  registerRoutes(app, needs, metrics.countFault);
  registerPages(app, needs, { metrics, proxy, draining });
  if (look !== null) registerLook(app, look);
  return app;
}

/** What connections may hold, before anything is read of them. */
function boundConnections({ server }: FastifyInstance, settings: HttpNeeds['settings']): void {
  limitConnections(server, settings);
  readInParts(server);
  server.setTimeout(settings.timeouts.stalledMs);
}

function noteRequests(app: FastifyInstance, { logger }: HttpNeeds, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)';
    const { method, id, userId } = request;
    metrics.observe(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime);
    logger.info({ requestId: id, method, route, status: reply.statusCode, ms, ...(userId && { userId }) }, 'request');
  });
}

/** How long idle connections and slow requests are waited for. Answers may take longer: gates wait for changes. */
function cuttingOff({ headersMs, requestMs, idleMs }: HttpTimeouts) {
  const connectionsCheckingInterval = Math.min(5000, headersMs);
  const headersTimeout = Math.min(headersMs, requestMs);
  return { requestTimeout: requestMs, keepAliveTimeout: idleMs, headersTimeout, connectionsCheckingInterval };
}

function registerRoutes(app: FastifyInstance, needs: HttpNeeds, countFault: Metrics['countFault']): void {
  const paces = createPaces(needs.settings.limits, needs.leases);
  registerOperations(app, needs, { paces, countFault });
  registerSession(app, needs, paces);
  const heard = hearGates(app, needs);
  registerGates(app, needs, heard);
  registerPublicQuery(app, needs, paces);
  registerPortal(app, needs);
  registerVerificationResults(app, needs);
}

interface PageNeeds {
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly proxy: UntrustedProxy;
  readonly draining: Draining;
}

/** What is beside the operations: the API's description, faults, health and metrics. */
function registerPages(app: FastifyInstance, needs: HttpNeeds, { metrics, proxy, draining }: PageNeeds): void {
  const publicAnswers = new PublicAnswers();
  let openApi: Promise<object> | null = null;
  app.get('/api/v1/openapi.json', async (request, reply) => {
    // Written for the first who reads it: it takes a tenth of a second.
    openApi ??= import('@openbeian/contract/openapi').then(({ createOpenApiDocument }) => createOpenApiDocument());
    const document = await openApi;
    return publicAnswers.send(request, reply, document, () => jsonBytes(document));
  });
  app.get(routePath(operations.getDeployment), async () =>
    answerOf(operations.getDeployment, { ...needs.deployment, now: needs.now() }),
  );
  app.get('/problems/:code', async (request) => describeFault((request.params as { code: string }).code));
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    if (draining.isUnderWay) return reply.code(503).send({ status: 'stopping' });
    const reason = await needs.findObstacle().catch(() => 'store.unavailable' as const);
    const warnings = proxy.seen ? { warnings: ['proxy_not_trusted'] } : {};
    if (reason === null) return { status: 'ready', ...warnings };
    return reply.code(503).send({ status: 'unavailable', reason, ...warnings });
  });
  app.get('/metrics', async (request, reply) => {
    const { metricsToken, metricsOpen } = needs.settings;
    const mayRead = metricsToken === null ? metricsOpen : bearsToken(request, [metricsToken]);
    if (!mayRead) throw new Fault('auth.required');
    const { type, text } = await metrics.page();
    return reply.type(type).send(text);
  });
}

/** What the `type` of a problem document points to. */
function describeFault(code: string) {
  const known = faultCodes.find((candidate) => candidate === code);
  if (!known) throw new Fault('request.unknown_route');
  const { zh, en, retry } = faultCatalogue[known];
  return { code: known, zh, en, retry };
}
