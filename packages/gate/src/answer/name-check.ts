import type { IncomingMessage, ServerResponse } from 'node:http';
import { normaliseHost } from '@openbeian/model/domain-name';
import type { ExplainedDecision } from './explain-decision.ts';
import { answerJson, answerProblem } from './wire.ts';

/** Names in one question; more are several questions. */
const mostNames = 1000;
/** 1000 names of the greatest length, each sign as `\uXXXX`, and the brackets around them. */
const mostBytes = 2_000_000;

/**
 * Answers `/dns-check`: may these names be added to a resolver's zones or a CDN? One name or several as `?name=…`, or a
 * POST with `{"names": […]}`. A wildcard (`*.example.cn`) is evaluated by the name below the asterisk. An address or a
 * port is no name here.
 */
export async function answerNameCheck(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  explain: (host: string) => ExplainedDecision,
): Promise<void> {
  const read = await readNames(request, query);
  if ('status' in read) {
    answerProblem(response, { status: read.status, title: read.en, titleZh: read.zh }, read.headers);
    return;
  }
  const results = read.names.map((name) => resultOf(name, explain));
  const { at, snapshot } = explain('');
  answerJson(response, 200, { at, snapshot, results });
}

function resultOf(name: string, explain: (host: string) => ExplainedDecision) {
  const bare = name.startsWith('*.') ? name.slice(2) : name;
  const isName = !bare.includes(':') && normaliseHost(bare).kind === 'name';
  // What is no name is explained as the empty host is: malformed.
  const { served, outcome, reason, filingDomain, message, next, filing } = explain(isName ? bare : '');
  return { name, allowed: served, outcome, reason, filingDomain, message, next, filing };
}

type Names =
  | { readonly names: readonly string[] }
  | { readonly status: number; readonly en: string; readonly zh: string; readonly headers?: Record<string, string> };

async function readNames(request: IncomingMessage, query: URLSearchParams): Promise<Names> {
  if (request.method === 'GET' || request.method === 'HEAD') return checked(query.getAll('name'), 'name');
  if (request.method !== 'POST') {
    return { status: 405, en: 'use GET or POST', zh: '请使用 GET 或 POST', headers: { allow: 'GET, HEAD, POST' } };
  }
  const text = await readText(request);
  if (text === null) {
    // The rest is not read: the connection cannot be used again.
    const headers = { connection: 'close' };
    return { status: 413, en: `at most ${mostBytes} bytes`, zh: `请求不应超过 ${mostBytes} 字节`, headers };
  }
  return checked(namesIn(text), 'names');
}

function checked(names: unknown, key: string): Names {
  const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (isList && names.length > 0 && names.length <= mostNames) return { names };
  return key === 'name'
    ? {
        status: 400,
        en: `expected 1 to ${mostNames} times name, as /dns-check?name=example.cn`,
        zh: `应有 1 至 ${mostNames} 个 name 参数，例如 /dns-check?name=example.cn`,
      }
    : {
        status: 400,
        en: `expected JSON {"names": ["example.cn"]} with 1 to ${mostNames} texts`,
        zh: `应为 JSON {"names": ["example.cn"]}，含 1 至 ${mostNames} 个文本`,
      };
}

function namesIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { names?: unknown } | null)?.names;
  } catch {
    return null;
  }
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > mostBytes) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
