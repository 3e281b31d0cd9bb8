import { createHash } from 'node:crypto';
import type { OperationId } from '@openbeian/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Coding, codingFor, compress } from './coding.ts';

/**
 * Operations whose answer is the same for everybody who asks the same. Only these are compressed for whoever asks: where a secret and
 * something that a visitor chose are compressed together, the length tells of the secret (BREACH; ADR 34).
 */
const sameForAll = ['getRuleBook', 'listHelp'] as const satisfies readonly OperationId[];
export const isSameForAll = (operationId: string): boolean => (sameForAll as readonly string[]).includes(operationId);

/** Answers kept in their compressed form; the rules are one, a search of the help another. */
const mostKept = 32;

/** Each is compressed once, for everybody. */
const effort = 9;

/** An answer as it is sent: one copy of its bytes for whoever asks, however slowly they read. */
interface Written {
  readonly bytes: Buffer;
  readonly hash: string;
}

/**
 * Sends answers that are the same for everybody: written and compressed once and kept, and not at all to who has them already.
 * To check and write the rules takes 50 ms of everybody's time: a hundred visitors at once would stop the server for seconds.
 */
export class PublicAnswers {
  readonly #written = new WeakMap<object, Written>();
  readonly #kept = new Map<string, Map<Coding, Promise<Buffer>>>();

  /**
   * @param answer who asks the same is given the same object
   * @param write makes its JSON, where that object is new
   */
  async send(
    { headers }: FastifyRequest,
    reply: FastifyReply,
    answer: object,
    write: () => Buffer,
  ): Promise<FastifyReply> {
    const { bytes, hash } = this.#writtenOf(answer, write);
    // Weak: the same answer, in whichever coding.
    const tag = `W/"${hash}"`;
    reply.headers({ 'cache-control': 'no-cache', etag: tag, vary: 'accept-encoding' });
    if (hasAlready(headers['if-none-match'], tag)) return reply.code(304).send();
    reply.type('application/json; charset=utf-8');
    const coding = codingFor(bytes, headers['accept-encoding']);
    if (coding === 'identity') return reply.send(bytes);
    const compressed = await this.#compressed(hash, coding, bytes);
    return reply.header('content-encoding', coding).send(compressed);
  }

  #writtenOf(answer: object, write: () => Buffer): Written {
    const known = this.#written.get(answer);
    if (known !== undefined) return known;
    const bytes = write();
    const written = { bytes, hash: createHash('sha256').update(bytes).digest('base64url') };
    this.#written.set(answer, written);
    return written;
  }

  #compressed(hash: string, coding: Exclude<Coding, 'identity'>, bytes: Buffer): Promise<Buffer> {
    const kept = this.#kept.get(hash) ?? new Map<Coding, Promise<Buffer>>();
    const compressed = kept.get(coding) ?? compress(bytes, coding, effort);
    kept.set(coding, compressed);
    // What was asked for last is thrown away last.
    this.#kept.delete(hash);
    this.#kept.set(hash, kept);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > mostKept) this.#kept.delete(oldest);
    return compressed;
  }
}

/** Is this the answer that the browser has? */
export const hasAlready = (given: string | undefined, tag: string): boolean =>
  given !== undefined && given.split(',').some((one) => one.trim() === tag || one.trim() === '*');
