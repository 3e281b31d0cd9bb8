import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { Fault } from '@openbeian/model/fault';
import type { Answer, Connection, Engine } from './connection.ts';
import { kyselyReaders, storeReaders } from './connection.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { DurableNodeFS, durableStartParams, startParams } from './durable-node-fs.ts';
import { EmbeddedStatements } from './embedded-statements.ts';
import { type NewDatabasePlace, newDatabasePlace } from './new-databases.ts';

/**
 * PostgreSQL inside this process (PGlite): one session, so callers take turns, each for a whole transaction.
 * @param dataDir folder of the deployment's data (the database is in `database/` below it), made when missing; null
 *   keeps everything in memory, for tests.
 * @param schema what a new database gets at once where one was kept with it; it is not made here otherwise
 * @throws Fault `store.directory_in_use` when another process has it, `config.invalid` when it cannot be used.
 */
export async function openEmbeddedEngine(dataDir: string | null, schema?: NewSchema): Promise<Engine> {
  if (dataDir === null) return engineOver(await createDatabase({ startParams: startParams() }, schema), null);
  const lock = await lockDirectory(dataDir);
  try {
    const path = join(dataDir, 'database');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const options = { fs: new DurableNodeFS(path), startParams: durableStartParams() };
    const database = existsSync(join(path, 'PG_VERSION'))
      ? await openDatabase(options)
      : await createDatabase(options, schema);
    closeToOthers(path);
    return engineOver(database, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** `initdb` within WebAssembly sets modes itself, whatever the umask: files that everybody may write, inside a folder that is ours. */
function closeToOthers(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { mode } = statSync(path);
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
  }
}

function openDatabase(options: PGliteOptions): Promise<PGlite> {
  // V8's optimising compiler takes 600 MB and a second of a processor for one function of PostgreSQL's, at the first
  // statements of every start. Without it prepared statements take a fifth longer.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  return PGlite.create({ ...options, onStderr: endOnPanic });
}

/** Makes the tables of a new database, the same ones under one name. */
export interface NewSchema {
  readonly name: string;
  make(engine: Engine): Promise<void>;
}

/** A new one, as `initdb` leaves it; where new ones are kept, with the schema. */
async function createDatabase(options: PGliteOptions, schema?: NewSchema): Promise<PGlite> {
  const place = newDatabasePlace();
  if (place === null) return openDatabase(options);
  return openDatabase({ ...options, loadDataDir: await keptDatabase(place, schema) });
}

async function keptDatabase(place: NewDatabasePlace, schema?: NewSchema): Promise<Blob> {
  const name = schema?.name ?? 'blank';
  const kept = await place.read(name);
  if (kept !== null) return kept;
  const blank = schema === undefined ? {} : { loadDataDir: await keptDatabase(place) };
  const database = await openDatabase({ startParams: startParams(), ...blank });
  try {
    await schema?.make(engineOver(database, null));
    const archive = await database.dumpDataDir('none');
    await place.keep(name, archive);
    return archive;
  } finally {
    await database.close();
  }
}

/** Time, zone, process, level. What a person typed can be only behind that, or after a tab. */
const panicLine = /^[\d-]+ [\d:.]+ \S+ \[\d+\] PANIC: /;

/** EX_IOERR of sysexits.h. */
const panicExitCode = 74;

/**
 * PostgreSQL panics when it cannot write its log: nothing in memory can be trusted then, and a server of its own would
 * end and recover. PGlite has no process to end and loops for ever instead, blocking this thread. So the
 * process ends here; nothing was acknowledged, and the next start recovers.
 */
function endOnPanic(text: string): boolean {
  if (!panicLine.test(text)) return false;
  writeSync(2, `The embedded database cannot go on and OpenBeian ends. Check the disk, then start again. ${text}\n`);
  process.exit(panicExitCode);
}

function engineOver(database: PGlite, lock: DirectoryLock | null): Engine {
  const turns = new Turns();
  const statements = new EmbeddedStatements(database);
  const own = { ...database.parsers };
  // Whole and made once, for there are hundreds of them.
  const readersOf = { store: { ...own, ...storeReaders }, kysely: { ...own, ...kyselyReaders } };
  let closed = false;

  async function take(readers: PGlite['parsers']): Promise<EmbeddedConnection> {
    const done = await turns.next();
    if (closed || lock?.lost()) {
      done();
      throw closed
        ? unavailable('内置数据库已关闭。', 'The embedded database is closed.')
        : unavailable('数据目录已被另一个进程接管。', 'Another process has taken over the data directory.');
    }
    // Whoever has the turn has the database to itself.
    database.parsers = readers;
    return new EmbeddedConnection(database, statements, done);
  }

  return {
    isShared: false,
    connect: () => take(readersOf.store),
    kyselyPool: {
      async connect() {
        const connection = await take(readersOf.kysely);
        return {
          query: (sql, parameters) => connection.query(sql, parameters),
          release: () => connection.release(),
        };
      },
      end: async () => {},
    },
    channel: null,
    usage: () => ({
      inUse: Math.min(1, turns.taken),
      idle: turns.taken === 0 ? 1 : 0,
      waiting: Math.max(0, turns.taken - 1),
    }),
    async close() {
      const done = await turns.next();
      try {
        if (closed) return;
        closed = true;
        await database.close();
      } finally {
        done();
        await lock?.release();
      }
    },
  };
}

function unavailable(zh: string, en: string): Fault {
  return new Fault('store.unavailable', { detail: { zh, en } });
}

/** First come, first served. */
class Turns {
  #last: Promise<void> = Promise.resolve();
  /** Turns that were asked for and have not ended. */
  taken = 0;

  /** Resolves when it is the caller's turn, with the function that ends the turn. */
  async next(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = promise;
    this.taken += 1;
    await before;
    return () => {
      this.taken -= 1;
      resolve();
    };
  }
}

const breathMs = 10;
let lastBreathMs = 0;

/**
 * PGlite works in this thread and answers without ever leaving the microtask queue, so that callers who keep asking
 * would keep timers, sockets and signals waiting for ever. Every 10 ms the event loop has its turn.
 */
async function breathe(): Promise<void> {
  if (performance.now() - lastBreathMs < breathMs) return;
  await new Promise<void>((resolve) => setImmediate(resolve));
  lastBreathMs = performance.now();
}

class EmbeddedConnection implements Connection {
  readonly #database: PGlite;
  readonly #statements: EmbeddedStatements;
  readonly #done: () => void;
  #inTransaction = false;
  #released = false;

  constructor(database: PGlite, statements: EmbeddedStatements, done: () => void) {
    this.#database = database;
    this.#statements = statements;
    this.#done = done;
  }

  async query<Row>(text: string, values: readonly unknown[]): Promise<Answer<Row>> {
    if (this.#released) throw new Error('a session was used after it had been released');
    await breathe();
    const answer = await this.#statements.query<Row>(text, values);
    const { command } = answer;
    if (command === 'BEGIN' || command.startsWith('START')) this.#inTransaction = true;
    if (command === 'COMMIT' || command === 'ROLLBACK') this.#inTransaction = false;
    return answer;
  }

  async script(text: string): Promise<void> {
    await this.#database.exec(text);
  }

  async bePatient(): Promise<void> {
    await this.script('SET LOCAL statement_timeout = 0');
  }

  release(): void {
    if (this.#released) return;
    // The next caller must not find somebody else's transaction.
    if (this.#inTransaction) this.query('ROLLBACK', []).then(this.#done, this.#done);
    else this.#done();
    this.#released = true;
  }
}
