import { Fault } from '@openbeian/model/fault';
import { findUnstorableText } from '@openbeian/model/json';
import { type VerificationReason, verificationReasonIds } from '@openbeian/model/verification';
import { z } from 'zod';
import { readBounded } from '../../bounded/read-bounded.ts';
import type { VerificationResult, Verifier } from '../../ports/verification.ts';
import { isSigned, signMessage } from './signed-message.ts';

export interface HttpVerifierOptions {
  /** Of the provider's verification service; the wire is in docs/verification.md. */
  readonly url: string;
  /** Shared with the service: every message of either side is signed with it. */
  readonly secret: string;
  readonly timeoutMs: number;
  /** Where the service sends results; null: nobody knows our address, and it is asked for them. */
  readonly resultUrl: string | null;
  readonly now: () => string;
}

/** More than this is no answer to the question. */
const answerLimitBytes = 16 * 1024;

const instant = z.iso
  .datetime({ offset: true })
  // The database knows no year 0, and nobody was verified before there were computers.
  .refine((text) => Date.parse(text) >= 0)
  .transform((text) => new Date(text).toISOString());
const outsideId = z.string().min(1).max(200);
const begunShape = z.object({
  verificationId: outsideId,
  link: z.url({ protocol: /^https?$/ }).max(2000),
  linkUntil: instant.nullable().default(null),
});
const reasonShape = z
  .enum(verificationReasonIds as [VerificationReason, ...VerificationReason[]]) // there is one
  .nullable()
  .default(null)
  // A service may know more reasons than we do.
  .catch('other');
const resultShape = z.object({
  resultId: outsideId,
  outcome: z.enum(['passed', 'failed']),
  at: instant,
  reason: reasonShape,
});
const answerShape = z.union([z.object({ outcome: z.literal('waiting') }), resultShape]);
const messageShape = resultShape.extend({ reference: outsideId });

/** A deployment without a service: its reviewers decide. */
export const noVerifier: Verifier = {
  by: 'reviewer',
  start: () => Promise.reject(new Fault('verification.unreachable')),
  ask: async () => null,
  read: () => null,
};

/**
 * Speaks to a verification service of the provider's over HTTP: signed JSON both ways, answers bounded in size and time, redirects
 * not followed. Results come to `resultUrl`, and are asked for besides.
 */
export function createHttpVerifier(options: HttpVerifierOptions): Verifier {
  const { secret, resultUrl } = options;
  return {
    by: 'service',
    async start({ reference, person, way }) {
      const answer = await post(options, 'verifications', { reference, way, person, resultUrl });
      const { verificationId, link, linkUntil } = readAs(begunShape, answer);
      return { outsideId: verificationId, link, linkUntil };
    },
    async ask(verificationId) {
      const answer = readAs(answerShape, await post(options, 'verification-results', { verificationId }));
      return answer.outcome === 'waiting' ? null : (answer satisfies VerificationResult);
    },
    read({ body, ...headers }, at) {
      if (!isSigned(secret, headers, { body, at })) return null;
      const read = messageShape.safeParse(jsonOf(new TextDecoder().decode(body)));
      return read.success ? read.data : null;
    },
  };
}

let messages = 0;

/** @throws Fault `verification.unreachable`, whatever went wrong: what was sent is personal and named nowhere */
async function post(
  { url, secret, timeoutMs, now }: HttpVerifierOptions,
  path: string,
  question: object,
): Promise<unknown> {
  const body = JSON.stringify(question);
  const at = now();
  messages += 1;
  const id = `${path} ${Date.parse(at)} ${messages}`.replaceAll(' ', '-');
  try {
    const answer = await fetch(new URL(path, url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signMessage(secret, { id, at, body }) },
      body,
      // A redirect would carry personal data elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`the service answered with ${answer.status}`);
    }
    const text = await readBounded(answer, answerLimitBytes);
    if (text === null) throw new Error('the answer is too large');
    return readJson(text);
  } catch (error) {
    throw new Fault('verification.unreachable', { cause: error });
  }
}

function readAs<Shape extends z.ZodType>(shape: Shape, answer: unknown): z.output<Shape> {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  throw new Fault('verification.unreachable', { cause: new Error('the answer is not what the wire says') });
}

function jsonOf(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}

/** @throws Error also for text that the database cannot keep */
function readJson(text: string): unknown {
  const read: unknown = JSON.parse(text);
  if (findUnstorableText(read, 'body').count > 0) throw new Error('the message has text that cannot be kept');
  return read;
}
