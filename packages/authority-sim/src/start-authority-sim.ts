import Fastify from 'fastify';
import { instantAfter, instantMs, isManualClock, type SimClock, systemClock } from './clock.ts';
import { addInterfaceControls } from './control/interface-routes.ts';
import { addControls } from './control/routes.ts';
import { type SeedRecordsInput, seedRecordsShape } from './control/seed-records-shape.ts';
import { AuthorityCore } from './core/authority-core.ts';
import { Delivery } from './core/delivery.ts';
import { lockDirectory } from './core/directory-lock.ts';
import { forgetfulJournal, type Journal, openJournal } from './core/journal.ts';
import { emptyState, type SimState } from './core/sim-state.ts';
import { applyRecord } from './core/state.ts';
import { addPlainWire } from './plain/routes.ts';
import { answerProblems, parseInput, refuseForeigners } from './problem.ts';
import { type InterfaceOptions, openInterface } from './v3/open-interface.ts';
import { addInterfaceWire } from './v3/routes.ts';
import { addWebFace } from './web/routes.ts';

export interface AuthoritySimOptions {
  /** Loopback port; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Where the journal lies; without it everything is forgotten at the end. */
  readonly dataDir?: string;
  /** The real clock unless given; a `manualClock` can also be moved through /control/clock. */
  readonly clock?: SimClock;
  /** Decides SMS codes and the order of troubles; 1 unless given. */
  readonly seed?: number;
  /** No troubles: every message once, in order, at once. Off unless given. */
  readonly calm?: boolean;
  /** Bearer token of the plain wire; `defaultSimSecret` unless given. */
  readonly secret?: string;
  readonly smsLifetimeHours?: number;
  /** From the last SMS confirmation to the verdict; 10 s unless given. */
  readonly verdictAfterMs?: number;
  /** Records that exist elsewhere; entered once, also when the simulator is started again with the same ones. */
  readonly seedRecords?: SeedRecordsInput;
  /** Of interface V3.0. */
  readonly interfaceV3?: InterfaceOptions;
  /** How long a request may take to arrive, so that who never finishes one is cut off; two minutes unless given. */
  readonly slowestRequestMs?: number;
  /** Takes lines for the operator; they never hold personal data. Standard error unless given. */
  readonly log?: (line: string) => void;
}

export interface AuthoritySim {
  /** e.g. http://127.0.0.1:41233, without a slash at the end. */
  readonly url: string;
  /** Does what is due by the clock; requests and a timer do the same. */
  tick(): void;
  /** Stops listening and gives the data directory free. */
  close(): Promise<void>;
}

/** Known to everybody, as fits a simulator that listens on loopback alone. */
export const defaultSimSecret = 'openbeian-simulator';

const pollEveryMs = 250;

/** The headers alone come sooner than what may be 50 MB behind them. */
const cuttingOff = (slowestRequestMs: number) => ({
  requestTimeout: slowestRequestMs,
  http: {
    headersTimeout: Math.min(slowestRequestMs, 30_000),
    connectionsCheckingInterval: Math.min(slowestRequestMs, 5_000),
  },
});

interface CoreParts {
  readonly state: SimState;
  readonly journal: Journal;
  readonly clock: SimClock;
  readonly log: (line: string) => void;
}

/** The authority itself, and what interface V3.0 works with. */
function openCore(options: AuthoritySimOptions, { state, journal, clock, log }: CoreParts) {
  const { seed = 1, calm = false, dataDir } = options;
  const base = { state, seed, calm, now: () => instantAfter(clock.now(), 0), log, dataDir };
  const { coreOptions, worldOf } = openInterface(options.interfaceV3 ?? {}, base);
  const core = new AuthorityCore({
    state,
    journal,
    clock,
    seed,
    smsLifetimeMs: (options.smsLifetimeHours ?? 24) * 3_600_000,
    verdictAfterMs: options.verdictAfterMs ?? 10_000,
    ...coreOptions,
  });
  return { core, world: worldOf(core) };
}

/**
 * Starts the simulated authority on loopback.
 * @throws JournalError when the journal is damaged, DirectoryInUseError when another simulator holds `dataDir`,
 *   SimProblem or SimRefusal when `seedRecords` are malformed or do not fit.
 */
export async function startAuthoritySim(options: AuthoritySimOptions = {}): Promise<AuthoritySim> {
  const { clock = systemClock, seed = 1, calm = false, secret = defaultSimSecret, dataDir } = options;
  const log = options.log ?? ((line: string) => process.stderr.write(`authority-sim: ${line}\n`));
  const state = emptyState();
  const seedRecords = options.seedRecords && parseInput(seedRecordsShape, options.seedRecords);
  const lock = dataDir === undefined ? null : await lockDirectory(dataDir);
  try {
    const journal =
      dataDir === undefined ? forgetfulJournal : openJournal(dataDir, (record) => applyRecord(state, record), log);
    try {
      if (isManualClock(clock) && state.lastAt !== null && instantMs(state.lastAt) > instantMs(clock.now())) {
        clock.set(state.lastAt);
      }
      const { core, world } = openCore(options, { state, journal, clock, log });
      if (seedRecords) core.seedRecords(seedRecords);
      const delivery = new Delivery(state, seed, calm);
      const app = Fastify({
        logger: false,
        forceCloseConnections: true,
        bodyLimit: 1024 * 1024,
        ...cuttingOff(options.slowestRequestMs ?? 120_000),
      });
      answerProblems(app, log);
      refuseForeigners(app);
      addPlainWire(app, core, delivery, secret);
      addInterfaceWire(app, world);
      addControls(app, core, delivery, clock);
      addInterfaceControls(app, world);
      addWebFace(app, world);
      const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
      const timer = setInterval(() => {
        try {
          core.tick();
        } catch (error) {
          log(`what was due could not be done: ${(error as Error).message}`);
        }
      }, pollEveryMs).unref();
      return {
        url,
        tick: () => core.tick(),
        async close() {
          clearInterval(timer);
          await app.close();
          journal.close();
          await lock?.release();
        },
      };
    } catch (error) {
      journal.close();
      throw error;
    }
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
