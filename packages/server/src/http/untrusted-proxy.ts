import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** The warning is repeated, so that it is also in the log of today. */
const repeatMs = 3_600_000;

interface ProxySettings {
  readonly publicUrl: string | null;
  readonly trustProxy: boolean | readonly string[];
}

/**
 * Notices a proxy in front of this server that is not in `http.trustProxy`: all of its visitors then count as one address,
 * in limits and in the audit. Known at the start where `http.publicUrl` is https, which this server does not speak itself.
 * Anybody can send the header, so it is a warning and nothing is decided by it.
 */
export class UntrustedProxy {
  readonly #logger: Logger;
  readonly #nowMs: () => number;
  #warnedAtMs: number | null = null;
  #seen = false;

  constructor(logger: Logger, settings: ProxySettings, nowMs: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#nowMs = nowMs;
    if (settings.publicUrl?.startsWith('https:') !== true || settings.trustProxy !== false) return;
    this.#seen = true;
    this.#warn({ setting: 'http.trustProxy' }, expectedText);
  }

  get seen(): boolean {
    return this.#seen;
  }

  watch(request: FastifyRequest): void {
    if (request.headers['x-forwarded-for'] === undefined || isTrusted(request)) return;
    this.#seen = true;
    this.#warn({ proxy: request.socket.remoteAddress, setting: 'http.trustProxy' }, seenText);
  }

  #warn(about: object, text: string): void {
    const now = this.#nowMs();
    // What a request shows, the proxy’s address, is news after the warning at the start.
    if (this.#warnedAtMs !== null && now - this.#warnedAtMs < repeatMs) return;
    if (text === seenText) this.#warnedAtMs = now;
    this.#logger.warn(about, text);
  }
}

/** The framework lists the addresses up to the first one that is not trusted: a trusted neighbour is never alone in it. */
const isTrusted = ({ ips }: FastifyRequest): boolean => (ips?.length ?? 1) > 1;

const expectedText =
  'http.publicUrl is https, so a proxy ends TLS in front of this server: name its address in http.trustProxy; until then all its visitors count as one address';
const seenText = 'a proxy in front of this server is not in http.trustProxy: all its visitors count as one address';
