import { allOperations, type Operation, type OperationId } from '@openbeian/contract';
import { idempotencyKeyShape } from '@openbeian/contract/openapi';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor, CommandCall, QueryCall } from '../flows/command/call.ts';
import { findKeyHolder, KeyPace } from './api-keys.ts';
import { countedAddress } from './caller-address.ts';
import { type OwnOperation, signInOperations } from './flow-table.ts';
import { guardGuesses, guessedOperations } from './guesses.ts';
import type { HttpNeeds } from './needs.ts';
import { findSession, visitorOf } from './session.ts';
import { answerOf, inputOf, routePath } from './wire.ts';

/** Answered by a file of their own: session.ts, portal.ts, deployment.ts, gate-snapshot.ts, gate-feed.ts. */
const elsewhere = [
  ...(['getSession', 'signOut', 'getDeployment', 'beginOidcSignIn', 'createSignInTicket'] as const),
  ...signInOperations,
  ...(['getGateSnapshot', 'getGateChanges', 'getGateFile'] as const),
] as const satisfies readonly (OwnOperation | OperationId)[];

type AnyFlow = (call: QueryCall | CommandCall, input: unknown) => Promise<unknown>;

/** Registers a route for every operation of the contract that one flow answers. */
export function registerOperations(app: FastifyInstance, needs: HttpNeeds): void {
  const keyPace = new KeyPace(needs.settings.limits.requestsPerApiKey);
  for (const operation of allOperations) {
    if ((elsewhere as readonly string[]).includes(operation.id)) continue;
    // The table has one flow for each id that is not elsewhere; `inputOf` parses what this one takes.
    const flow = needs.flows[operation.id as keyof typeof needs.flows] as AnyFlow;
    app.route({
      method: operation.method,
      url: routePath(operation),
      config: { operationId: operation.id },
      handler: async (request) => {
        const actor = await actorOf(request, operation, { needs, keyPace });
        const call = operation.command ? { actor, idempotencyKey: idempotencyKeyOf(request) } : { actor };
        const input = inputOf(request, operation);
        const run = () => flow(call, input);
        const isGuess = (guessedOperations as readonly string[]).includes(operation.id);
        return answerOf(
          operation,
          await (isGuess ? guardGuesses(needs, actor, countedAddress(request.ip), run) : run()),
        );
      },
    });
  }
}

async function actorOf(
  request: FastifyRequest,
  operation: Operation,
  { needs, keyPace }: { readonly needs: HttpNeeds; readonly keyPace: KeyPace },
): Promise<Actor> {
  if (operation.roles === 'public') return visitorOf(request);
  const key = await findKeyHolder(request, operation, needs, keyPace);
  if (key !== null) return key;
  const { session, actor } = await findSession(request, needs.sessions);
  if (!(operation.roles as readonly string[]).includes(session.role)) throw new Fault('auth.forbidden');
  if (session.secondFactorDue && !whileSecondFactorDue.includes(operation.id)) {
    throw new Fault('auth.second_factor_due');
  }
  return actor;
}

/** What somebody may do who must set up a second factor first. */
const allowedFirst = [
  ...(['getOwnAccess', 'beginTotp', 'confirmTotp', 'beginPasskey', 'addPasskey', 'listHelp'] as const),
] satisfies OperationId[];
const whileSecondFactorDue: readonly string[] = allowedFirst;

function idempotencyKeyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  if (header === undefined || header === '') throw new Fault('idempotency.key_missing');
  const key = idempotencyKeyShape.safeParse(header);
  if (key.success) return key.data;
  throw new Fault('input.invalid', {
    places: [
      {
        path: 'header.Idempotency-Key',
        expected: '1 to 200 printable ASCII characters without spaces',
        expectedZh: '1 到 200 个可见的 ASCII 字符，不含空格',
      },
    ],
  });
}
