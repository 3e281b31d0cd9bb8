import type { ServerResponse } from 'node:http';

/** An answer before it is written. */
export interface Answer {
  readonly status: 200 | 204 | 302 | 403 | 503;
  /** Names and values in turn. A length is not among them: who writes the answer says it where there is a body. */
  readonly headers: readonly string[];
  /** Null for none, and for HEAD. */
  readonly body: string | null;
  /** It is one of a few that are made once: how it is written may be kept. */
  readonly isLasting?: true;
}

/** Writes an answer over Node's own HTTP. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, [...answer.headers, ...lengthOf(answer)]).end(answer.body ?? undefined);
}

/** The header that says how long the body is; none where there can be no body, or where HEAD leaves it out. */
export function lengthOf({ status, body }: Answer): readonly string[] {
  if (body !== null) return ['content-length', String(Buffer.byteLength(body))];
  // A 200 would else be sent in chunks.
  return status === 200 ? ['content-length', '0'] : [];
}

/** Headers as an answer has them. */
export function headerList(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flat();
}

const jsonHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Answers with a JSON document that is not cached. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...jsonHeaders, ...headers });
  response.end(JSON.stringify(body));
}

/** A problem in both languages. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly titleZh: string;
}

/** Answers with a problem document (RFC 9457). */
export function answerProblem(
  response: ServerResponse,
  { status, title, titleZh }: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...jsonHeaders, ...headers });
  response.end(JSON.stringify({ type: 'about:blank', status, title, titleZh }));
}
