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
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export function addSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  // Answers of the API are one person's; no cache between may keep them.
  if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
}

/**
 * A browser names the page that a state-changing request comes from; only our own pages may send one. Programs that
 * are no browsers send no Origin and bring their own credentials.
 * @throws Fault `request.foreign_origin`
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const { origin } = request.headers;
  const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (isReading || origin === undefined || request.url.startsWith('/query/')) return;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return;
  if (URL.canParse(origin) && new URL(origin).host === request.host) return;
  throw new Fault('request.foreign_origin');
}
