import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpNeeds } from './needs.ts';
import { cookieNamed, putCookie } from './session.ts';

/*
 * Lists may come from a replica that is a little behind. Whoever changes something is told with the answer how far the primary's log
 * had come by then, and sends it along with the next requests, to whichever server: a replica that is not that far is not read.
 * Browsers keep it in a cookie for as long as a replica may be behind. Programs with an API key get and send it in a header; one that
 * sends none reads the primary, unless its key may only read. What somebody makes up delays or hides nothing but what that caller is shown.
 *
 * A browser has several changes under way at a time, and their answers arrive in any order: the cookie may go back by what lay between
 * them. What each person was told last is therefore known here as well, and the later of the two counts.
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
  if (!hasKey(request)) {
    // The cookie lasts for as long as a replica may be behind.
    const sent = cookieNamed(request, needs, cookie) ?? start;
    return position.test(sent) ? laterOf(sent, toldOf(needs.positions).to(actor.userId)) : undefined;
  }
  const sent = request.headers[header];
  if (sent === undefined) return request.changesNothing ? start : undefined;
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
  if (hasKey(request)) {
    reply.header(header, value);
    return;
  }
  const told = toldOf(positions);
  told.note(request.actor.userId, value);
  const known = told.to(request.actor.userId);
  putCookie(reply, needs, { name: cookie, value: known, days: positions.keepSeconds / 86_400 });
}

type Positions = NonNullable<HttpNeeds['positions']>;

const toldBy = new WeakMap<Positions, ToldPositions>();
function toldOf(positions: Positions): ToldPositions {
  const known = toldBy.get(positions) ?? new ToldPositions(positions.keepSeconds * 1000);
  toldBy.set(positions, known);
  return known;
}

/** The latest position that each person was told, for as long as it matters. */
class ToldPositions {
  readonly #keptMs: number;
  /** Those that are over come first: each is put last when it is told, for the same time as all. */
  readonly #latest = new Map<string, { readonly value: string; readonly untilMs: number }>();

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  note(userId: string, value: string): void {
    const nowMs = performance.now();
    for (const [id, { untilMs }] of this.#latest) {
      if (untilMs > nowMs) break;
      this.#latest.delete(id);
    }
    const before = this.#latest.get(userId);
    // One that none has reached ends in its time, however much is changed meanwhile.
    if (before !== undefined && laterOf(before.value, value) === before.value) return;
    this.#latest.delete(userId);
    this.#latest.set(userId, { value, untilMs: nowMs + this.#keptMs });
  }

  to(userId: string): string {
    const known = this.#latest.get(userId);
    return known !== undefined && known.untilMs > performance.now() ? known.value : start;
  }
}

const numberOf = (value: string): bigint => {
  const [high = '', low = ''] = value.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
};

const laterOf = (one: string, other: string): string => (numberOf(other) > numberOf(one) ? other : one);

const hasKey = ({ headers }: FastifyRequest): boolean => headers.authorization !== undefined;
