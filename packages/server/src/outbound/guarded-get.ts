import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
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

/**
 * What a page answered after redirects; `error` where nothing did. `not_reached`: that was on the way there (our resolver, our network,
 * an address that was given no time), so it says nothing of the other side, as `connection_failed` and `name_unknown` do.
 */
export interface GuardedPage {
  readonly status: number | null;
  readonly error: OutboundError | 'too_many_redirects' | 'not_reached' | null;
  readonly url: string;
  /** In the character set that it names, UTF-8 where it names none. */
  readonly text: string;
  /** False where there is more than was read, or it is packed. */
  readonly isWhole: boolean;
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
    return { status: null, error: 'too_many_redirects', url, text: '', isWhole: false };
  };
}

type Hop = GuardedPage & { readonly location: string | null };

function getOnce(text: string, accept: string, options: GuardedGetOptions): Promise<Hop> {
  const failed = (error: Hop['error']): Hop => ({
    status: null,
    error,
    url: text,
    text: '',
    isWhole: false,
    location: null,
  });
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
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': options.userAgent, connection: 'close' },
    });
    const timer = setTimeout(() => end(failed('timed_out')), options.timeoutMs);
    const end = (answer: Hop) => {
      clearTimeout(timer);
      request.destroy();
      settle(answer);
    };
    request.on('error', (error) => end(failed(whyOf(error))));
    request.on('response', (response) => readAnswer(response, text, { ...options, end }));
    request.end();
  });
}

interface Reading {
  readonly answerLimitBytes: number;
  readonly end: (answer: Hop) => void;
}

function readAnswer(response: IncomingMessage, url: string, { answerLimitBytes, end }: Reading): void {
  const { statusCode: status = null, headers } = response;
  const isRedirect = status !== null && [301, 302, 303, 307, 308].includes(status);
  const location = isRedirect ? (headers.location ?? null) : null;
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  const chunks: Buffer[] = [];
  let size = 0;
  const done = (isAll: boolean) => {
    const text = decode(Buffer.concat(chunks), headers['content-type'] ?? '');
    end({ status, error: null, url, text, isWhole: isAll && isPlain, location });
  };
  if (location !== null) return done(true);
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, answerLimitBytes - size));
    size += chunk.length;
    if (size >= answerLimitBytes) done(false);
  });
  // It answered, and went away.
  response.on('error', () => done(false));
  response.on('end', () => done(true));
}

/** How far into a page its own word about its character set is looked for, as browsers do. */
const sniffedBytes = 1024;

/** Many pages in mainland China are GBK still. */
function decode(bytes: Buffer, contentType: string): string {
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const sniffed = /html/i.test(contentType) ? bytes.subarray(0, sniffedBytes).toString('latin1') : '';
  const label = (named.exec(contentType) ?? named.exec(sniffed))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // No such character set.
    return bytes.toString('utf8');
  }
}

const saidByThem = /^(ECONNREFUSED|ECONNRESET|EPIPE|HPE_\w+)$/;

/** Of several addresses that were tried, each has a say. */
function whyOf(error: Error & { readonly code?: string }): Hop['error'] {
  const reason = reasonOf(error);
  const tried = error instanceof AggregateError ? error.errors.map(codeOf) : [codeOf(error)];
  if (reason === 'name_unknown') return tried.every((code) => code === 'ENOTFOUND') ? reason : 'not_reached';
  if (reason === 'connection_failed') return tried.every((code) => saidByThem.test(code)) ? reason : 'not_reached';
  return reason;
}

const codeOf = (error: { readonly code?: unknown }): string => (typeof error.code === 'string' ? error.code : '');
