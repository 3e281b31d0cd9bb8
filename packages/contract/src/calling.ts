import type { FaultCode } from '@openbeian/model/fault';
import type { Operation } from './operation.ts';
import type { Problem } from './problem.ts';

// Calling the API without the shapes of its answers: what a browser loads. `client.ts` adds the checks of the shapes.

/** The server refused: `problem` is its whole problem document, with texts in both languages. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  readonly code: FaultCode;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code} (${problem.status}): ${problem.detail ?? problem.en}`);
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** No usable answer: the server cannot be reached, or what answered there does not keep this contract. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(en, options);
    this.zh = zh;
    this.en = en;
  }
}

/** Keeps a session outside a browser. One jar serves one base URL. */
export interface CookieJar {
  /** The value of a `Cookie` header; empty when there is none. */
  header(): string;
  /** Takes the values of `Set-Cookie` headers. */
  take(setCookies: readonly string[]): void;
}

/** A jar in memory. Expiry dates are left to the server; a cookie set to nothing or to `Max-Age=0` goes. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    take(setCookies) {
      for (const line of setCookies) {
        const [pair = '', ...attributes] = line.split(';');
        const name = pair.slice(0, pair.indexOf('=')).trim();
        const value = pair.slice(pair.indexOf('=') + 1).trim();
        const gone = value === '' || attributes.some((attribute) => /^\s*max-age=(0|-\d+)\s*$/i.test(attribute));
        if (gone) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

export interface ClientOptions {
  /** Origin of the server, e.g. `http://127.0.0.1:8600`; empty in the console, which the server itself serves. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Outside a browser: where the session cookie is kept. A browser keeps its own. */
  readonly cookies?: CookieJar;
  /** A gate's token, or an API key. */
  readonly bearer?: string;
  /** Makes an idempotency key for a command that is given none; random by default. */
  readonly newIdempotencyKey?: () => string;
}

export interface CallOptions {
  /** Keep one key for every repetition of one command, so that it is done once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** What must be known of an operation to call it. */
export type CalledOperation = Pick<Operation, 'id' | 'method' | 'path' | 'command' | 'bytes'>;

/** How answers are understood. Both are given what was JSON, or undefined for what was none. */
export interface Readers<O extends CalledOperation> {
  readonly answer: (operation: O, json: unknown) => Read<unknown>;
  readonly problem: (json: unknown) => Read<Problem>;
}

export type Read<T> = { readonly success: true; readonly data: T } | { readonly success: false; readonly error: Error };

export interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/**
 * Calls one operation.
 * @throws ProblemError when the server refuses; UnreachableError when there is no usable answer
 */
export async function send<O extends CalledOperation>(
  { readers, ...options }: ClientOptions & { readonly readers: Readers<O> },
  operation: O,
  input: LooseInput,
  call: CallOptions,
): Promise<unknown> {
  const headers = new Headers({
    accept: operation.bytes === 'answer' ? '*/*' : 'application/json, application/problem+json',
  });
  if (operation.command) {
    headers.set('idempotency-key', call.idempotencyKey ?? (options.newIdempotencyKey ?? randomKey)());
  }
  if (options.bearer) headers.set('authorization', `Bearer ${options.bearer}`);
  const cookie = options.cookies?.header();
  if (cookie) headers.set('cookie', cookie);
  const request: RequestInit = { method: operation.method, headers, credentials: 'same-origin' };
  if (call.signal) request.signal = call.signal;
  if (operation.method === 'POST' || operation.method === 'PUT') {
    const isBytes = operation.bytes === 'body';
    headers.set('content-type', isBytes ? 'application/octet-stream' : 'application/json');
    // The shape of the body is bytes then.
    request.body = isBytes ? (input.body as Uint8Array<ArrayBuffer>) : JSON.stringify(input.body ?? {});
  }
  const url = options.baseUrl.replace(/\/$/, '') + pathOf(operation, input);
  let response: Response;
  try {
    response = await (options.fetch ?? globalThis.fetch)(url, request);
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new UnreachableError(
      '无法连接服务器，请检查网络后重试。',
      'The server cannot be reached. Check the network and try again.',
      { cause: error },
    );
  }
  options.cookies?.take(response.headers.getSetCookie());
  if (response.ok && operation.bytes === 'answer') {
    const mediaType = response.headers.get('content-type') ?? '';
    return { mediaType, bytes: new Uint8Array(await response.arrayBuffer()) };
  }
  const text = await response.text();
  if (!response.ok) throw refusal(response, readers.problem(parseJson(text)));
  const answer = readers.answer(operation, parseJson(text));
  if (answer.success) return answer.data;
  throw strangeAnswer(response.status, { cause: answer.error });
}

function pathOf(operation: CalledOperation, input: LooseInput): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)] as [string, string]));
  return query.size === 0 ? path : `${path}?${query}`;
}

function refusal(response: Response, problem: Read<Problem>): Error {
  return problem.success ? new ProblemError(problem.data) : strangeAnswer(response.status, { cause: problem.error });
}

function strangeAnswer(status: number, options: ErrorOptions): UnreachableError {
  return new UnreachableError(
    `服务器的答复无法识别（HTTP ${status}），请稍后重试；若持续出现，请联系运营人员。`,
    `The server’s answer is not understood (HTTP ${status}). Try again later; if it lasts, tell an operator.`,
    options,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A new idempotency key of 128 random bits. `crypto.randomUUID` would not do: browsers have it only on https and localhost. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
