import {
  allOperations,
  idempotencyKeyShape,
  includesRight,
  type Operation,
  type OperationId,
  rightNeeded,
} from '@openbeian/contract';
import { Fault, type FaultCode } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, CommandCall, QueryCall } from '../flows/command/call.ts';
import { allowanceHolder, charge, type Paces } from './allowances.ts';
import { findKeyHolder } from './api-keys.ts';
import { countedAddress } from './caller-address.ts';
import { bodiesReadApart, type OwnOperation, signInOperations } from './flow-table.ts';
import { guardGuesses, isGuess } from './guesses.ts';
import { bodyLimitOf } from './json-body.ts';
import type { HttpNeeds, Session } from './needs.ts';
import { jsonBytes, sendPrivate } from './private-answers.ts';
import { isSameForAll, PublicAnswers } from './public-answers.ts';
import { notePosition, readAfterOf } from './read-after.ts';
import { findSession, visitorOf } from './session.ts';
import { bytesAnswerOf, inputOf, pageAnswerOf, routePath } from './wire.ts';

/** Answered by a file of their own: session.ts, portal.ts, deployment.ts, gate-feed.ts. */
const elsewhere = [
  ...(['getSession', 'signOut', 'getDeployment', 'beginOidcSignIn', 'createSignInTicket', 'useLink'] as const),
  ...signInOperations,
  ...(['getGateSnapshot', 'getGateChanges', 'getGateFile', 'reportBlockedNames'] as const),
] as const satisfies readonly (OwnOperation | OperationId)[];

type AnyFlow = (call: QueryCall | CommandCall, input: unknown) => Promise<unknown>;

/** Registers a route for every operation of the contract that one flow answers. */
export function registerOperations(
  app: FastifyInstance,
  needs: HttpNeeds,
  { paces, countFault }: { readonly paces: Paces; readonly countFault: (code: FaultCode) => void },
): void {
  const reportLeftOut = (fault: Fault, { id, routeOptions }: FastifyRequest) => {
    countFault(fault.code);
    needs.logger.error({ requestId: id, route: routeOptions.url, err: fault }, 'rows were left out of a page');
  };
  const publicAnswers = new PublicAnswers();
  app.decorateRequest('actor');
  app.decorateRequest('supportAccessId', null);
  app.decorateRequest('changesNothing', false);
  for (const operation of allOperations) {
    if ((elsewhere as readonly string[]).includes(operation.id)) continue;
    // The table has one flow for each id that is not elsewhere; `inputOf` parses what this one takes.
    const flow = needs.flows[operation.id as keyof typeof needs.flows] as AnyFlow;
    app.route({
      method: operation.method,
      url: routePath(operation),
      config: {
        operationId: operation.id,
        readsBodyApart: (bodiesReadApart as readonly string[]).includes(operation.id),
        takesBytes: operation.bytes === 'body',
      },
      bodyLimit: bodyLimitOf(operation.bodyKiB, needs.settings.bodyLimitBytes),
      // Before the body is read: who may not ask costs nothing.
      onRequest: async (request, reply) => {
        request.actor = await actorOf(request, reply, operation, { needs, paces });
      },
      handler: async (request, reply) => {
        const { actor } = request;
        const call = operation.command
          ? { actor, idempotencyKey: idempotencyKeyOf(request) }
          : { actor, readAfter: readAfterOf(request, needs) };
        const input = inputOf(request, operation);
        await chargeLookup(reply, actor, { operation, input, paces });
        const run = () => flow(call, input);
        const guarded = isGuess(operation.id, input) ? guardGuesses(needs, actor, operation.id, run) : run();
        const given = await guarded;
        if (operation.command || operation.method !== 'GET') await notePosition(request, reply, needs);
        // Before it is given out: what cannot be noted is not shown.
        await noteSupportView(needs, request, operation);
        if (operation.bytes === 'answer') return sendBytes(reply, operation, given);
        const write = () => jsonBytes(pageAnswerOf(operation, given, (fault) => reportLeftOut(fault, request)));
        if (isSameForAll(operation.id)) {
          // What such a flow gives is an object.
          return publicAnswers.send(request, reply, given as object, write);
        }
        const bytes = write();
        if (operation.method === 'GET' && !operation.command) return sendPrivate(request, reply, bytes);
        return reply.type('application/json; charset=utf-8').send(bytes);
      },
    });
  }
}

/** A file that is shown and never run: of the type that its bytes have, in no cache, and nothing may come of it where it is opened. */
function sendBytes(reply: FastifyReply, operation: Operation, given: unknown): FastifyReply {
  const { mediaType, bytes } = bytesAnswerOf(operation, given);
  return reply
    .headers({
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
    })
    .type(mediaType)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

async function actorOf(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation,
  { needs, paces }: { readonly needs: HttpNeeds; readonly paces: Paces },
): Promise<Actor> {
  const { cost } = operation;
  if (operation.roles === 'public') {
    charge(reply, [await paces.address.take(countedAddress(request.ip), cost)]);
    return visitorOf(request);
  }
  const key = await findKeyHolder(request, operation, needs, async (keyId) =>
    charge(reply, [await paces.key.take(keyId)]),
  );
  if (key !== null) {
    charge(reply, [await paces.account.take(allowanceHolder(key), cost)]);
    return key;
  }
  const { session, actor } = await findSession(request, needs.sessions);
  charge(reply, [await paces.account.take(allowanceHolder(actor), cost)]);
  if (!(operation.roles as readonly string[]).includes(session.role)) throw new Fault('auth.forbidden');
  if (session.secondFactorDue && !whileSecondFactorDue.includes(operation.id)) {
    throw new Fault('auth.second_factor_due');
  }
  if (session.support !== null && !mayInSupport(operation)) throw new Fault('auth.support_read_only');
  if (session.role === 'customer' && session.support === null) requireRight(session, operation);
  request.supportAccessId = session.support?.accessId ?? null;
  return actor;
}

const rightNames = {
  owner: { zh: '所有者', en: 'owner' },
  filer: { zh: '经办人', en: 'filer' },
  viewer: { zh: '查看者', en: 'viewer' },
} as const;

/** Of people of a customer’s account, by what the operation needs. @throws Fault `auth.right_missing` */
function requireRight({ right }: Session, operation: Operation): void {
  const needed = rightNeeded(operation);
  if (right !== null && includesRight(right, needed)) return;
  const [has, needs] = [right === null ? null : rightNames[right], rightNames[needed]];
  throw new Fault('auth.right_missing', {
    detail: {
      zh: `您的权限：${has?.zh ?? '—'}；所需权限：${needs.zh}`,
      en: `Your right: ${has?.en ?? '—'}. Right needed: ${needs.en}.`,
    },
  });
}

/** Support access reads what the customer's own screens read; it is left by its own operation. */
const mayInSupport = ({ id, method, command }: Operation): boolean =>
  (method === 'GET' && !command) || id === 'endSupportAccess';

/** What somebody may do who must set up a second factor first. */
const allowedFirst = [
  ...(['getOwnAccess', 'beginTotp', 'confirmTotp', 'beginPasskey', 'addPasskey', 'listHelp'] as const),
] satisfies OperationId[];
const whileSecondFactorDue: readonly string[] = allowedFirst;

/** What an operator opens in support access, for the customer to read; leaving it is noted by itself. */
async function noteSupportView({ flows }: HttpNeeds, request: FastifyRequest, operation: Operation): Promise<void> {
  const { actor, supportAccessId: accessId } = request;
  if (accessId === null || operation.command) return;
  // Parsed before the flow ran: an object of texts.
  const [objectId = null] = Object.values(request.params as Readonly<Record<string, string>>);
  await flows.recordSupportView({ actor }, { accessId, operation: operation.id, objectId });
}

/** Asking the authority costs the provider's standing there, not only our time. */
async function chargeLookup(reply: FastifyReply, actor: Actor, { operation, input, paces }: LookupQuestion) {
  const { asksAuthorityAbout: field } = operation;
  if (field === undefined || (input as Readonly<Record<string, unknown>>)[field] === undefined) return;
  charge(reply, [await paces.lookup.take(allowanceHolder(actor))]);
}

interface LookupQuestion {
  readonly operation: Operation;
  readonly input: unknown;
  readonly paces: Paces;
}

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

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, authenticated before the body was read. */
    actor: Actor;
    /** The support access in which the caller asks; null outside of any. */
    supportAccessId: string | null;
    /** The caller’s API key may only read, so that there are no changes of its own to be seen. */
    changesNothing: boolean;
  }
}
