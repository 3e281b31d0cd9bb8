import { z } from 'zod';
import { readBounded } from '../bounded/read-bounded.ts';
import type { Registrar } from '../ports/name-proofs.ts';

export interface HttpRegistrarOptions {
  readonly url: string;
  /** Sent as bearer token. */
  readonly secret: string;
  readonly timeoutMs: number;
}

/** More than this is no answer to the question. */
const answerLimitBytes = 4096;
const answerShape = z.object({ isHolder: z.boolean().nullable() });

/** A deployment without a way to ask the registrar. */
export const noRegistrar: Registrar = { isHolder: async () => null };

/**
 * Asks a service of the provider's that knows the registrar's data: POST of `{ domainName, certificateType,
 * certificateNumber }`, answered by `{ "isHolder": true | false | null }`. A service that is away or says anything else
 * has said nothing: DNS remains as proof.
 */
export function createHttpRegistrar({ url, secret, timeoutMs }: HttpRegistrarOptions): Registrar {
  return {
    async isHolder(question) {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify(question),
          // A redirect would carry the secret elsewhere.
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        if (!answer.ok) {
          await answer.body?.cancel();
          return null;
        }
        const text = await readBounded(answer, answerLimitBytes);
        const read = answerShape.safeParse(text === null ? null : JSON.parse(text));
        return read.success ? read.data.isHolder : null;
      } catch {
        return null;
      }
    },
  };
}
