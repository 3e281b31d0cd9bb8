import type { ServerResponse } from 'node:http';

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
