import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpNeeds } from './needs.ts';
import { cookieNamed, putCookie } from './session.ts';

/*
 * Lists may come from a replica that is a little behind. Whoever changes something is told with the answer how far the primary's log
 * had come by then, and sends it along with the next requests, to whichever server: a replica that is not that far is not read.
 * Browsers keep it in a cookie for as long as a replica may be behind. Programs with an API key get and send it in a header; one that
 * sends none reads the primary, unless its key may only read. What somebody makes up delays or hides nothing but what that caller is shown.
 */
const cookie = 'openbeian.position';
const header = 'openbeian-position';
const position = /^[0-9a-f]{1,8}\/[0-9a-f]{1,8}$/i;
/** Every replica has come as far. */
const start = '0/0';
/** None has. */
const beyondAll = 'FFFFFFFF/FFFFFFFF';

/** How far a replica must have come to answer this request; undefined: only the primary may. */
export function readAfterOf(request: FastifyRequest, needs: HttpNeeds): string | undefined {
  const { actor } = request;
  if (needs.positions === null) return undefined;
  if (actor.role === 'visitor') return start;
  const sent = hasKey(request) ? request.headers[header] : cookieNamed(request, needs, cookie);
  // The cookie lasts for as long as a replica may be behind.
  if (sent === undefined || sent === null) return hasKey(request) && !request.changesNothing ? undefined : start;
  return typeof sent === 'string' && position.test(sent) ? sent : undefined;
}

/** For requests of anybody, who has changed nothing. */
export const anybody = { readAfter: start } as const;

/** After a change, with its answer: what this caller reads from now on must include it. */
export async function notePosition(request: FastifyRequest, reply: FastifyReply, needs: HttpNeeds): Promise<void> {
  const { positions } = needs;
  if (positions === null || request.actor.role === 'visitor') return;
  // The change is done: whoever cannot be told how far it got reads the primary for a while.
  const value = await positions.read().catch(() => beyondAll);
  if (hasKey(request)) reply.header(header, value);
  else putCookie(reply, needs, { name: cookie, value, days: positions.keepSeconds / 86_400 });
}

const hasKey = ({ headers }: FastifyRequest): boolean => headers.authorization !== undefined;
