import { allOperations, operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, QueryCall } from '../flows/command/call.ts';
import { allowanceHolder, charge, type Paces, signInDoor, visitorDoor } from './allowances.ts';
import { sourceOf } from './caller.ts';
import { type SignedIn, signInOperations } from './flow-table.ts';
import type { HttpNeeds, Session, Sessions } from './needs.ts';
import { answerOf, inputOf, routePath, visitor } from './wire.ts';

/**
 * Who is signed in.
 * @throws Fault `auth.required`
 */
export async function findSession(
  request: FastifyRequest,
  sessions: Sessions,
): Promise<{ readonly session: Session; readonly actor: Actor }> {
  const found = await sessions.find(cookieOf(request));
  if (!found) throw new Fault('auth.required');
  const { userId, role, accountId, right, support } = found.session;
  request.userId = userId;
  const source = sourceOf(request, found.sessionId);
  const actor: Actor = {
    userId,
    role,
    accountId,
    source,
    ...(right !== null && { right }),
    ...(support !== null && { support: true }),
  };
  request.caller = actor;
  return { session: found.session, actor };
}

/** A caller without a session, with the address of the request. */
export const visitorOf = (request: FastifyRequest): Actor => ({ ...visitor, source: sourceOf(request, null) });

/** Signing in by any method, reading the session, signing out. */
export function registerSession(app: FastifyInstance, needs: HttpNeeds, paces: Paces): void {
  const { getSession, signOut, beginOidcSignIn, useLink } = operations;
  const knownBy = (request: FastifyRequest) => needs.sessions.knownBy(cookieNamed(request, needs, deviceCookie));
  app.decorateRequest('isCrowded', false);
  for (const id of signInOperations) {
    const operation = allOperations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`${id} is no operation`);
    // Each takes what `inputOf` parses for it, and the notes of the browser.
    const flow = needs.flows[id] as (call: QueryCall, input: unknown) => Promise<SignedIn>;
    app.post(routePath(operation), signInDoor(operation, paces, knownBy), async (request, reply) => {
      // `inputOf` parses what this flow takes.
      const input = inputOf(request, operation) as object;
      const kept = {
        devices: cookieNamed(request, needs, deviceCookie),
        secret: cookieNamed(request, needs, oidcCookie),
      };
      const { isCrowded } = request;
      const begun = await flow({ actor: visitorOf(request) }, { ...input, ...kept, isCrowded });
      setCookies(reply, await needs.sessions.cookiesOf(begun.token, begun.maxAgeSeconds));
      if (begun.device !== null) putCookie(reply, needs, { name: deviceCookie, value: begun.device, days: 180 });
      if (id === 'signInWithOidc') putCookie(reply, needs, { name: oidcCookie, value: '', days: 0 });
      return answerOf(operation, begun.session);
    });
  }

  app.post(routePath(beginOidcSignIn), visitorDoor(beginOidcSignIn, paces), async (request, reply) => {
    // `inputOf` parses what this flow takes.
    const input = inputOf(request, beginOidcSignIn) as { readonly side: 'staff' | 'customers' };
    const { url, secret } = await needs.flows.beginOidcSignIn({ actor: visitorOf(request) }, input);
    putCookie(reply, needs, { name: oidcCookie, value: secret, days: 1 / 144 });
    return answerOf(beginOidcSignIn, { url });
  });

  app.post(routePath(useLink), visitorDoor(useLink, paces), async (request, reply) => {
    // `inputOf` parses what this flow takes.
    const input = inputOf(request, useLink) as { readonly token: string; readonly password?: string };
    const devices = cookieNamed(request, needs, deviceCookie);
    const { login, device } = await needs.flows.useLink({ actor: visitorOf(request) }, { ...input, devices });
    putCookie(reply, needs, { name: deviceCookie, value: device, days: 180 });
    return answerOf(useLink, { login });
  });

  app.get(routePath(getSession), async (request, reply) => {
    const { session, actor } = await findSession(request, needs.sessions);
    charge(reply, [await paces.account.take(allowanceHolder(actor), getSession.cost)]);
    return answerOf(getSession, session);
  });

  app.delete(routePath(signOut), { onRequest: requireSession(needs, paces) }, async (request, reply) => {
    await needs.flows.signOut({ actor: request.actor }, {});
    const { setCookies: cleared } = await needs.sessions.signOut(cookieOf(request));
    setCookies(reply, cleared);
    // What the browser kept of this session’s pages; the note by which it is known stays, and the language.
    reply.header('clear-site-data', '"cache"');
    return answerOf(signOut, { signedOut: true });
  });
}

/** Before a body is read, which nobody needs here. */
function requireSession({ sessions }: HttpNeeds, paces: Paces) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { actor } = await findSession(request, sessions);
    charge(reply, [await paces.account.take(allowanceHolder(actor), operations.signOut.cost)]);
    request.actor = actor;
  };
}

const deviceCookie = 'openbeian.device';
const oidcCookie = 'openbeian.oidc';

const isSecure = ({ settings }: HttpNeeds): boolean => settings.publicUrl?.startsWith('https:') ?? false;
/** Over https browsers take this name from this host only: a neighbour below the same domain can plant no other, which is not read. */
const wholeName = (needs: HttpNeeds, name: string): string => (isSecure(needs) ? `__Host-${name}` : name);

export function putCookie(
  reply: FastifyReply,
  needs: HttpNeeds,
  { name, value, days }: { readonly name: string; readonly value: string; readonly days: number },
): void {
  const maxAge = Math.round(days * 86_400);
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isSecure(needs) ? '; Secure' : ''}`;
  setCookies(reply, [`${wholeName(needs, name)}=${value}; ${attributes}`]);
}

export function cookieNamed(request: FastifyRequest, needs: HttpNeeds, name: string): string | null {
  const whole = wholeName(needs, name);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = part.trim().split('=');
    if (key === whole) return value.join('=');
  }
  return null;
}

/** The cookie alone: what else a request carries is none of the library's business (addresses, agents). */
function cookieOf(request: FastifyRequest): Headers {
  return new Headers(request.headers.cookie ? { cookie: request.headers.cookie } : {});
}

/** The framework adds them to those that were set before. */
function setCookies(reply: FastifyReply, values: readonly string[]): void {
  if (values.length > 0) reply.header('set-cookie', [...values]);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asked, for the log; empty for visitors. */
    userId: string;
  }
}
