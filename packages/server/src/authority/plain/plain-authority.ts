import { createHash } from 'node:crypto';
import {
  batchShape,
  headShape,
  messageShape,
  type PlainSubmission,
  problemShape,
  receiptShape,
  statusShape,
} from '@openbeian/authority-wire/plain';
import { Fault, type FaultPlace, parseSafely, placesOf } from '@openbeian/model/fault';
import type { z } from 'zod';
import { readBounded } from '../../bounded/read-bounded.ts';
import type { Authority, AuthorityMessage, UnreadableMessage } from '../../ports/authority.ts';

export interface PlainAuthorityOptions {
  /** Where the authority's plain interface lies, e.g. http://127.0.0.1:8090; a path in it is kept. */
  readonly url: string;
  /** Shared secret, sent as bearer token. */
  readonly secret: string;
  /** The network; Node's own unless given. */
  readonly fetch?: typeof fetch;
  /** How long one exchange may take, its answer's body included; 10 s unless given. */
  readonly timeoutMs?: number;
  /** More than this of an answer is not read; 8 MiB unless given. */
  readonly answerLimitBytes?: number;
}

/**
 * The authority over plain JSON, as the simulator speaks it. It never repeats a call by itself: whoever calls it keeps
 * the work in a row and tries again later.
 * Every operation throws Fault `authority.unreachable` (no connection, time-out, 408, 429, 5xx, an answer that breaks
 * off) or `authority.refused` (any other 4xx; an answer of the wrong shape).
 */
export function createPlainAuthority(options: PlainAuthorityOptions): Authority {
  const exchange = exchangeWith(options);
  return {
    async submit(submission) {
      return parseAnswer(receiptShape, await exchange('POST', 'submissions', submission satisfies PlainSubmission));
    },
    async fetchMessages(limit) {
      // Messages that cannot be acknowledged come first in every batch: as many more are asked for.
      for (let asked = limit; ; ) {
        const { messages } = parseAnswer(batchShape, await exchange('GET', `messages?limit=${asked}`));
        const read = messages.map(readMessage);
        const wanted = Math.min(longestBatch, limit + read.filter(isWithoutId).length);
        if (messages.length < asked || wanted <= asked) return read;
        asked = wanted;
      }
    },
    readMessage: (raw) => parseSafely(messageShape, readJson(raw)).data ?? null,
    async acknowledge(messageId) {
      await exchange('POST', `messages/${encodeURIComponent(messageId)}/acknowledgement`);
    },
    async findStatus(question) {
      return parseAnswer(statusShape, await exchange('POST', 'status-queries', question));
    },
  };
}

type Exchange = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

const defaultLimitBytes = 8 * 1024 * 1024;

function exchangeWith(options: PlainAuthorityOptions): Exchange {
  const { url, secret, fetch: send = fetch, timeoutMs = 10_000, answerLimitBytes = defaultLimitBytes } = options;
  const base = `${url.replace(/\/+$/u, '')}/plain/v1/`;
  return async (method, path, body) => {
    let status: number;
    let text: string | null;
    try {
      const response = await send(new URL(path, base), {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect would carry the secret elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      text = await readBounded(response, answerLimitBytes);
    } catch (cause) {
      throw unreachable({ zh: '连接失败或超时', en: 'connection failed or timed out' }, cause);
    }
    if (status >= 500 || status === 408 || status === 429) {
      throw unreachable({ zh: `管局系统返回 ${status}`, en: `the authority answered ${status}` });
    }
    if (text === null) throw tooLarge(status, answerLimitBytes);
    const answer = readJson(text);
    if (status >= 200 && status < 300) return answer;
    throw refused(status, parseSafely(problemShape, answer).data?.places ?? []);
  };
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // Not the parser's error: it quotes the text, which may hold personal data. The shape check will refuse undefined.
    return undefined;
  }
}

/** Most messages of one answer, as the interface has it. */
const longestBatch = 1000;

const isWithoutId = (message: AuthorityMessage | UnreadableMessage): boolean =>
  message.kind === 'unreadable' && message.withoutId === true;

function readMessage(message: unknown, index: number): AuthorityMessage | UnreadableMessage {
  const parsed = parseSafely(messageShape, message);
  if (parsed.success) return parsed.data;
  const raw = JSON.stringify(message);
  const unreadable = { kind: 'unreadable', raw, places: placesOf(parsed.error, ['messages', index]) } as const;
  const head = parseSafely(headShape, message);
  if (head.success) return { ...unreadable, messageId: head.data.messageId };
  const digest = createHash('sha256').update(raw).digest('hex').slice(0, 32);
  return { ...unreadable, messageId: `content-${digest}`, withoutId: true };
}

function parseAnswer<T extends z.ZodType>(shape: T, answer: unknown): z.output<T> {
  const parsed = parseSafely(shape, answer);
  if (parsed.success) return parsed.data;
  throw wrongShape(placesOf(parsed.error));
}

function unreachable(detail: { zh: string; en: string }, cause?: unknown): Fault {
  return new Fault('authority.unreachable', { detail, ...(cause === undefined ? {} : { cause }) });
}

function refused(status: number, places: readonly FaultPlace[]): Fault {
  const where = places.map((place) => place.path).join(', ');
  return new Fault('authority.refused', {
    detail: {
      zh: `管局系统返回 ${status}${where && `，位置：${where}`}`,
      en: `the authority answered ${status}${where && ` at ${where}`}`,
    },
    places,
  });
}

function tooLarge(status: number, limitBytes: number): Fault {
  return new Fault('authority.refused', {
    detail: {
      zh: `管局系统返回 ${status}，应答超过 ${limitBytes} 字节，未读取`,
      en: `the authority answered ${status} with more than ${limitBytes} bytes, which were not read`,
    },
  });
}

function wrongShape(places: readonly FaultPlace[]): Fault {
  const where = places.map((place) => place.path).join(', ');
  return new Fault('authority.refused', {
    detail: { zh: `管局系统的应答无法读取：${where}`, en: `the authority’s answer cannot be read: ${where}` },
    places,
  });
}
