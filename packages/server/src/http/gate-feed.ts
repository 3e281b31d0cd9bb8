import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearsToken } from './bearer-token.ts';
import type { GatesHeard } from './gates-heard.ts';
import { bodyLimitOf } from './json-body.ts';
import type { HttpNeeds } from './needs.ts';
import { answerOf, inputOf, routePath, visitor } from './wire.ts';

/** How often the database is asked whether there is anything new, by one loop for all gates that wait here. */
const pollMs = 150;

/** What gates ask and report, authenticated by their tokens. */
export function registerGates(app: FastifyInstance, needs: HttpNeeds, heard: GatesHeard): void {
  registerSnapshot(app, needs, heard);
  registerFeed(app, needs, heard);
  registerReports(app, needs);
}

type BlockedNames = Parameters<HttpNeeds['flows']['reportBlockedNames']>[1];

function registerReports(app: FastifyInstance, needs: HttpNeeds): void {
  const { reportBlockedNames } = operations;
  // Before the body is read: who may not report costs nothing.
  const door = {
    bodyLimit: bodyLimitOf(reportBlockedNames.bodyKiB, 0),
    onRequest: async (request: FastifyRequest) => {
      if (!bearsToken(request, needs.gateTokens)) throw new Fault('auth.required');
    },
  };
  const call = { actor: { ...visitor, userId: 'gate' } };
  app.post(routePath(reportBlockedNames), door, async (request) => {
    // `inputOf` parses what this flow takes.
    const input = inputOf(request, reportBlockedNames) as BlockedNames;
    return answerOf(reportBlockedNames, await needs.flows.reportBlockedNames(call, input));
  });
}

/**
 * The ordered feed of changes for gates, and the binary snapshot that it starts from. A gate says which change it has
 * and which history that belongs to; with `waitMs` the answer waits for the next change.
 */
function registerFeed(app: FastifyInstance, needs: HttpNeeds, heard: GatesHeard): void {
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

/** How often a waiting gate's question is asked of the database. */
const snapshotPollMs = 500;

interface Prepared {
  readonly version: number;
  readonly etag: string;
  readonly body: string;
}

/**
 * The gate's snapshot. A gate names what it has in `If-None-Match`; with `waitMs` the answer waits until there is
 * something newer. 304 confirms that the gate's snapshot is still current.
 */
function registerSnapshot(app: FastifyInstance, needs: HttpNeeds, heard: GatesHeard): void {
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
      await sleep(Math.min(snapshotPollMs, until - performance.now()), null, { signal: closing.signal }).catch(
        () => {},
      );
      prepared = await prepare(await needs.flows.getGateVersion(call));
    }
    reply.header('etag', prepared.etag);
    if (prepared.etag === known) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(prepared.body);
  });
}
