import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { countedAddress } from './caller-address.ts';
import { countAttempt, forgiveAttempt } from './guesses.ts';
import type { FoundSession, HttpNeeds, Sessions } from './needs.ts';
import { answerOf, inputOf, routePath } from './wire.ts';

/**
 * Who is signed in.
 * @throws Fault `auth.required`
 */
export async function findSession(
  request: FastifyRequest,
  reply: FastifyReply,
  sessions: Sessions,
): Promise<FoundSession> {
  const found = await sessions.find(cookieOf(request));
  if (!found) throw new Fault('auth.required');
  setCookies(reply, found.setCookies);
  request.userId = found.session.userId;
  return found;
}

/** Sign in, ask who is signed in, sign out. */
export function registerSession(app: FastifyInstance, needs: HttpNeeds): void {
  const { signIn, getSession, signOut } = operations;
  const { signInPerLogin, signInPerLoginAndAddress, signInPerAddress } = needs.settings.limits;

  app.post(routePath(signIn), async (request, reply) => {
    const credentials = inputOf(request, signIn) as { login: string; password: string };
    const login = credentials.login.trim().toLowerCase();
    const keys = [
      { key: `sign-in:login:${login}`, rule: signInPerLogin },
      { key: `sign-in:both:${login}:${countedAddress(request.ip)}`, rule: signInPerLoginAndAddress },
      { key: `sign-in:address:${countedAddress(request.ip)}`, rule: signInPerAddress },
    ];
    await countAttempt(needs.limiter, keys);
    const signedIn = await needs.sessions.signIn(credentials, cookieOf(request));
    if (!signedIn) throw new Fault('auth.wrong_credentials');
    await forgiveAttempt(needs.limiter, keys);
    setCookies(reply, signedIn.setCookies);
    return answerOf(signIn, signedIn.session);
  });

  app.get(routePath(getSession), async (request, reply) =>
    answerOf(getSession, (await findSession(request, reply, needs.sessions)).session),
  );

  app.delete(routePath(signOut), async (request, reply) => {
    await findSession(request, reply, needs.sessions);
    const { setCookies: cleared } = await needs.sessions.signOut(cookieOf(request));
    reply.removeHeader('set-cookie'); // a renewal that came with the look-up must not survive
    setCookies(reply, cleared);
    return answerOf(signOut, { signedOut: true });
  });
}

/** The cookie alone: what else a request carries is none of the library's business (addresses, agents). */
function cookieOf(request: FastifyRequest): Headers {
  return new Headers(request.headers.cookie ? { cookie: request.headers.cookie } : {});
}

function setCookies(reply: FastifyReply, values: readonly string[]): void {
  if (values.length > 0) reply.header('set-cookie', [...values]);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asked, for the log; empty for visitors. */
    userId: string;
  }
}
