import { setTimeout as pause } from 'node:timers/promises';
import type { Hold } from './hold-uncarried.ts';
import type { LineWorkers } from './line-workers.ts';
import type { LineWorld } from './line-world.ts';
import type { Phones } from './phones.ts';

const lookEveryMs = 100;
/** What is due shortly after one another is done at once. */
const shortestStepMs = 10 * 60_000;
/** No step longer than this, so that nothing that has a time limit ends by it. */
const longestStepMs = 60 * 60_000;
/** Work that is due and is not done so long waits for a lease of somebody who was killed. */
const patienceMs = 3_000;
const leaseMs = 15_000;
/** Nothing at all happens so long: it will not end. */
const givesUpAfterMs = 180_000;

/** What is looked at: what was done so far, and what comes next. */
interface Seen {
  readonly progress: string;
  /** What is done for good. */
  readonly done: string;
  readonly accepted: number;
  readonly isBusy: boolean;
  /** Something waits for an operator, whom there is none of. */
  readonly isParked: boolean;
  readonly nextAt: Date | null;
}

const look = `
  WITH due AS (
    SELECT run_at AS at FROM job WHERE NOT parked
    UNION ALL SELECT lease_until FROM job WHERE lease_until IS NOT NULL
    UNION ALL SELECT download_after FROM authority_line WHERE download_after IS NOT NULL
    UNION ALL SELECT closed_until FROM authority_line WHERE closed_until IS NOT NULL
    UNION ALL SELECT greatest(upload_until, download_until) FROM authority_line
      WHERE upload_until IS NOT NULL OR download_until IS NOT NULL
    UNION ALL SELECT due_at FROM authority_handover WHERE due_at IS NOT NULL)
  SELECT
    concat_ws(' ',
      (SELECT count(*) FROM authority_package), (SELECT count(*) FROM authority_package WHERE state = 'accepted'),
      (SELECT sum(tries) FROM authority_package), (SELECT count(*) FROM authority_download),
      (SELECT count(*) FROM authority_download WHERE acknowledged_at IS NULL),
      (SELECT count(*) FROM authority_arrival WHERE taken_at IS NULL), (SELECT sum(attempts) FROM job),
      (SELECT count(*) FROM job), (SELECT count(*) FROM authority_handover WHERE state = 'ended'),
      (SELECT sum(version) FROM filing), (SELECT max(last_at) FROM authority_line)) AS progress,
    concat_ws(' ', (SELECT count(*) FROM authority_package WHERE state = 'accepted'), (SELECT count(*) FROM authority_download),
      (SELECT count(*) FROM authority_handover WHERE state = 'ended'), (SELECT sum(version) FROM filing)) AS done,
    (SELECT count(*)::int FROM authority_package WHERE state = 'accepted') AS accepted,
    EXISTS (SELECT 1 FROM job WHERE NOT parked AND run_at <= $1)
      OR EXISTS (SELECT 1 FROM job WHERE lease_until > $1)
      OR EXISTS (SELECT 1 FROM authority_arrival WHERE taken_at IS NULL)
      OR EXISTS (SELECT 1 FROM authority_line WHERE stopped_at IS NULL AND coalesce(download_after, '-infinity') <= $1)
      OR EXISTS (SELECT 1 FROM authority_line WHERE upload_until > $1 OR download_until > $1) AS "isBusy",
    EXISTS (SELECT 1 FROM job WHERE parked AND NOT payload ->> 'filingId' = ANY($2)) AS "isParked",
    (SELECT min(at) FROM due WHERE at > $1) AS "nextAt"`;

/** What time goes on with. */
export interface PulseMeans {
  readonly phones: Phones;
  readonly hold: Hold;
  /** Told how many packages the authority has accepted. */
  readonly onAccepted: (accepted: number) => Promise<void>;
}

/** How long something is as it is. */
class Unchanged {
  #text = '';
  #sinceMs = performance.now();

  forMs(text: string): number {
    const nowMs = performance.now();
    if (text !== this.#text) this.#sinceMs = nowMs;
    this.#text = text;
    return nowMs - this.#sinceMs;
  }
}

/**
 * Goes on with what is not ours to do: people confirm SMS, the authority decides, and whenever everybody waits, time goes on to when
 * something is due. `decided` waits for a verdict meanwhile.
 */
export class LinePulse {
  readonly #world: LineWorld;
  readonly #workers: LineWorkers;
  readonly #means: PulseMeans;
  readonly #waiting = new Map<string, (state: string) => void>();
  readonly #quiet = new Unchanged();
  readonly #stuck = new Unchanged();
  #isEnding = false;

  constructor(world: LineWorld, workers: LineWorkers, means: PulseMeans) {
    this.#world = world;
    this.#workers = workers;
    this.#means = means;
  }

  /** The state in which the filing is after its verdict. */
  decided(filingId: string): Promise<string> {
    return new Promise((resolve) => this.#waiting.set(filingId, resolve));
  }

  /** Goes on until `end`. @throws Error when nothing happens any more */
  async run(): Promise<void> {
    while (!this.#isEnding) await this.#beat();
  }

  end(): void {
    this.#isEnding = true;
  }

  async #beat(): Promise<void> {
    const { sim, clock } = this.#world;
    const { phones, hold, onAccepted } = this.#means;
    this.#workers.check();
    sim.tick();
    await phones.act();
    const at = clock.now();
    const [seen] = await this.#world.rows<Seen>(look, [at, [...hold.expected]]);
    if (seen === undefined) throw new Error('a row always comes');
    await onAccepted(seen.accepted);
    await this.#tellDecided();
    if (seen.isParked || this.#stuck.forMs(seen.done) > givesUpAfterMs)
      throw new Error(`nothing is done any more: ${await this.#tellStuck()}`);
    const quietMs = this.#quiet.forMs(seen.progress);
    if (!seen.isBusy && quietMs >= lookEveryMs) await this.#advance(this.#stepTo(seen.nextAt));
    else if (quietMs > patienceMs) await this.#advance(leaseMs);
    await pause(lookEveryMs);
  }

  /** What there is left, for whoever looks why. */
  async #tellStuck(): Promise<string> {
    const { clock, controls } = this.#world;
    const left = await this.#world.rows(
      `SELECT 'job' AS what, to_jsonb(job) - 'payload' AS row FROM job
       UNION ALL SELECT 'line', to_jsonb(authority_line) FROM authority_line
       UNION ALL SELECT 'file', to_jsonb(d) FROM authority_download d WHERE acknowledged_at IS NULL
       UNION ALL SELECT 'hand-over', to_jsonb(h) FROM authority_handover h WHERE state <> 'ended'
       UNION ALL SELECT 'package', to_jsonb(p) FROM authority_package p WHERE state = 'sending'
       UNION ALL SELECT 'case', to_jsonb(c) FROM authority_case c WHERE ended_at IS NULL
       UNION ALL SELECT 'failure', to_jsonb(w) - 'sealed_payload' FROM work_failure w
       UNION ALL SELECT 'filing', jsonb_build_object('id', id, 'kind', kind, 'state', state) FROM filing WHERE state NOT IN ('filed', 'abandoned')`,
    );
    const lines = await controls.listLines();
    const said = this.#workers.said().slice(-20);
    return [clock.now(), ...left, ...lines, ...said].map((row) => JSON.stringify(row)).join('\n');
  }

  #stepTo(next: Date | null): number {
    const stepMs = next === null ? 0 : next.getTime() - this.#world.clock.nowMs();
    return Math.min(Math.max(stepMs + 1, shortestStepMs), longestStepMs);
  }

  async #advance(byMs: number): Promise<void> {
    this.#world.clock.advance(byMs);
    await this.#world.wakeWorkers();
  }

  async #tellDecided(): Promise<void> {
    const rows = await this.#world.rows<{ id: string; state: string }>(
      `SELECT id, state FROM filing WHERE id = ANY($1) AND state NOT IN ('awaiting_forward', 'awaiting_sms', 'awaiting_verdict')`,
      [[...this.#waiting.keys()]],
    );
    for (const { id, state } of rows) {
      this.#waiting.get(id)?.(state);
      this.#waiting.delete(id);
    }
  }
}
