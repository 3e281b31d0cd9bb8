import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { requireProgram } from './require-program.ts';

export interface TestDatabase {
  /** postgres://… of this database, with its password. */
  readonly url: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

export interface DatabaseSource {
  /** postgres://… of the superuser's own database `postgres`. */
  readonly url: string;
  /** A new, empty database; with `template`, a copy of that database, which nobody may be using meanwhile. */
  createDatabase(options?: { readonly template?: string }): Promise<TestDatabase>;
}

export interface PrivatePostgres extends DatabaseSource {
  /** Process id of the postmaster, another one after `restart`. */
  readonly pid: number;
  readonly dataDirectory: string;
  /** Ends the postmaster as a power cut would (SIGKILL), with nothing flushed and nobody told; its sessions go with it. */
  crash(): Promise<void>;
  /** Starts it again after `crash`, on the same port and data: it recovers from its log. Waits until it answers. */
  restart(): Promise<void>;
  /** Stops the server by its own pid and removes its data; may be called twice. */
  stop(): Promise<void>;
}

export interface PrivatePostgresOptions {
  /** Off where no test's guarantee is about what survives a power cut; default on. */
  readonly fsync?: boolean;
}

const setpriv = '/usr/bin/setpriv';
const startDeadlineMs = 30_000;
/** After a crash it first syncs every file of its data: over half a minute where others use the disks and processors, too. */
const recoveryDeadlineMs = 100_000;

/**
 * Starts a PostgreSQL of the tests' own: as a user other than root, on a free port of 127.0.0.1, in a temporary folder.
 * On Linux it dies with the process that started it, even when that is killed.
 * Null where PostgreSQL is not installed (see `requireProgram`); throws with the server's own log when it will not start.
 */
export async function startPrivatePostgres(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres | null> {
  const postgres = requireProgram('postgres');
  if (postgres === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-postgres-'));
  try {
    return await start(postgres, folder, options.fsync ?? true);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function start(postgres: string, folder: string, fsync: boolean): Promise<PrivatePostgres> {
  const dataDirectory = join(folder, 'data');
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const owner = ownerOfServer();
  for (const path of owner ? [folder, passwordFile] : []) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0);

  const initdb = [join(dirname(postgres), 'initdb'), '--pgdata', dataDirectory, '--username', 'postgres', '--no-sync'];
  const [program = '', ...args] = asOwner(owner, [
    ...initdb,
    '--auth',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    '--no-instructions',
  ]);
  execFileSync(program, args, { env: serverEnvironment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });

  return serve({ postgres, owner, folder, password, fsync });
}

interface Served {
  readonly postgres: string;
  readonly owner: Owner | null;
  /** With the data in `data`. */
  readonly folder: string;
  readonly password: string;
  readonly fsync: boolean;
}

async function serve({ postgres, owner, folder, password, fsync }: Served): Promise<PrivatePostgres> {
  const dataDirectory = join(folder, 'data');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const { server, log } = spawnServer(postgres, owner, folder, { dataDirectory, port, fsync });
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const again = () => spawnServer(postgres, owner, folder, { dataDirectory, port, fsync });
    if (await answers(url, server)) return handle(server, folder, url, again);
    const said = log();
    server.kill('SIGKILL');
    // Between finding the free port and using it somebody else may have taken it.
    if (attempt < 5 && said.includes('Address already in use')) continue;
    throw new Error(`the private PostgreSQL did not start:\n${said}`);
  }
}

export interface StandbyPostgres extends Omit<PrivatePostgres, 'createDatabase'> {
  /** The same database here. */
  urlOf(database: TestDatabase): string;
  /** Stops replaying what the primary sends, until `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** A standby of this PostgreSQL, itself one or not, which streams from it; it is stopped by itself. */
export async function startStandby(primary: Pick<PrivatePostgres, 'url'>): Promise<StandbyPostgres> {
  const postgres = requireProgram('postgres');
  if (postgres === null) throw new Error('PostgreSQL is missing');
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-standby-'));
  try {
    const owner = ownerOfServer();
    if (owner !== null) chownSync(folder, owner.uid, owner.gid);
    const copy = [join(dirname(postgres), 'pg_basebackup'), '--pgdata', join(folder, 'data'), '--dbname', primary.url];
    // Its file has the way to the primary with the password, which the standby goes on by.
    const [program = '', ...args] = asOwner(owner, [
      ...copy,
      '--write-recovery-conf',
      '--checkpoint=fast',
      '--no-sync',
    ]);
    execFileSync(program, args, { env: serverEnvironment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const { password } = new URL(primary.url);
    const standby = await serve({ postgres, owner, folder, password, fsync: false });
    const replay = async (what: 'pause' | 'resume'): Promise<void> => {
      await query(standby.url, `select pg_wal_replay_${what}()`);
      const state = what === 'pause' ? 'paused' : 'not paused';
      await query(
        standby.url,
        `do $$ begin while pg_get_wal_replay_pause_state() <> '${state}' loop
        perform pg_sleep(0.01); end loop; end $$`,
      );
    };
    const urlOf = ({ url }: TestDatabase): string => {
      const own = new URL(standby.url);
      own.pathname = new URL(url).pathname;
      return own.href;
    };
    return Object.assign(standby, { urlOf, pause: () => replay('pause'), resume: () => replay('resume') });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then the package's own user runs it. Null: the present user does. */
export function ownerOfServer(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = (readFileSync('/etc/passwd', 'utf8').match(/^postgres:.*$/m)?.[0] ?? '').split(':');
  if (uid === undefined || gid === undefined) throw new Error('running as root, and there is no user "postgres"');
  return { uid: Number(uid), gid: Number(gid) };
}

const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

export function asOwner(owner: Owner | null, command: readonly string[], withParent: readonly string[] = []): string[] {
  const identity = owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] : [];
  const flags = [...identity, ...withParent];
  if (!existsSync(setpriv)) {
    if (owner) throw new Error(`${setpriv} (util-linux) is needed to leave root`);
    return [...command];
  }
  return flags.length === 0 ? [...command] : [setpriv, ...flags, ...command];
}

function spawnServer(
  postgres: string,
  owner: Owner | null,
  folder: string,
  settings: { dataDirectory: string; port: number; fsync: boolean },
): { server: ChildProcess; log: () => string } {
  const configuration = {
    listen_addresses: '127.0.0.1',
    port: String(settings.port),
    unix_socket_directories: '',
    fsync: settings.fsync ? 'on' : 'off',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program = '', ...args] = asOwner(
    owner,
    [postgres, '-D', settings.dataDirectory, ...flags],
    // INT is PostgreSQL's fast shutdown.
    ['--pdeathsig', 'INT'],
  );
  const server = spawn(program, args, { env: serverEnvironment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    // Callers that knock while it recovers would push out of the log what it says itself.
    said = (said + text).replaceAll(/^.*the database system is starting up\n/gm, '').slice(-8_000);
  });
  server.on('error', (error) => {
    said += error.message;
  });
  return { server, log: () => said };
}

async function answers(url: string, server: ChildProcess, withinMs = startDeadlineMs): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs;
  while (performance.now() < deadlineMs && server.exitCode === null && server.signalCode === null && server.pid) {
    try {
      await query(url, 'select 1');
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return false;
}

function handle(
  first: ChildProcess,
  folder: string,
  url: string,
  spawnAgain: () => ReturnType<typeof spawnServer>,
): PrivatePostgres {
  let server = first;
  const letGo = (): void => {
    // The server must not keep the process of a test that forgot to stop it alive.
    server.unref();
    (server.stderr as unknown as { unref?: () => void } | null)?.unref?.();
  };
  const onExit = (): void => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once('exit', onExit);
  letGo();
  const isRunning = () => server.exitCode === null && server.signalCode === null;
  const crash = async (): Promise<void> => {
    if (!isRunning()) return;
    const exited = once(server, 'exit');
    server.ref();
    server.kill('SIGKILL');
    await exited;
  };
  let isStopped = false;
  const restart = async (): Promise<void> => {
    const deadlineMs = performance.now() + recoveryDeadlineMs;
    for (;;) {
      const { server: next, log } = spawnAgain();
      // From its first moment on: whoever stops this PostgreSQL meanwhile must not remove the data under a running one.
      server = next;
      letGo();
      if (await answers(url, next, recoveryDeadlineMs)) return;
      next.kill('SIGKILL');
      if (isStopped) throw new Error('PostgreSQL was stopped while it came back');
      // The killed one's sessions find out on their own, and hold its shared memory until then.
      const held = /shared memory block|lock file .* already exists|Address already in use/.test(log());
      if (!held || performance.now() > deadlineMs) throw new Error(`PostgreSQL did not come back:\n${log()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async (): Promise<void> => {
    isStopped = true;
    process.off('exit', onExit);
    if (isRunning()) await stopServer(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  const dataDirectory = join(folder, 'data');
  return {
    ...databaseSource(url),
    get pid() {
      return server.pid ?? -1;
    },
    dataDirectory,
    crash,
    restart,
    stop,
  };
}

/** Asks it to stop, and kills it when that takes longer than ten seconds. */
async function stopServer(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.ref();
  server.kill('SIGINT');
  const impatience = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(impatience);
}

/** Makes databases on a running server; `url` is that of its superuser. */
export function databaseSource(url: string): DatabaseSource {
  return {
    url,
    async createDatabase({ template } = {}) {
      const name = `test_${randomBytes(8).toString('hex')}`;
      await query(url, `create database ${name}${template === undefined ? '' : ` template "${template}"`}`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return { url: own.href, drop: () => query(url, `drop database if exists ${name} with (force)`) };
    },
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
