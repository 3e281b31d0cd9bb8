import { hookBodyKiB, verificationResultsPath } from '@openbeian/contract';
import type { FastifyInstance } from 'fastify';
import type { HttpNeeds } from './needs.ts';
import { visitorOf } from './session.ts';

/** Messages of the verification service, each with a signature of its own over the body as it came. */
export function registerVerificationResults(app: FastifyInstance, { flows }: HttpNeeds): void {
  const options = { bodyLimit: hookBodyKiB * 1024, config: { readsBodyApart: true } };
  app.post(verificationResultsPath, options, async (request) => {
    const actor = { ...visitorOf(request), userId: 'verifier', role: 'system' as const };
    const header = (name: string) => String(request.headers[name] ?? '');
    return flows.takeVerificationResult(
      { actor },
      {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
      },
    );
  });
}
