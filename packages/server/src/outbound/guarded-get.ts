import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { OutboundError } from '../ports/outbound.ts';
import { addressGuard } from './forbidden-addresses.ts';
import { guardedLookup, reasonOf } from './guarded-lookup.ts';

export interface GuardedGetOptions {
  /** From the first byte out to the last byte in, of each request. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** More than this of an answer is not read: what was read until then is the answer. */
  readonly answerLimitBytes: number;
  /** How names are resolved; the system's resolver by default. */
  readonly resolve?: typeof resolve;
  /** Which addresses may be talked to; public ones unless given. */
  readonly isAllowed?: (address: string) => boolean;
}

/** What a page answered after redirects; `error` where nothing did. */
export interface GuardedPage {
  readonly status: number | null;
  readonly error: OutboundError | 'too_many_redirects' | null;
  readonly url: string;
  readonly text: string;
}

const mostRedirects = 3;

/**
 * GETs addresses that customers or registries named. As `createGuardedPost`, the address is checked when the connection is made;
 * redirects are followed a few times, each checked again. Never throws for what the other side does.
 */
export function createGuardedGet(options: GuardedGetOptions): (url: string, accept: string) => Promise<GuardedPage> {
  return async (first, accept) => {
    let url = first;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const page = await getOnce(url, accept, options);
      if (page.location === null) return page;
      if (!URL.canParse(page.location, url)) return page;
      url = new URL(page.location, url).href;
    }
    return { status: null, error: 'too_many_redirects', url, text: '' };
  };
}

type Hop = GuardedPage & { readonly location: string | null };

function getOnce(text: string, accept: string, options: GuardedGetOptions): Promise<Hop> {
  const failed = (error: OutboundError): Hop => ({ status: null, error, url: text, text: '', location: null });
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '')
    return Promise.resolve(failed('url_refused'));
  const isAllowed = options.isAllowed ?? addressGuard([]);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve(failed('address_refused'));
  return new Promise<Hop>((settle) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, {
      agent: false,
      lookup: guardedLookup(isAllowed, options.resolve ?? resolve),
      headers: { accept, 'user-agent': options.userAgent, connection: 'close' },
    });
    const timer = setTimeout(() => end(failed('timed_out')), options.timeoutMs);
    const end = (answer: Hop) => {
      clearTimeout(timer);
      request.destroy();
      settle(answer);
    };
    request.on('error', (error) => end(failed(reasonOf(error))));
    request.on('response', (response) => {
      const status = response.statusCode ?? null;
      const isRedirect = status !== null && [301, 302, 303, 307, 308].includes(status);
      const location = isRedirect ? (response.headers.location ?? null) : null;
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () =>
        end({ status, error: null, url: text, text: Buffer.concat(chunks).toString('utf8'), location });
      if (location !== null) return done();
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, options.answerLimitBytes - size));
        size += chunk.length;
        if (size >= options.answerLimitBytes) done();
      });
      response.on('error', (error) => end(failed(reasonOf(error))));
      response.on('end', done);
    });
    request.end();
  });
}
