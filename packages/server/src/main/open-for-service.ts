import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import type { Logger } from 'pino';
import { recordConfiguration } from '../flows/audit/record-configuration.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { createLogger } from '../http/log.ts';
import { listenUntilReady } from '../http/metrics-listener.ts';
import { knock, type OpenStore, openStore } from '../store/index.ts';
import { cannotListen } from './cannot-listen.ts';
import type { Config } from './config.ts';
import { configuredSettings } from './configured-settings.ts';
import { DatabaseClock } from './database-clock.ts';
import { refuseOwner } from './database-role.ts';
import { locationOf, logMigration, openParts, type Parts, type Replacements } from './parts.ts';
import { requireWritableMaterials } from './writable-materials.ts';

const retryMs = 1000;
const sayAgainMs = 30_000;

/**
 * Opens a deployment to serve or work, which commands of an operator do not. Where the database is away, starting up or takes no
 * writes, it waits for it as long as that takes, says so in the log, and answers probes at the address that it will have.
 * @throws what `openParts`, `refuseOwner` and `requireWritableMaterials` throw, but not `store.unavailable` of a PostgreSQL that may come back
 */
export async function openForService(
  config: Config,
  program: 'server' | 'worker',
  replacements: Replacements = {},
): Promise<Parts> {
  const logger = replacements.logger ?? createLogger(config.log.level);
  if (!replacements.inMemory) await requireWritableMaterials(config);
  const opened = async (given: Replacements, time: DatabaseClock | null) => {
    await time?.look();
    const parts = await openParts(config, given, await answerShapesOf(program));
    if (time === null) return parts;
    void time.follow();
    const close = async () => {
      time.stop();
      await parts.close();
    };
    return { ...parts, close };
  };
  const open = async () => {
    const store = await openWritable(config, logger);
    const time = store && databaseTime(store, logger);
    const given = { ...(time && { clock: time, wall: time }), ...replacements, logger, ...(store && { open: store }) };
    const parts = await opened(given, time).catch(async (error: unknown) => {
      // Where it got as far as to close it itself, there is nothing left to close.
      await store?.close().catch(() => {});
      throw error;
    });
    try {
      await refuseOwner(parts);
      await recordConfiguration(parts.deps, program, configuredSettings(config, parts.deps.vault.newest));
      return parts;
    } catch (error) {
      await parts.close();
      throw error;
    }
  };
  const { url } = config.database;
  if (url === null) return open();
  const tries = { knock: (withinMs: number) => knock(url, withinMs), open };
  return onceAvailable(tries, logger, () => answerMeanwhile(config, program));
}

async function answerShapesOf(program: 'server' | 'worker'): Promise<FlowDeps['answerShapes']> {
  return program === 'server' ? (await import('./answer-shapes.ts')).answerShapes : null;
}

const databaseTime = ({ store }: OpenStore, logger: Logger): DatabaseClock =>
  new DatabaseClock({
    databaseNowMs: async () => Date.parse(await store.now()),
    onDifference(aheadMs) {
      if (aheadMs === null) logger.info("this machine's clock agrees with the database's again");
      else
        logger.error(
          { aheadSeconds: Math.round(aheadMs / 1000) },
          "this machine's clock is wrong: the database's counts",
        );
    },
  });

/** Before anything else is read, since it is tried often. @throws Fault `store.unavailable` where it takes no writes */
async function openWritable(config: Config, logger: Logger): Promise<OpenStore | null> {
  if (config.database.url === null) return null;
  const store = await openStore(locationOf(config), logMigration(logger));
  if (await store.store.ready()) return store;
  await store.close();
  throw new DatabaseAway('PostgreSQL takes no writes (a standby, or read-only)');
}

class DatabaseAway extends Error {}

/** @returns what ends it; a port that the system chooses is unknown before, so that nobody can ask there */
async function answerMeanwhile({ http, worker }: Config, program: 'server' | 'worker'): Promise<() => Promise<void>> {
  const { host, port } = program === 'server' ? http : worker;
  if (port === null || port === 0) return async () => {};
  return listenUntilReady(host, port, 'store.unavailable').catch((error: unknown) => {
    throw cannotListen(error, `${program === 'server' ? 'http' : 'worker'}.port`, host, port);
  });
}

interface Tries<T> {
  /** Fails where the database does not answer for so long. */
  readonly knock: (withinMs: number) => Promise<void>;
  readonly open: () => Promise<T>;
}

/**
 * One that takes connections and says nothing is given up soon, so that probes are answered meanwhile; then with more patience each
 * time, for one that is only slow.
 */
const firstPatienceMs = 1000;
const mostPatienceMs = 10_000;

async function onceAvailable<T>(
  { knock, open }: Tries<T>,
  logger: Logger,
  answerProbes: () => Promise<() => Promise<void>>,
): Promise<T> {
  const begunMs = performance.now();
  const waited = () => Math.round((performance.now() - begunMs) / 1000);
  let sayAtMs = begunMs;
  let stopAnswering: (() => Promise<void>) | null = null;
  try {
    for (let patienceMs = firstPatienceMs; ; patienceMs = Math.min(2 * patienceMs, mostPatienceMs)) {
      try {
        // What else is wrong is said by opening it.
        await knock(patienceMs).catch((error: unknown) => {
          if (whyAway(error) !== null) throw error;
        });
        const opened = await open();
        if (stopAnswering !== null) logger.info({ waitedSeconds: waited() }, 'the database is back, starting');
        return opened;
      } catch (error) {
        const reason = whyAway(error);
        if (reason === null) throw error;
        if (performance.now() >= sayAtMs) {
          logger.warn({ reason, waitedSeconds: waited() }, 'cannot start yet: waiting for the database');
          sayAtMs = performance.now() + sayAgainMs;
        }
        stopAnswering ??= await answerProbes();
        await pause(retryMs);
      }
    }
  } finally {
    await stopAnswering?.();
  }
}

/** What the database or the network says; null for what does not pass by waiting, such as a certificate that is refused. */
function whyAway(error: unknown): string | null {
  if (error instanceof DatabaseAway) return error.message;
  if (!isFault(error, 'store.unavailable') || error.extras.detail !== undefined) return null;
  const { cause } = error;
  if (cause instanceof AggregateError) return cause.errors.map(String).join('; ');
  return cause instanceof Error ? cause.message : error.message;
}
