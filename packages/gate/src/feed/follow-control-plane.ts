import { open, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChangesAnswer, type LoggedAnswer, parseChangesAnswer } from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { Reception } from '../snapshot/stored-snapshot.ts';

/** Ends the following; resolves when no request is under way any more. */
export type StopFollowing = () => Promise<void>;

/** What the following is done for. */
export interface Follower {
  /** Where the held snapshot is; null without one. */
  position(): { readonly sequence: number; readonly mark: string } | null;
  /** The newest change that was ever held here, as far as that is noted; 0 for nothing. */
  newestSeen(): Promise<number>;
  /** Names a file that a snapshot can be downloaded to. */
  draft(): string;
  /** Takes the downloaded snapshot; the draft is gone then. */
  take(draft: string): Promise<Reception>;
  /** @returns whether the changes follow what is held */
  apply(changes: ChangesAnswer, answer: LoggedAnswer): Promise<boolean>;
  /** Did the control plane sign this answer? */
  isGenuine(answer: LoggedAnswer): boolean;
  /** Are there so many changes over the snapshot that a newer one is worth fetching? */
  wantsRenewal(): boolean;
  /** From now on changes are kept for `renew`. */
  keepChanges(): void;
  /** Takes the downloaded snapshot of the same history in the place of the held one. */
  renew(draft: string): Promise<Reception>;
  /** What is held is right at this moment. */
  confirm(): void;
  onContact(up: boolean): void;
  log(level: 'info' | 'error', event: string, fields: Record<string, string | number>): void;
}

/** Of answers with changes: base64 of an Ed25519 signature over the purpose and the body (docs/gate-snapshot.md). */
const signatureHeader = 'openbeian-signature';
const shortestPauseMs = 250;
const longestPauseMs = 15_000;
/** Beyond the time that the control plane may hold the question: for reading, sending and a slow line. */
const answerWithinMs = 30_000;
/** Between two bytes of a snapshot; building a large one takes the control plane a minute or two. */
const snapshotWithinMs = 600_000;
/** Between two renewals at least, whatever came of the first. */
const renewEveryMs = 30_000;
/** A little rest, so that many changes come in few answers. */
const gatherMs = 100;

/**
 * Asks the control plane for the changes behind those that are held, again and again; it answers as soon as there are some.
 * Where what is held is no part of its history, or changes are missing in between, it is asked for the whole snapshot.
 * Trouble of any kind only makes the pauses longer (doubling up to 15 s).
 */
export function followControlPlane(
  config: Pick<GateConfig, 'controlUrl' | 'token' | 'waitMs'>,
  follower: Follower,
): StopFollowing {
  const stopping = new AbortController();
  const root = `${config.controlUrl.replace(/\/+$/, '')}/api/v1/gate`;
  let trouble = '';
  let needsSnapshot = false;
  let renewing: Promise<void> | null = null;

  async function ask(path: string, withinMs: number): Promise<Response> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(withinMs)]);
    const headers = { authorization: `Bearer ${config.token}` };
    const answer = await fetch(`${root}/${path}`, { headers, signal, redirect: 'error' });
    if (answer.status === 200) return answer;
    await answer.body?.cancel();
    throw troubleOf(`status_${answer.status}`);
  }

  async function download(path: string, take: (draft: string) => Promise<Reception>): Promise<void> {
    const answer = await ask(path, snapshotWithinMs);
    const draft = follower.draft();
    try {
      const file = await open(draft, 'wx', 0o640);
      try {
        for await (const chunk of answer.body ?? []) await file.appendFile(chunk as Uint8Array);
        await file.sync();
      } finally {
        await file.close();
      }
      const reception = await take(draft);
      if (reception !== 'taken') throw troubleOf(`snapshot_${reception}`);
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Fetches a newer snapshot while changes go on being applied. */
  async function renew(held: number): Promise<void> {
    follower.keepChanges();
    try {
      await download(`snapshot.bin?atLeast=${held}`, (draft) => follower.renew(draft));
    } catch (error) {
      if (!stopping.signal.aborted) follower.log('error', 'snapshot_not_renewed', { why: codeOf(error) });
    }
    await sleep(renewEveryMs, null, { signal: stopping.signal }).catch(() => {});
    renewing = null;
  }

  /** @returns how long to rest before the next question */
  async function askOnce(): Promise<number> {
    const position = follower.position();
    if (position === null || needsSnapshot) {
      // One that is older than what was seen before would be refused.
      const seen = await follower.newestSeen();
      await download(seen > 0 ? `snapshot.bin?atLeast=${seen}` : 'snapshot.bin', (draft) => follower.take(draft));
      needsSnapshot = false;
      follower.confirm();
      return 0;
    }
    const begunMs = performance.now();
    const { sequence, mark } = position;
    const query = `changes?after=${sequence}&mark=${encodeURIComponent(mark)}&waitMs=${config.waitMs}`;
    const response = await ask(query, config.waitMs + answerWithinMs);
    const logged = { text: await response.text(), signature: response.headers.get(signatureHeader) };
    if (!follower.isGenuine(logged)) throw troubleOf('answer_not_signed');
    const answer = readAnswer(logged.text);
    needsSnapshot = answer.snapshot || (answer.changes.length > 0 && !(await follower.apply(answer, logged)));
    if (needsSnapshot) {
      follower.log('info', 'snapshot_needed', { held: sequence, offered: answer.sequence });
      return 0;
    }
    if (answer.unusable > 0) follower.log('error', 'records_unusable', { count: answer.unusable });
    follower.confirm();
    if (renewing === null && follower.wantsRenewal()) renewing = renew(answer.sequence);
    if (answer.changes.length > 0) return gatherMs;
    // A control plane that does not hold the question must not be asked without a pause.
    return shortestPauseMs - (performance.now() - begunMs);
  }

  async function follow(): Promise<void> {
    let pauseMs = shortestPauseMs;
    while (!stopping.signal.aborted) {
      let restMs = 0;
      try {
        restMs = await askOnce();
        follower.onContact(true);
        if (trouble !== '') follower.log('info', 'control_plane_back', {});
        trouble = '';
        pauseMs = shortestPauseMs;
      } catch (error) {
        if (stopping.signal.aborted) return;
        follower.onContact(false);
        const why = codeOf(error);
        if (why !== trouble) follower.log('error', 'control_plane_trouble', { why });
        trouble = why;
        restMs = pauseMs;
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
      if (restMs > 0) await sleep(restMs, null, { signal: stopping.signal }).catch(() => {});
    }
  }

  const following = follow();
  return async () => {
    stopping.abort();
    await following;
    await renewing;
  };
}

function readAnswer(text: string): ChangesAnswer {
  try {
    return parseChangesAnswer(JSON.parse(text));
  } catch {
    throw troubleOf('answer_unreadable');
  }
}

function troubleOf(code: string): Error {
  return new Error('the control plane’s answer cannot be used', { cause: { code } });
}

/** A short code for the log: ours, the system's (ECONNREFUSED), or the kind of error (TimeoutError). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code: own } = error as { code?: unknown };
  const { code } = (error.cause ?? {}) as { code?: unknown };
  if (typeof code === 'string') return code;
  return typeof own === 'string' ? own : error.name;
}
