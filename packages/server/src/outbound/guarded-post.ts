import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { OutboundAnswer, OutboundError, OutboundPost } from '../ports/outbound.ts';
import { addressGuard } from './forbidden-addresses.ts';

export interface GuardedPostOptions {
  /** Addresses or networks inside that may be talked to. */
  readonly allowedAddresses: readonly string[];
  /** Plain http as well as https. */
  readonly allowHttp: boolean;
  /** From the first byte out to the last byte in. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** How names are resolved; the system's resolver by default. */
  readonly resolve?: typeof resolve;
}

/** More than this of an answer is not read. */
const answerLimitBytes = 64 * 1024;
const excerptCharacters = 300;

class Refusal extends Error {
  readonly reason: OutboundError;
  constructor(reason: OutboundError) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * POSTs to addresses that customers named. The address is judged when the connection is made, after its name was
 * resolved, and it is that address that is connected to: a name that answers differently the second time gains nothing.
 * Every request has a connection of its own; redirects are not followed.
 */
export function createGuardedPost(options: GuardedPostOptions): OutboundPost {
  const isAllowed = addressGuard(options.allowedAddresses);
  const lookup = guardedLookup(isAllowed, options.resolve ?? resolve);

  function problemOf(text: string): ReturnType<OutboundPost['problemOf']> {
    const scheme = options.allowHttp ? 'https or http' : 'https';
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !['https:', ...(options.allowHttp ? ['http:'] : [])].includes(url.protocol)) {
      const zh = options.allowHttp ? 'https 或 http' : 'https';
      return { expected: `an absolute ${scheme} address`, expectedZh: `应为以 ${zh} 开头的完整地址` };
    }
    if (url.username !== '' || url.password !== '' || url.hash !== '') {
      return {
        expected: 'an address without user name, password and fragment',
        expectedZh: '地址中不应含有用户名、密码或 # 片段',
      };
    }
    const host = bareHost(url);
    if (isIP(host) !== 0 && !isAllowed(host)) {
      return { expected: 'a public address', expectedZh: '应为公网地址' };
    }
    return null;
  }

  return {
    problemOf,
    post({ url: text, headers, body }) {
      if (problemOf(text) !== null) return Promise.resolve(failed('url_refused'));
      const url = new URL(text);
      const host = bareHost(url);
      if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve(failed('address_refused'));
      return new Promise<OutboundAnswer>((settle) => {
        const bytes = Buffer.from(body, 'utf8');
        const send = url.protocol === 'https:' ? requestHttps : requestHttp;
        const request = send(url, {
          method: 'POST',
          agent: false,
          lookup,
          headers: {
            ...headers,
            'content-length': String(bytes.length),
            'user-agent': options.userAgent,
            accept: '*/*',
            connection: 'close',
          },
        });
        let status: number | null = null;
        const chunks: Buffer[] = [];
        const timer = setTimeout(() => end(failed('timed_out')), options.timeoutMs);
        const end = (answer: OutboundAnswer) => {
          clearTimeout(timer);
          request.destroy();
          settle(answer);
        };
        request.on('error', (error) => end(failed(reasonOf(error))));
        request.on('response', (response) => {
          status = response.statusCode ?? null;
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            chunks.push(chunk);
            if (size > answerLimitBytes) end({ ...failed('answer_too_large'), status, excerpt: excerptOf(chunks) });
          });
          response.on('error', (error) => end(failed(reasonOf(error))));
          response.on('end', () => end({ status, error: null, excerpt: excerptOf(chunks) }));
        });
        request.end(bytes);
      });
    },
  };
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Gives a connection only addresses that may be talked to; all of them must be, or a mixed answer would be tried. */
function guardedLookup(isAllowed: (address: string) => boolean, resolveName: typeof resolve): LookupFunction {
  return (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        return done(new Refusal('address_refused'), '', 0);
      }
      if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

function reasonOf(error: Error & { readonly code?: string }): OutboundError {
  if (error instanceof Refusal) return error.reason;
  const code = error.code ?? '';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name_unknown';
  if (/CERT|TLS|SSL|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code)) return 'tls_failed';
  return 'connection_failed';
}

const failed = (error: OutboundError): OutboundAnswer => ({ status: null, error, excerpt: '' });

function excerptOf(chunks: readonly Buffer[]): string {
  const text = Buffer.concat(chunks)
    .subarray(0, 4 * excerptCharacters)
    .toString('utf8');
  return [...text.replace(/[\p{Cc}\p{Cf}\uFFFD\s]+/gu, ' ').trim()].slice(0, excerptCharacters).join('');
}
