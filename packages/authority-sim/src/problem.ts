import { parseSafely, placesOf } from '@openbeian/model/fault';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { SimRefusal } from './core/authority-core.ts';

/** An answer of the simulator that is no success: RFC 9457, with the places of the input that are wrong. */
export class SimProblem extends Error {
  override name = 'SimProblem';
  readonly status: number;
  readonly code: string;
  readonly places: readonly { path: string; expected: string }[];
  constructor(status: number, code: string, detail: string, places: SimProblem['places'] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.places = places;
  }
}

/** Parses strictly; what does not fit becomes a problem that names every path. */
export function parseInput<T extends z.ZodType>(shape: T, input: unknown): z.output<T> {
  const parsed = parseSafely(shape, input);
  if (parsed.success) return parsed.data;
  const places = placesOf(parsed.error);
  throw new SimProblem(400, 'malformed', `malformed: ${places.map((place) => place.path).join(', ')}`, places);
}

const refusalStatus = { conflict: 409, not_found: 404, malformed: 400 } as const satisfies Record<
  SimRefusal['kind'],
  number
>;

/** Shapes every error of the server as a problem document; unexpected ones reach `log` without the request's content. */
export function answerProblems(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500 && problem.code === 'internal') {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log(`${request.method} ${request.routeOptions.url ?? '(no route)'} failed: ${cause}`);
    }
    const { status, code, places } = problem;
    return reply
      .code(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: problem.message, places }));
  });
  app.setNotFoundHandler((request) => {
    throw new SimProblem(404, 'not_found', `no route ${request.method} ${request.url.split('?')[0]}`);
  });
}

/**
 * Only pages of the simulator's own change anything, and only addresses of this machine are answered: a name that its owner
 * points here makes a stranger's page ours to a browser (DNS rebinding). Programs send no Origin.
 */
export function refuseForeigners(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, headers }) => {
    const { host = '', origin } = headers;
    if (!/^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?$/.test(host)) {
      throw new SimProblem(421, 'unknown_host', 'the simulator is reached by a loopback address only');
    }
    if (method !== 'GET' && method !== 'HEAD' && origin !== undefined && origin !== `http://${host}`) {
      throw new SimProblem(403, 'foreign_origin', 'the request came from a page that is not the simulator’s');
    }
  });
}

function toProblem(error: unknown): SimProblem {
  if (error instanceof SimProblem) return error;
  if (error instanceof SimRefusal) {
    return new SimProblem(refusalStatus[error.kind], error.kind, error.message, error.places);
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    // Fastify's own: body is no JSON, too large, of another type. Its text may quote the body, so it is not repeated.
    return new SimProblem(status, 'malformed', 'the request body cannot be read', [
      { path: '(root)', expected: 'a JSON document of at most 1 MiB' },
    ]);
  }
  return new SimProblem(500, 'internal', 'the simulator failed; see its output');
}
