import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance } from 'fastify';
import { bearsToken } from './bearer-token.ts';
import type { GatesHeard } from './gates-heard.ts';
import type { HttpNeeds } from './needs.ts';
import { answerOf, inputOf, routePath, visitor } from './wire.ts';

/** How often a waiting gate's question is asked of the database. */
const pollMs = 500;

interface Prepared {
  readonly version: number;
  readonly etag: string;
  readonly body: string;
}

/**
 * The gate's snapshot. A gate names what it has in `If-None-Match`; with `waitMs` the answer waits until there is
 * something newer. 304 confirms that the gate's snapshot is still current.
 */
export function registerGateSnapshot(app: FastifyInstance, needs: HttpNeeds, heard: GatesHeard): void {
  const { getGateSnapshot } = operations;
  const call = { actor: { ...visitor, userId: 'gate' } };
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  let kept: Prepared | null = null;

  /** The version alone is no ETag: a database restored from a backup counts through the same versions again. */
  async function prepare(version: number): Promise<Prepared> {
    if (kept?.version === version) return kept;
    const snapshot = await needs.flows.getGateSnapshot(call, { waitMs: 0 });
    const signature = needs.signGateAnswer?.('snapshot json', String(snapshot.sha256));
    const body = JSON.stringify({ ...(answerOf(getGateSnapshot, snapshot) as object), signature });
    kept = { version, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
    return kept;
  }

  app.get(routePath(getGateSnapshot), async (request, reply) => {
    if (!bearsToken(request, needs.gateTokens)) throw new Fault('auth.required');
    heard.note(request, null);
    const { waitMs } = inputOf(request, getGateSnapshot) as { waitMs: number };
    const known = request.headers['if-none-match'];
    const until = performance.now() + waitMs;
    let prepared = await prepare(await needs.flows.getGateVersion(call));
    while (prepared.etag === known && performance.now() < until && !closing.signal.aborted && !request.raw.destroyed) {
      await sleep(Math.min(pollMs, until - performance.now()), null, { signal: closing.signal }).catch(() => {});
      prepared = await prepare(await needs.flows.getGateVersion(call));
    }
    reply.header('etag', prepared.etag);
    if (prepared.etag === known) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(prepared.body);
  });
}
