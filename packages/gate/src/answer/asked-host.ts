import type { IncomingMessage } from 'node:http';
import type { VisitorRequest } from './acme-challenge.ts';

/** What answers read of a request, whoever read it from the connection. */
export interface AskedRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  /**
   * A header's text by its lower-case name; of one that comes twice both texts with a comma between, which is no host. Bytes beyond
   * ASCII are UTF-8, as browsers' users and command lines send them.
   */
  header(name: string): string | undefined;
}

/**
 * How a kind of proxy puts its question. Each kind has a path of its own, and on that path exactly one header names the
 * host: whatever a visitor sends under another name decides nothing.
 */
export interface QuestionShape {
  /** Lower-case name of the header that the proxy itself sets on every question. */
  readonly hostHeader: string;
  /** Read where `hostHeader` is missing. Only where the proxy always sets `hostHeader` may this be given. */
  readonly otherHostHeader?: string;
  /** Where the visitor's own path and query are: a header, or what follows the question's path. */
  readonly uri: { readonly header: string } | 'appended';
  /** Header with the visitor's method; null where the question is asked with that method itself. */
  readonly methodHeader: string | null;
  /** Header with the visitor's scheme, http or https, set by the proxy; used only for certificate validations. */
  readonly schemeHeader: string;
  /** Status for "serve it". Envoy takes nothing but 200. */
  readonly served: 200 | 204;
  /** Is a refusal handed on to the visitor as it is? nginx drops it, and makes a 500 of anything but 401 and 403. */
  readonly handsOn: boolean;
  /** May the refusal be a 5xx? Envoy takes that for a gate in trouble and may be configured to let it pass. */
  readonly takes503: boolean;
}

/** The shapes by path. Envoy appends the visitor's path, so that its path is a beginning. */
export const questionShapes = {
  '/auth': {
    hostHeader: 'x-original-host',
    otherHostHeader: 'host',
    uri: { header: 'x-original-uri' },
    methodHeader: 'x-original-method',
    schemeHeader: 'x-original-proto',
    served: 204,
    handsOn: false,
    takes503: false,
  },
  '/forward-auth': {
    hostHeader: 'x-forwarded-host',
    uri: { header: 'x-forwarded-uri' },
    methodHeader: 'x-forwarded-method',
    schemeHeader: 'x-forwarded-proto',
    served: 204,
    handsOn: true,
    takes503: true,
  },
  '/ext-authz': {
    hostHeader: 'host',
    uri: 'appended',
    methodHeader: null,
    schemeHeader: 'x-forwarded-proto',
    served: 200,
    handsOn: true,
    takes503: false,
  },
} as const satisfies Record<string, QuestionShape>;

/** The shape of a question by its path, or null for a path that asks nothing. */
export function shapeOfPath(path: string): QuestionShape | null {
  if (path === '/auth' || path.startsWith('/auth/')) return questionShapes['/auth'];
  if (path === '/forward-auth') return questionShapes['/forward-auth'];
  return path.startsWith('/ext-authz') ? questionShapes['/ext-authz'] : null;
}

/**
 * The host that the visitor asked the proxy for, as it was sent. A header that comes twice is a list, which is no host.
 * A missing one is the empty host. Both are refused as malformed.
 */
export function askedHost(request: AskedRequest, shape: QuestionShape): string {
  const given = request.header(shape.hostHeader);
  if (given !== undefined || shape.otherHostHeader === undefined) return given ?? '';
  return request.header(shape.otherHostHeader) ?? '';
}

/** The visitor's path with its query, method and scheme, where the proxy sends them. */
export function visitorRequest(request: AskedRequest, shape: QuestionShape): VisitorRequest {
  const uri = shape.uri === 'appended' ? request.url.slice('/ext-authz'.length) : request.header(shape.uri.header);
  const method = shape.methodHeader === null ? request.method : request.header(shape.methodHeader);
  const scheme = request.header(shape.schemeHeader);
  return { uri: uri ?? '', method: method ?? 'GET', scheme: scheme ?? '' };
}

/** A request that Node has read. */
export class HttpRequest implements AskedRequest {
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method ?? '';
  }

  get url(): string {
    return this.#request.url ?? '/';
  }

  /** Not `request.headers`: that keeps the first of two Host headers without a word, and builds an object of all of them. */
  header(name: string): string | undefined {
    const { rawHeaders } = this.#request;
    let value: string | undefined;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const key = rawHeaders[at] as string;
      if (key.length !== name.length || key.toLowerCase() !== name) continue;
      const text = rawHeaders[at + 1] as string;
      value = value === undefined ? text : `${value},${text}`;
    }
    return value === undefined || isAscii(value) ? value : fromUtf8(value);
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Node reads headers byte by byte (latin1). What is no UTF-8 gets the replacement sign, which no host may contain. */
function fromUtf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
