import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearsToken } from './bearer-token.ts';
import { bodyLimitOf } from './json-body.ts';
import type { HttpNeeds } from './needs.ts';
import { visitorOf } from './session.ts';
import { answerOf, inputOf, routePath } from './wire.ts';

type TicketInput = Parameters<HttpNeeds['flows']['createSignInTicket']>[1];

/** Requests of the provider's own portal, authenticated by its token. */
export function registerPortal(app: FastifyInstance, needs: HttpNeeds): void {
  const { createSignInTicket } = operations;
  // Before the body is read: who may not ask costs nothing.
  const door = {
    bodyLimit: bodyLimitOf(createSignInTicket.bodyKiB, 0),
    onRequest: async (request: FastifyRequest) => {
      if (!bearsToken(request, needs.portalTokens)) throw new Fault('auth.required');
    },
  };
  app.post(routePath(createSignInTicket), door, async (request) => {
    const actor = { ...visitorOf(request), userId: 'portal' };
    // `inputOf` parses what this flow takes.
    const input = inputOf(request, createSignInTicket) as TicketInput;
    return answerOf(createSignInTicket, await needs.flows.createSignInTicket({ actor }, input));
  });
}
