import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { OutboundAnswer, OutboundError, OutboundPost } from '../ports/outbound.ts';
import { addressGuard } from './forbidden-addresses.ts';
import { guardedLookup, reasonOf } from './guarded-lookup.ts';

/** Receivers inside the provider's network that one owner may have events sent to. */
interface InsideReceivers {
  /** An account's id, or `provider` for the provider's own. */
  readonly owner: string;
  /** Addresses or networks (`10.1.0.0/16`). */
  readonly addresses: readonly string[];
  /** Ports, or ranges of them, both ends included. */
  readonly ports: readonly (number | readonly [number, number])[];
}

export interface GuardedPostOptions {
  /** Of what is inside, only this may be talked to, and nothing that it answers is kept. */
  readonly insideReceivers: readonly InsideReceivers[];
  /** Plain http as well as https. */
  readonly allowHttp: boolean;
  /** From the first byte out to the last byte in. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** How names are resolved; the system's resolver by default. */
  readonly resolve?: typeof resolve;
  /** Which addresses are outside; everything but ours and special ones unless given. */
  readonly isPublic?: (address: string) => boolean;
}

/** More than this of an answer is not read. */
const answerLimitBytes = 64 * 1024;
const excerptCharacters = 300;

/**
 * POSTs to addresses that customers named. The address is checked when the connection is made, after its name was
 * resolved, and it is that address that is connected to: a name that answers differently the second time gains nothing.
 * Every request has a connection of its own; redirects are not followed.
 */
export function createGuardedPost(options: GuardedPostOptions): OutboundPost {
  const isPublic = options.isPublic ?? addressGuard([]);
  const guardFor = (owner: string | null, url: URL) => {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const inside = options.insideReceivers.filter((one) => one.owner === (owner ?? 'provider') && hasPort(one, port));
    const isInside = addressGuard(inside.flatMap(({ addresses }) => addresses));
    return (address: string) => isPublic(address) || isInside(address);
  };

  function problemOf(text: string, owner: string | null): ReturnType<OutboundPost['problemOf']> {
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
    if (isIP(host) !== 0 && !guardFor(owner, url)(host)) {
      return { expected: 'a public address', expectedZh: '应为公网地址' };
    }
    return null;
  }

  return {
    problemOf,
    post({ url: text, owner, headers, body }) {
      if (problemOf(text, owner) !== null) return Promise.resolve(failed('url_refused'));
      const url = new URL(text);
      const host = bareHost(url);
      const isAllowed = guardFor(owner, url);
      if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve(failed('address_refused'));
      const lookup = guardedLookup(isAllowed, options.resolve ?? resolve);
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
          // What is inside may say more than the receiver's owner may know.
          const isOutside = isPublic(response.socket.remoteAddress ?? '');
          const excerpt = () => (isOutside ? excerptOf(chunks) : '');
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            chunks.push(chunk);
            if (size > answerLimitBytes) end({ ...failed('answer_too_large'), status, excerpt: excerpt() });
          });
          response.on('error', (error) => end(failed(reasonOf(error))));
          response.on('end', () => end({ status, error: null, excerpt: excerpt() }));
        });
        request.end(bytes);
      });
    },
  };
}

const hasPort = ({ ports }: InsideReceivers, port: number): boolean =>
  ports.some((one) => (typeof one === 'number' ? one === port : one[0] <= port && port <= one[1]));

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

const failed = (error: OutboundError): OutboundAnswer => ({ status: null, error, excerpt: '' });

function excerptOf(chunks: readonly Buffer[]): string {
  const text = Buffer.concat(chunks)
    .subarray(0, 4 * excerptCharacters)
    .toString('utf8');
  return [...text.replace(/[\p{Cc}\p{Cf}\uFFFD\s]+/gu, ' ').trim()].slice(0, excerptCharacters).join('');
}
