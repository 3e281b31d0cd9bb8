import { type FaultCode, parseSafely } from '@openbeian/model/fault';
import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { allOperations, type OperationId, type Operations } from './operations/index.ts';
import { type Problem, problemShape } from './problem.ts';

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

/** May this part of the input be left out? */
type IsOptional<Shape extends z.ZodType> = Shape extends z.ZodRecord
  ? false
  : Record<never, never> extends z.input<Shape>
    ? true
    : undefined extends z.input<Shape>
      ? true
      : false;
type Part<Name extends string, Shape extends z.ZodType> =
  IsOptional<Shape> extends true ? { readonly [K in Name]?: z.input<Shape> } : { readonly [K in Name]: z.input<Shape> };

/** What a caller gives: `{ params, query, body }`; parts that may be empty may be left out. */
export type Input<O> =
  O extends Operation<infer P, infer Q, infer B, z.ZodType>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B>
    : never;
export type Answer<O> = O extends Operation<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;

type Method<O> =
  Record<never, never> extends Input<O>
    ? (input?: Input<O>, options?: CallOptions) => Promise<Answer<O>>
    : (input: Input<O>, options?: CallOptions) => Promise<Answer<O>>;

/** One method for each operation of the contract. */
export type Client = { readonly [Id in OperationId]: Method<Operations[Id]> };

/**
 * A typed client, made from the same table as the server's routes.
 * @throws ProblemError when the server refuses; UnreachableError when there is no usable answer.
 */
export function createClient(options: ClientOptions): Client {
  const methods = allOperations.map((operation) => [
    operation.id,
    (input: LooseInput = {}, call: CallOptions = {}) => send(options, operation, input, call),
  ]);
  // One method for each operation by its id, as the type Client requires.
  return Object.fromEntries(methods) as Client;
}

interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

async function send(options: ClientOptions, operation: Operation, input: LooseInput, call: CallOptions) {
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
  if (!response.ok) throw refusal(response, text);
  const answer = parseSafely(operation.answer, parseJson(text));
  if (answer.success) return answer.data;
  throw strangeAnswer(response.status, { cause: answer.error });
}

function pathOf(operation: Operation, input: LooseInput): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)] as [string, string]));
  return query.size === 0 ? path : `${path}?${query}`;
}

function refusal(response: Response, text: string): Error {
  const problem = parseSafely(problemShape, parseJson(text));
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
