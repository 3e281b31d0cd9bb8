import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/**
 * Notices a proxy in front of this server that is not in `http.trustProxy`: all of its visitors then count as one address,
 * in limits and in the audit. Anybody can send the header, so it is a warning and nothing is decided by it.
 */
export class UntrustedProxy {
  readonly #logger: Logger;
  #seen = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get seen(): boolean {
    return this.#seen;
  }

  watch(request: FastifyRequest): void {
    if (this.#seen || request.headers['x-forwarded-for'] === undefined) return;
    // The address given by a trusted proxy is taken as it is.
    if (request.ip !== request.socket.remoteAddress) return;
    this.#seen = true;
    this.#logger.warn({ proxy: request.ip, setting: 'http.trustProxy' }, untrustedProxyText);
  }
}

const untrustedProxyText =
  'a proxy in front of this server is not in http.trustProxy: all its visitors count as one address';
