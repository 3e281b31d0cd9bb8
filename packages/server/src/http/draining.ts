import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** By this header a proxy says that it asks another server when this one answers `refusal`. */
const retryHeader = 'x-openbeian-retry';
/** nginx passes on by a few statuses only; this is the one of them that we never send otherwise. */
const refusal = 504;

/**
 * Takes a server out of its load balancer without losing a request. First it is unready and closes each connection with its next
 * answer, so that none is in use when the port closes. Then it also refuses the requests that its proxy repeats at another server, so
 * that a proxy without health checks stops sending to it. Everything else it serves to the end.
 */
export class Draining {
  #stage: 'serving' | 'unready' | 'refusing' = 'serving';

  get isUnderWay(): boolean {
    return this.#stage !== 'serving';
  }

  /** True of a request that is refused before anything is done for it. */
  refuses({ headers }: FastifyRequest): boolean {
    return this.#stage === 'refusing' && headers[retryHeader] === String(refusal);
  }

  /** Resolves when the port can be closed. @param ms the first half of it unready, the second half refusing */
  async begin(ms: number): Promise<void> {
    this.#stage = 'unready';
    await pause(ms / 2);
    this.#stage = 'refusing';
    await pause(ms / 2);
    // Connections that came while this process was not running are taken before the port closes, which would reset them.
    await nextTurn();
  }
}

/** Its hooks must be the first ones. */
export function registerDraining(app: FastifyInstance, draining: Draining): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (draining.refuses(request)) void reply.code(refusal).send();
    else done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    if (draining.isUnderWay) reply.header('connection', 'close');
    done(null, payload);
  });
}
