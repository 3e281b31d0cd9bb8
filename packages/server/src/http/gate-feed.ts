import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bearsToken } from './bearer-token.ts';
import type { GatesHeard } from './gates-heard.ts';
import type { HttpNeeds } from './needs.ts';
import { answerOf, inputOf, routePath, visitor } from './wire.ts';

/** How often the database is asked whether there is anything new, by one loop for all gates that wait here. */
const pollMs = 150;

/**
 * The ordered feed of changes for gates, and the binary snapshot that it starts from. A gate says which change it has
 * and which history that belongs to; with `waitMs` the answer waits for the next change.
 */
export function registerGateFeed(app: FastifyInstance, needs: HttpNeeds, heard: GatesHeard): void {
  const { getGateChanges, getGateFile } = operations;
  const call = { actor: { ...visitor, userId: 'gate' } };
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  const news = watchVersion(() => needs.flows.getGateVersion(call), needs.transactionsEnded);

  app.get(routePath(getGateChanges), async (request, reply) => {
    if (!bearsToken(request, needs.gateTokens)) throw new Fault('auth.required');
    const { waitMs, ...asked } = inputOf(request, getGateChanges) as { waitMs: number; after: number; mark: string };
    heard.note(request, asked.after);
    const until = performance.now() + waitMs;
    // Before the reading: what changes in between ends the waiting at once.
    let seen = await needs.flows.getGateVersion(call);
    let answer = await needs.flows.getGateChanges(call, { ...asked, waitMs: 0 });
    while (!answer.snapshot && answer.changes.length === 0) {
      if (performance.now() >= until || closing.signal.aborted || request.raw.destroyed) break;
      seen = await news.changed(seen, until, closing.signal);
      answer = await needs.flows.getGateChanges(call, { ...asked, waitMs: 0 });
    }
    const text = JSON.stringify(answerOf(getGateChanges, answer));
    if (needs.signGateAnswer !== null) reply.header('openbeian-signature', needs.signGateAnswer('changes', text));
    return reply.type('application/json; charset=utf-8').send(text);
  });

  app.get(routePath(getGateFile), async (request, reply) => {
    if (!bearsToken(request, needs.gateTokens)) throw new Fault('auth.required');
    const asked = inputOf(request, getGateFile) as { atLeast: number };
    const { path, bytes, sequence, mark } = fileAnswer.parse(await needs.flows.getGateFile(call, asked));
    // Opened before it is promised: a newer one may take its place while this one is still being read.
    const handle = await open(path, 'r');
    reply.header('etag', `"${sequence}-${mark}"`).header('content-length', bytes);
    return reply.type('application/octet-stream').send(createReadStream(path, { fd: handle }));
  });
}

/** Where the file is; the contract has no schema for it, because what leaves are its bytes. */
const fileAnswer = z.object({ path: z.string(), bytes: z.int(), sequence: z.int(), mark: z.string() });

/**
 * Lets any number of callers wait for the version to move, with one question to the database for all of them; none where nothing was
 * written since the last one.
 */
function watchVersion(readNow: () => Promise<number>, transactionsEnded: () => number | null) {
  let asking: Promise<number> | null = null;
  let last: { readonly ended: number | null; readonly version: number } | null = null;
  const read = async (): Promise<number> => {
    // Before it is read: what ends meanwhile is read the next time.
    const ended = transactionsEnded();
    if (last === null || ended === null || last.ended !== ended) last = { ended, version: await readNow() };
    return last.version;
  };
  const next = (signal: AbortSignal): Promise<number> => {
    asking ??= sleep(pollMs, null, { signal })
      .catch(() => {})
      .then(read)
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  return {
    /** The version once it is another than `seen`, or what it is when the time is over. */
    async changed(seen: number, untilMs: number, signal: AbortSignal): Promise<number> {
      let version = seen;
      while (version === seen && performance.now() < untilMs && !signal.aborted) version = await next(signal);
      return version;
    },
  };
}
