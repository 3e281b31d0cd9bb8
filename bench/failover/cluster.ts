import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { parse, stringify } from 'yaml';
import { freePort } from '../../tests/lifecycle/free-port.ts';
import { makeCertificate } from '../../tests/proxies/test-certificate.ts';
import { asOwner, ownerOfServer } from '../../tests/support/private-postgres.ts';
import { withChanges } from '../../tests/support/shipped-pgbouncer.ts';
import { signalAll, withDescendants } from './process-tree.ts';

const shipped = new URL('../../examples/high-availability/patroni.yml', import.meta.url);

/** One machine of the cluster: Patroni and the PostgreSQL that it runs. */
export class Machine {
  readonly name: string;
  readonly postgresPort: number;
  readonly restPort: number;
  readonly #folder: string;
  readonly #configFile: string;
  #patroni: ChildProcess | null = null;

  constructor(name: string, folder: string, ports: { readonly postgres: number; readonly rest: number }) {
    this.name = name;
    this.postgresPort = ports.postgres;
    this.restPort = ports.rest;
    this.#folder = folder;
    this.#configFile = join(folder, `${name}.yml`);
  }

  start(): void {
    const log = openSync(join(this.#folder, `${this.name}.log`), 'a');
    const [program = '', ...args] = asOwner(ownerOfServer(), ['/usr/bin/patroni', this.#configFile]);
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
    this.#patroni = spawn(program, args, { cwd: this.#folder, env, stdio: ['ignore', log, log] });
  }

  /** Pulls the plug: Patroni and PostgreSQL are gone at once. */
  async killMachine(): Promise<void> {
    const patroni = this.#patroni;
    if (patroni === null) return;
    const gone = patroni.exitCode === null && patroni.signalCode === null ? once(patroni, 'exit') : null;
    signalAll(withDescendants([patroni.pid ?? 0, ...this.#postmaster()]), 'SIGKILL');
    await gone;
    this.#patroni = null;
  }

  killPostgres(): void {
    signalAll(withDescendants(this.#postmaster()), 'SIGKILL');
  }

  freeze(): void {
    signalAll(this.#all(), 'SIGSTOP');
  }

  thaw(): void {
    signalAll(this.#all(), 'SIGCONT');
  }

  /** True when Patroni holds the leader's lock, and its PostgreSQL takes writes. */
  async isPrimary(): Promise<boolean> {
    try {
      const options = { method: 'OPTIONS', signal: AbortSignal.timeout(1000) };
      return (await fetch(`http://127.0.0.1:${this.restPort}/primary`, options)).status === 200;
    } catch {
      return false;
    }
  }

  /** True when it is the standby that commits wait for. */
  async isSynchronous(): Promise<boolean> {
    try {
      const options = { method: 'OPTIONS', signal: AbortSignal.timeout(1000) };
      return (await fetch(`http://127.0.0.1:${this.restPort}/sync`, options)).status === 200;
    } catch {
      return false;
    }
  }

  #postmaster(): number[] {
    const file = join(this.#folder, this.name, 'postmaster.pid');
    if (!existsSync(file)) return [];
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    // The file of one that was killed stays, and its number may be another's by now.
    const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
    return command.includes(join(this.#folder, this.name)) ? [pid] : [];
  }

  #all(): number[] {
    return withDescendants([this.#patroni?.pid ?? 0, ...this.#postmaster()].filter((pid) => pid > 0));
  }
}

export interface Cluster {
  readonly machines: readonly [Machine, Machine];
  readonly certificate: string;
  /** Of the superuser, on the machine that is the primary now. */
  connect(): Promise<Client>;
  /** Waits until one is the primary and the other one its synchronous standby. */
  whole(): Promise<{ readonly primary: Machine; readonly standby: Machine }>;
  close(): Promise<void>;
}

const password = 'of-the-test-cluster';
const wholeWithinMs = 180_000;

/** etcd and two machines by the shipped Patroni file, but for addresses and passwords. */
export async function startCluster(folder: string): Promise<Cluster> {
  const owner = ownerOfServer();
  const certificate = makeCertificate(folder, 'IP:127.0.0.1');
  for (const path of [certificate.certificate, certificate.key]) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0);
  const etcd = await startEtcd(folder);
  const machines = [await prepare('db1', folder, etcd.port), await prepare('db2', folder, etcd.port)] as const;
  const [first, second] = machines;
  first.start();
  await until('the first machine is the primary', () => first.isPrimary(), 120_000);
  second.start();
  const whole: Cluster['whole'] = async () => {
    const pairs = [
      { primary: first, standby: second },
      { primary: second, standby: first },
    ];
    for (const untilMs = performance.now() + wholeWithinMs; performance.now() < untilMs; await pause(100)) {
      for (const pair of pairs) {
        if ((await pair.primary.isPrimary()) && (await pair.standby.isSynchronous())) return pair;
      }
    }
    throw new Error('waited in vain: a primary has its synchronous standby');
  };
  return {
    machines,
    certificate: certificate.certificate,
    whole,
    async connect() {
      const { primary } = await whole();
      return connectTo(primary.postgresPort);
    },
    async close() {
      for (const machine of machines) {
        machine.thaw();
        await machine.killMachine();
      }
      await etcd.stop();
    },
  };
}

/** As the superuser. */
export async function connectTo(port: number, database = 'postgres'): Promise<Client> {
  const ssl = { rejectUnauthorized: false };
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database, ssl });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function prepare(name: string, folder: string, etcdPort: number): Promise<Machine> {
  const ports = { postgres: await freePort(), rest: await freePort() };
  const machine = new Machine(name, folder, ports);
  const text = withChanges(readFileSync(shipped, 'utf8'), [
    ['name: db1', `name: ${name}`],
    ['192.0.2.21:8008', `127.0.0.1:${ports.rest}`],
    ['192.0.2.21:5432', `127.0.0.1:${ports.postgres}`],
    ['[192.0.2.31:2379, 192.0.2.32:2379, 192.0.2.33:2379]', `['127.0.0.1:${etcdPort}']`],
    ['/var/lib/postgresql/15/openbeian', join(folder, name)],
    ['/var/lib/postgresql/openbeian.pgpass', join(folder, `${name}.pgpass`)],
    ['/etc/openbeian/database.pem', join(folder, 'site.crt')],
    ['/etc/openbeian/database.key', join(folder, 'site.key')],
    ['192.0.2.0/24', '127.0.0.1/32'],
    ['change-me', password],
  ]);
  // Two on one machine of ours: they cannot share the folder of their sockets.
  const config = parse(text) as { postgresql: { parameters?: object } };
  config.postgresql.parameters = { unix_socket_directories: folder };
  const configFile = join(folder, `${name}.yml`);
  writeFileSync(configFile, stringify(config), { mode: 0o600 });
  const owner = ownerOfServer();
  if (owner !== null) chownSync(configFile, owner.uid, owner.gid);
  return machine;
}

async function startEtcd(folder: string) {
  const [port, peer] = [await freePort(), await freePort()];
  const data = join(folder, 'etcd');
  mkdirSync(data, { mode: 0o700 });
  const [client, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peer}`];
  const log = openSync(join(folder, 'etcd.log'), 'a');
  const settings = {
    'data-dir': data,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `default=${peers}`,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('/usr/bin/etcd', args, { stdio: ['ignore', log, log] });
  const isHealthy = () =>
    fetch(`${client}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('etcd answers', isHealthy, 30_000);
  return {
    port,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** @throws Error when it is not so in time */
export async function until(what: string, holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  for (const untilMs = performance.now() + withinMs; !(await holds()); await pause(100)) {
    if (performance.now() > untilMs) throw new Error(`waited in vain: ${what}`);
  }
}
