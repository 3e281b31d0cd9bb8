import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Coding, codingFor, compress } from './coding.ts';
import { hasAlready } from './public-answers.ts';

/** Each answer is compressed once and thrown away: half the effort of what is kept, for a tenth more bytes. */
const effort = 4;

/**
 * Sends what a query answered one person: with a tag, so that a page that asks again is told that nothing changed (304), and
 * compressed for our own pages. No cache stores it (`no-store`): the page itself keeps what it shows.
 */
export async function sendPrivate(request: FastifyRequest, reply: FastifyReply, bytes: Buffer): Promise<FastifyReply> {
  const tag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  reply.headers({ etag: tag, vary: 'accept-encoding, sec-fetch-site' });
  if (hasAlready(request.headers['if-none-match'], tag)) return reply.code(304).send();
  reply.type('application/json; charset=utf-8');
  const coding = codingOf(request, bytes);
  if (coding === 'identity') return reply.send(bytes);
  return reply.header('content-encoding', coding).send(await compress(bytes, coding, effort));
}

/**
 * Only what a page of ours asks for: where somebody else's page could have an answer of this person made with words of its choice, the
 * length of it compressed would tell what else is in it (ADR 34). Browsers name the page that asks; no page can say another.
 */
const codingOf = ({ headers }: FastifyRequest, bytes: Buffer): Coding =>
  headers['sec-fetch-site'] === 'same-origin' ? codingFor(bytes, headers['accept-encoding']) : 'identity';

/** An answer as JSON in UTF-8; long pages are written as text or bytes already. */
export function jsonBytes(answer: unknown): Buffer {
  if (answer instanceof Uint8Array) return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  return Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer));
}
