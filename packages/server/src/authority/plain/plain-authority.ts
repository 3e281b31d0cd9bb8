import { Fault, type FaultPlace, placesOf } from '@openbeian/model/fault';
import type { z } from 'zod';
import type { Authority, AuthorityMessage, UnreadableMessage } from '../../ports/authority.ts';
import { batchShape, headShape, messageShape, problemShape, receiptShape, statusShape } from './answers.ts';

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
  /**
   * Told of messages that cannot even be acknowledged, since no id can be read in them. They come again with every batch
   * and do not hold up the others.
   */
  readonly onUnreadableMessage?: (place: FaultPlace) => void;
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
      return parseAnswer(receiptShape, await exchange('POST', 'submissions', submission));
    },
    async fetchMessages(limit) {
      const { messages } = parseAnswer(batchShape, await exchange('GET', `messages?limit=${limit}`));
      return readMessages(messages, options.onUnreadableMessage);
    },
    readMessage: (raw) => messageShape.safeParse(readJson(raw)).data ?? null,
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
    throw refused(status, problemShape.safeParse(answer).data?.places ?? []);
  };
}

/** The body as text; null when it is larger than that. What is beyond is neither read nor kept. */
async function readBounded(response: Response, limitBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    // Leaving the loop cancels the body and closes its connection.
    if (size > limitBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // Not the parser's error: it quotes the text, which may hold personal data. The shape check will refuse undefined.
    return undefined;
  }
}

function readMessages(
  messages: readonly unknown[],
  onUnreadableMessage: PlainAuthorityOptions['onUnreadableMessage'],
): (AuthorityMessage | UnreadableMessage)[] {
  const read: (AuthorityMessage | UnreadableMessage)[] = [];
  const withoutId: FaultPlace[] = [];
  messages.forEach((message, i) => {
    const parsed = messageShape.safeParse(message);
    if (parsed.success) {
      read.push(parsed.data);
      return;
    }
    const places = placesOf(parsed.error, ['messages', i]);
    const head = headShape.safeParse(message);
    if (!head.success) withoutId.push(...places);
    else read.push({ kind: 'unreadable', messageId: head.data.messageId, raw: JSON.stringify(message), places });
  });
  // A batch in which nothing can be acknowledged would come again for ever: somebody has to be told.
  if (read.length === 0 && withoutId.length > 0) throw wrongShape(withoutId);
  for (const place of withoutId) onUnreadableMessage?.(place);
  return read;
}

function parseAnswer<T extends z.ZodType>(shape: T, answer: unknown): z.output<T> {
  const parsed = shape.safeParse(answer);
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
