import { connect, type PeerCertificate } from 'node:tls';
import type { CertificateFacts } from '../ports/index.ts';

/** A proxy that terminates TLS answers in milliseconds; who does not is as good as away. */
const withinMs = 5000;

/**
 * Looks which certificate is served at an address of https. Nothing is sent, and nothing is trusted: one that has ended or is another
 * name's is read all the same, since that is what somebody wants to know.
 */
export function certificateAt(url: string): Promise<CertificateFacts> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const socket = connect({ host, port: port === '' ? 443 : Number(port), rejectUnauthorized: false, ...servername });
    const end = (until: string | null, trouble: string | null) => {
      socket.destroy();
      resolve({ host, until, trouble });
    };
    socket.setTimeout(withinMs, () => end(null, 'timed_out'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(null, error.code ?? 'failed'));
    socket.once('secureConnect', () => {
      const until = endOf(socket.getPeerCertificate());
      end(until, until === null ? 'no_certificate' : untrustedBecause(socket.authorizationError));
    });
  });
}

/** Who serves none gives an empty object. */
function endOf({ valid_to: text }: Partial<PeerCertificate>): string | null {
  const atMs = Date.parse(text ?? '');
  return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
}

/** Why browsers may refuse it, e.g. CERT_HAS_EXPIRED; null: nothing is wrong. Node gives a code, typed as an error. */
const untrustedBecause = (error: unknown): string | null => (typeof error === 'string' ? error : null);
