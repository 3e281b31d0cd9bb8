import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangesAnswer, LoggedAnswer } from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { Reception } from '../snapshot/stored-snapshot.ts';
import { type ControlPlane, codeOf, openControlPlane, readAnswer, troubleOf } from './control-plane.ts';

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
  /** What the gate says of itself with each question. */
  report(): string;
  log(level: 'info' | 'error', event: string, fields: Record<string, string | number>): void;
}

const shortestPauseMs = 250;
const longestPauseMs = 15_000;
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
  const following = new Following(
    openControlPlane(config, stopping.signal, () => follower.report()),
    follower,
    stopping.signal,
  );
  const done = following.askUntilStopped();
  return async () => {
    stopping.abort();
    await done;
    await following.renewing;
  };
}

class Following {
  readonly #control: ControlPlane;
  readonly #follower: Follower;
  readonly #stopping: AbortSignal;
  #trouble = '';
  /** The last question was answered. Until then one is answered at once, so that what is held counts as confirmed at once. */
  #isInTouch = false;
  #needsSnapshot = false;
  /** The renewal that is under way, or rests after it. */
  renewing: Promise<void> | null = null;

  constructor(control: ControlPlane, follower: Follower, stopping: AbortSignal) {
    this.#control = control;
    this.#follower = follower;
    this.#stopping = stopping;
  }

  async askUntilStopped(): Promise<void> {
    const follower = this.#follower;
    let pauseMs = shortestPauseMs;
    while (!this.#stopping.aborted) {
      let restMs = 0;
      try {
        restMs = await this.#askOnce();
        follower.onContact(true);
        this.#isInTouch = true;
        if (this.#trouble !== '') follower.log('info', 'control_plane_back', {});
        this.#trouble = '';
        pauseMs = shortestPauseMs;
      } catch (error) {
        if (this.#stopping.aborted) return;
        follower.onContact(false);
        this.#isInTouch = false;
        const why = codeOf(error);
        if (why !== this.#trouble) follower.log('error', 'control_plane_trouble', { why });
        this.#trouble = why;
        restMs = pauseMs;
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
      if (restMs > 0) await this.#rest(restMs);
    }
  }

  /** @returns how long to rest before the next question */
  async #askOnce(): Promise<number> {
    const follower = this.#follower;
    const position = follower.position();
    if (position === null || this.#needsSnapshot) {
      // One that is older than what was seen before would be refused.
      await this.#download(await follower.newestSeen(), (draft) => follower.take(draft));
      this.#needsSnapshot = false;
      follower.confirm();
      return 0;
    }
    const begunMs = performance.now();
    const logged = await this.#control.changesAfter(position, this.#isInTouch);
    if (!follower.isGenuine(logged)) throw troubleOf('answer_not_signed');
    const answer = readAnswer(logged.text);
    this.#needsSnapshot = answer.snapshot || (answer.changes.length > 0 && !(await follower.apply(answer, logged)));
    if (this.#needsSnapshot) {
      follower.log('info', 'snapshot_needed', { held: position.sequence, offered: answer.sequence });
      return 0;
    }
    if (answer.unusable > 0) follower.log('error', 'records_unusable', { count: answer.unusable });
    follower.confirm();
    if (this.renewing === null && follower.wantsRenewal()) this.renewing = this.#renew(answer.sequence);
    if (answer.changes.length > 0) return gatherMs;
    // A control plane that does not hold the question must not be asked without a pause.
    return shortestPauseMs - (performance.now() - begunMs);
  }

  /** Fetches a newer snapshot while changes go on being applied. */
  async #renew(held: number): Promise<void> {
    const follower = this.#follower;
    follower.keepChanges();
    try {
      await this.#download(held, (draft) => follower.renew(draft));
    } catch (error) {
      if (!this.#stopping.aborted) follower.log('error', 'snapshot_not_renewed', { why: codeOf(error) });
    }
    await this.#rest(renewEveryMs);
    this.renewing = null;
  }

  /** @param atLeast the last change that the snapshot must contain; 0 for any */
  async #download(atLeast: number, take: (draft: string) => Promise<Reception>): Promise<void> {
    const draft = this.#follower.draft();
    try {
      await this.#control.downloadSnapshot(atLeast, draft);
      const reception = await take(draft);
      if (reception !== 'taken') throw troubleOf(`snapshot_${reception}`);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #rest(ms: number): Promise<void> {
    await sleep(ms, null, { signal: this.#stopping }).catch(() => {});
  }
}
