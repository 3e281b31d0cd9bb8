import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from '../chaos/seed.ts';
import type { Hold } from './hold-uncarried.ts';
import { listDifferences } from './line-books.ts';
import { LinePulse } from './line-pulse.ts';
import { type LineWorkers, startLineWorkers } from './line-workers.ts';
import { type LineWorld, openLineWorld } from './line-world.ts';
import { Phones } from './phones.ts';
import type { StoryFiling, StoryMove } from './story.ts';
import { tellStories } from './tales.ts';
import { Turns } from './turns.ts';

export interface ProofOptions {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly filings: number;
  /** Organisers at a time. */
  readonly lanes: number;
  readonly workerKills: number;
  readonly sessionKills: number;
  /** The authority plays no faults. */
  readonly calm?: boolean;
  /** Told what goes on. */
  readonly tell?: (line: string) => void;
}

export interface Proof {
  readonly filings: readonly StoryFiling[];
  readonly moves: readonly StoryMove[];
  /** What is wrong; none of it may be. */
  readonly differences: readonly string[];
  readonly workersKilled: number;
  readonly sessionsEnded: number;
  /** Faults that the authority played, by name. */
  readonly faults: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Filings from their form to their verdict, per second. */
  readonly rate: number;
  readonly said: readonly string[];
}

const workerCount = 2;
/** Forms that are filled in, and reviewed, at a time. */
const formsAtATime = 8;

/**
 * Filings of all types over interface V3.0, from their forms to their verdicts: two workers, real PostgreSQL, every fault of the
 * simulated authority, workers killed and sessions of the database ended at moments of the seed. Then both books are compared.
 */
export async function proveLine(options: ProofOptions): Promise<Proof> {
  const { databaseUrl, seed, filings, lanes, calm: isCalm = false, tell = () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-line-'));
  const world = await openLineWorld({ databaseUrl, folder, seed, calm: isCalm });
  try {
    const workers = await startLineWorkers(workerCount, world.workerArguments);
    try {
      const beganMs = performance.now();
      const trouble = makeTrouble(options, world, workers);
      const hold: Hold = { expected: new Set() };
      const phones = new Phones(world.controls);
      const found: string[] = [];
      const pulse = new LinePulse(world, workers, { phones, hold, onAccepted: trouble.onAccepted });
      const told = await underPulse(pulse, async () => {
        const forms = new Turns(formsAtATime);
        const differ = (line: string) => void found.push(line);
        const means = { world, seed, phones, forms, hold, tell, differ, decided: (id: string) => pulse.decided(id) };
        const made = await tellStories(means, filings, lanes);
        tell('every filing is decided');
        await atRest(world);
        return made;
      });
      const seconds = (performance.now() - beganMs) / 1000;
      const faults = await countFaults(world);
      const calm = new LinePulse(world, workers, { phones, hold, onAccepted: async () => {} });
      const differences = await underPulse(calm, () => listDifferences(world, told.filings));
      return {
        ...told,
        differences: [...found, ...differences],
        ...trouble.done,
        faults,
        seconds,
        rate: told.filings.length / seconds,
        said: workers.said(),
      };
    } finally {
      await workers.stop();
    }
  } finally {
    await world.close();
  }
}

/** Works while time goes on; whichever fails first ends both. */
async function underPulse<Result>(pulse: LinePulse, work: () => Promise<Result>): Promise<Result> {
  const running = pulse.run();
  try {
    return await Promise.race([work(), running.then(() => Promise.reject(new Error('time stood still')))]);
  } finally {
    pulse.end();
    await running.catch(() => {});
  }
}

/** Kills workers and ends sessions when so many packages are accepted as the seed says. */
function makeTrouble(
  { seed, filings, workerKills, sessionKills }: ProofOptions,
  world: LineWorld,
  workers: LineWorkers,
) {
  const random = randomFrom(seed);
  const all = workerKills + sessionKills;
  const kills = Array.from({ length: all }, (_, n) => ({
    at: Math.floor(((n + random()) * filings * 0.95) / all),
    // Spread evenly among each other.
    whom: Math.floor(((n + 1) * workerKills) / all) > Math.floor((n * workerKills) / all) ? 'worker' : 'sessions',
    index: Math.floor(random() * workerCount),
  }));
  const done = { workersKilled: 0, sessionsEnded: 0 };
  const onAccepted = async (accepted: number) => {
    const [next] = kills;
    if (next === undefined || accepted < next.at) return;
    if (next.whom === 'sessions') done.sessionsEnded += await world.endSessions();
    // One that is on its way up is waited for: every kill is one of a worker that works.
    else if (workers.kill(next.index)) done.workersKilled += 1;
    else return;
    kills.shift();
  };
  return { onAccepted, done };
}

/** Nothing is under way any more, on either side. */
async function atRest(world: LineWorld): Promise<void> {
  for (;;) {
    const [row] = await world.rows<{ open: number }>(
      `SELECT (SELECT count(*) FROM job)::int + (SELECT count(*) FROM authority_arrival WHERE taken_at IS NULL)::int
         + (SELECT count(*) FROM authority_download WHERE acknowledged_at IS NULL)::int
         + (SELECT count(*) FROM authority_package WHERE state = 'sending')::int AS open`,
    );
    if (row?.open === 0 && (await world.controls.getState()).unacknowledgedMessages === 0) return;
    await pause(200);
  }
}

async function countFaults({ controls }: LineWorld): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await controls.listFaults()) counts[name] = (counts[name] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).toSorted(([one], [other]) => one.localeCompare(other)));
}
