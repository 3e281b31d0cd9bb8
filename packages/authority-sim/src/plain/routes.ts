import { createHash, timingSafeEqual } from 'node:crypto';
import { messagesQueryShape, statusQuestionShape, submissionShape } from '@openbeian/authority-wire/plain';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AuthorityCore } from '../core/authority-core.ts';
import type { Delivery } from '../core/delivery.ts';
import { findStatus } from '../core/status.ts';
import { parseInput, SimProblem } from '../problem.ts';

const messageParams = z.strictObject({ id: z.string().min(1).max(128) });

/**
 * The plain JSON wire: the authority port over HTTP, one shared secret as bearer token.
 * It translates and disturbs (see Delivery), and leaves every decision to the core.
 */
export function addPlainWire(app: FastifyInstance, core: AuthorityCore, delivery: Delivery, secret: string): void {
  const expected = digest(`Bearer ${secret}`);
  app.register(async (wire) => {
    wire.addHook('onRequest', async (request, reply) => {
      if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return;
      reply.header('www-authenticate', 'Bearer');
      throw new SimProblem(401, 'unauthorized', 'the bearer token is missing or wrong');
    });

    wire.post('/plain/v1/submissions', async (request, reply) => {
      const submission = parseInput(submissionShape, request.body);
      const outage = delivery.drawOutage(`submit ${submission.id}`);
      if (outage === 'before') throw unavailable();
      const receipt = core.submit(submission);
      if (outage === 'after') throw unavailable();
      return reply.code(202).send(receipt);
    });

    wire.get('/plain/v1/messages', async (request) => {
      const { limit } = parseInput(messagesQueryShape, request.query);
      if (delivery.drawOutage('messages')) throw unavailable();
      core.tick();
      return { messages: delivery.fetch(limit) };
    });

    wire.post('/plain/v1/messages/:id/acknowledgement', async (request, reply) => {
      const { id } = parseInput(messageParams, request.params);
      const outage = delivery.drawOutage(`acknowledge ${id}`);
      if (outage === 'before') throw unavailable();
      core.acknowledge(id);
      delivery.noteAcknowledged(id);
      if (outage === 'after') throw unavailable();
      return reply.code(204).send();
    });

    wire.post('/plain/v1/status-queries', async (request) => {
      const question = parseInput(statusQuestionShape, request.body);
      if (delivery.drawOutage('status')) throw unavailable();
      core.tick();
      return findStatus(core.state.registry, question);
    });
  });
}

function unavailable(): SimProblem {
  return new SimProblem(503, 'unavailable', 'the simulated authority is busy; try again');
}

// Digests have one length, so that comparing takes the same time whatever was sent.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
