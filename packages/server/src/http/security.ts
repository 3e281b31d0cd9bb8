import { isIP } from 'node:net';
import { Fault } from '@openbeian/model/fault';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * antd writes its styles into the page at run time, so styles may be inline; scripts never are. Nothing is loaded from,
 * sent to or framed by anybody else.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Pictures that were asked for with a session and are shown from memory.
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Nothing that a page of ours does needs a device. */
const permissionsPolicy = (
  'accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment ' +
  'screen-wake-lock serial usb xr-spatial-tracking'
)
  .split(' ')
  .map((feature) => `${feature}=()`)
  .join(', ');

const yearSeconds = 31_536_000;

export interface SecuritySettings {
  /** Where browsers reach us; null: at the address that the request names. */
  readonly publicUrl: string | null;
  /** Further host names by which gates, health checks or neighbours reach us. */
  readonly otherHosts: readonly string[];
  /** Everything below the public host is https, too. */
  readonly hstsIncludeSubDomains: boolean;
}

export function addSecurityHeaders(request: FastifyRequest, reply: FastifyReply, settings: SecuritySettings): void {
  reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  // Behind a proxy that ends TLS the request itself does not say so.
  if (request.protocol === 'https' || settings.publicUrl?.startsWith('https:') === true) {
    const scope = settings.hstsIncludeSubDomains ? '; includeSubDomains' : '';
    reply.header('strict-transport-security', `max-age=${yearSeconds}${scope}`);
  }
  // API responses are for one person; no shared cache may store them. Decided by route, which covers every spelling of the path.
  const route = request.routeOptions.url;
  if (route === undefined || route.startsWith('/api/')) reply.header('cache-control', 'no-store');
}

/**
 * A name that somebody else owns may lead here, too: to the browser its pages would then be ours (DNS rebinding). Names that
 * nobody can point at us are answered: addresses, localhost, the public one and those that are configured.
 * @throws Fault `request.unknown_host`
 */
export function refuseUnknownHost(request: FastifyRequest, { publicUrl, otherHosts }: SecuritySettings): void {
  const host = hostnameOf(request.host);
  if (host === null) throw new Fault('request.unknown_host');
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || host === 'localhost' || host.endsWith('.localhost')) return;
  if (publicUrl !== null && host === new URL(publicUrl).hostname) return;
  if (otherHosts.some((other) => other.toLowerCase() === host)) return;
  throw new Fault('request.unknown_host');
}

/** Lower case, without the port; null for what is no host. */
function hostnameOf(host: string | undefined): string | null {
  if (host === undefined || !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return null;
  return host.replace(/:\d{1,5}$/, '').toLowerCase();
}

/**
 * A browser names the page that a state-changing request comes from; only our own pages may send one. Programs that
 * are no browsers send neither header and bring their own credentials.
 * @throws Fault `request.foreign_origin`
 */
export function refuseForeignOrigin(request: FastifyRequest, { publicUrl }: SecuritySettings): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (isReading || request.routeOptions.url?.startsWith('/query/') === true) return;
  // `none`: typed by a person. A page on a neighbouring name is `same-site`, and no page of ours.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Fault('request.foreign_origin');
  if (origin === undefined) return;
  const own = [`${request.protocol}://${request.host}`, ...(publicUrl === null ? [] : [publicUrl])];
  if (URL.canParse(origin) && own.some((url) => URL.canParse(url) && new URL(url).origin === new URL(origin).origin))
    return;
  throw new Fault('request.foreign_origin');
}
