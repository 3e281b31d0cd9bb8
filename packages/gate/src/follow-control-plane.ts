import { setTimeout as sleep } from 'node:timers/promises';
import type { GateConfig } from './config.ts';
import type { GateLog } from './log.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** Ends the following; resolves when no request is under way any more. */
export type StopFollowing = () => Promise<void>;

const shortestPauseMs = 250;
const longestPauseMs = 15_000;
/** Beyond the time that the control plane may hold the question: for building, sending and a slow line. */
const answerWithinMs = 30_000;

/**
 * Asks the control plane for the snapshot, again and again: each question names what is held, and the control plane
 * answers as soon as there is something newer. Trouble of any kind only makes the pauses longer (doubling up to 15 s).
 */
export function followControlPlane(
  config: Pick<GateConfig, 'controlUrl' | 'token' | 'waitMs'>,
  keeper: SnapshotKeeper,
  log: GateLog,
  onContact: (up: boolean) => void,
): StopFollowing {
  const stopping = new AbortController();
  const url = `${config.controlUrl.replace(/\/+$/, '')}/api/v1/gate/snapshot?waitMs=${config.waitMs}`;
  let etag: string | null = null;
  let trouble = '';

  async function askOnce(): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(config.waitMs + answerWithinMs)]);
    const headers = { authorization: `Bearer ${config.token}`, ...(etag !== null && { 'if-none-match': etag }) };
    const answer = await fetch(url, { headers, signal, redirect: 'error' });
    if (answer.status === 304) {
      await keeper.confirm();
      return;
    }
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw troubleOf(`status_${answer.status}`);
    }
    const reception = await keeper.offer(await answer.text());
    if (reception !== 'taken') throw troubleOf(`snapshot_${reception}`);
    etag = answer.headers.get('etag');
  }

  async function follow(): Promise<void> {
    let pauseMs = shortestPauseMs;
    while (!stopping.signal.aborted) {
      const begun = performance.now();
      let restMs = 0;
      try {
        await askOnce();
        onContact(true);
        if (trouble !== '') log('info', 'control_plane_back', {});
        trouble = '';
        pauseMs = shortestPauseMs;
        // A control plane that does not hold the question must not be asked without a pause.
        restMs = shortestPauseMs - (performance.now() - begun);
      } catch (error) {
        if (stopping.signal.aborted) return;
        onContact(false);
        const why = codeOf(error);
        if (why !== trouble) log('error', 'control_plane_trouble', { why });
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
  };
}

function troubleOf(code: string): Error {
  return new Error('the control plane’s answer cannot be used', { cause: { code } });
}

/** A short code for the log: ours, the system's (ECONNREFUSED), or the kind of error (TimeoutError). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
