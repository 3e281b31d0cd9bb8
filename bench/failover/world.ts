import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuthoritySim, defaultSimSecret, startAuthoritySim } from '../../packages/authority-sim/src/index.ts';
import {
  createLogger,
  formatKeyRing,
  loadConfig,
  loadSample,
  makeKeyRing,
  openDeployment,
} from '../../packages/server/src/main/index.ts';
import { type OwnProcess, startOpenbeian } from '../../tests/lifecycle/child-process.ts';
import { freePort } from '../../tests/lifecycle/free-port.ts';
import { runProxy } from '../../tests/proxies/run-program.ts';
import { ownerOfServer } from '../../tests/support/private-postgres.ts';
import { requireProgram } from '../../tests/support/require-program.ts';
import { startShippedPgBouncer, withChanges } from '../../tests/support/shipped-pgbouncer.ts';
import { type Cluster, connectTo, startCluster } from './cluster.ts';
import { startWire, type Wire } from './wire.ts';

/** Everything that runs, and the stretches of network in between that can fall silent. */
export interface FailoverWorld {
  readonly cluster: Cluster;
  /** The first server (and worker) goes through PgBouncer, the second straight to HAProxy. */
  readonly servers: readonly [string, string];
  /** What the servers and workers logged as an error. */
  errors(): string[];
  readonly authority: AuthoritySim;
  readonly wires: {
    /** From the first server to PgBouncer. */
    readonly toPooler: Wire;
    /** From PgBouncer to HAProxy. */
    readonly behindPooler: Wire;
    /** From the second server to HAProxy. */
    readonly toProxy: Wire;
    /** From HAProxy to PostgreSQL and Patroni of each machine, by its name. */
    readonly toMachine: Readonly<Record<string, readonly Wire[]>>;
  };
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');
const passwords = { openbeian_owner: 'owner-of-the-test', openbeian_app: 'app-of-the-test' };
type Ending = () => unknown;

/** @param say is told of each step */
export async function openFailoverWorld(say: (line: string) => void): Promise<FailoverWorld> {
  const endings: Ending[] = [];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { ...(await open(endings, say)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(endings: Ending[], say: (line: string) => void): Promise<Omit<FailoverWorld, 'close'>> {
  const [haproxy, pgbouncer] = [requireProgram('haproxy'), requireProgram('pgbouncer')];
  if (haproxy === null || pgbouncer === null) throw new Error('apt-get install haproxy pgbouncer');
  // The database's user works in it, and PostgreSQL's socket must not have too long a name.
  const folder = mkdtempSync('/tmp/ob-failover-');
  say(`logs in ${folder}`);
  const owner = ownerOfServer();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  endings.push(() => process.env.KEEP_LOGS ?? rmSync(folder, { recursive: true, force: true }));

  const cluster = await startCluster(folder);
  endings.push(() => cluster.close());
  await cluster.whole();
  say('a primary and its synchronous standby run');
  const wire = async (port: number) => {
    const made = await startWire(port);
    endings.push(() => made.close());
    return made;
  };
  const toMachine: Record<string, Wire[]> = {};
  for (const { name, postgresPort, restPort } of cluster.machines) {
    toMachine[name] = [await wire(postgresPort), await wire(restPort)];
  }
  const { port: proxyPort, standbyPort } = await startHaproxy(haproxy, folder, toMachine, endings);
  const behindPooler = await wire(proxyPort);
  const poolerFolder = join(folder, 'pgbouncer');
  mkdirSync(poolerFolder);
  const poolerPort = await freePort();
  const pooler = await startShippedPgBouncer({
    program: pgbouncer,
    folder: poolerFolder,
    port: poolerPort,
    target: { port: behindPooler.port, database: 'openbeian' },
    users: passwords,
    certificate: cluster.certificate,
  });
  endings.push(() => pooler.stop());
  const [toPooler, toProxy] = [await wire(poolerPort), await wire(proxyPort)];
  const authority = await startAuthoritySim({ verdictAfterMs: 0, calm: true, log: () => {} });
  endings.push(() => authority.close());
  const write = configWriter(folder, authority.url, { certificate: cluster.certificate, standbyPort });
  const [first, second] = [write('first', toPooler.port), write('second', toProxy.port)];
  await makeDatabase(cluster, write('owner', toPooler.port, 'openbeian_owner'));
  say('migrated through PgBouncer');
  await fill(first);
  const processes = await startProcesses(first, second, endings);
  const [one, other] = processes;
  const errors = () => processes.flatMap(({ said }) => said.filter((line) => line.includes('"level":50')));
  const servers = [one.ready[1] ?? '', other.ready[1] ?? ''] as const;
  say('two servers and two workers run');
  return { cluster, servers, errors, authority, wires: { toPooler, behindPooler, toProxy, toMachine } };
}

async function startHaproxy(
  program: string,
  folder: string,
  toMachine: Readonly<Record<string, readonly Wire[]>>,
  endings: Ending[],
): Promise<{ port: number; standbyPort: number }> {
  const [port, standbyPort] = [await freePort(), await freePort()];
  const server = (name: string) => {
    const [postgres, rest] = toMachine[name] ?? [];
    return `server ${name} 127.0.0.1:${postgres?.port} check port ${rest?.port}`;
  };
  const text = withChanges(readFileSync(join(root, 'examples/high-availability/haproxy.cfg'), 'utf8'), [
    ['bind 127.0.0.1:5000', `bind 127.0.0.1:${port}`],
    ['bind 127.0.0.1:5001', `bind 127.0.0.1:${standbyPort}`],
    ['server db1 192.0.2.21:5432 check port 8008', server('db1')],
    ['server db2 192.0.2.22:5432 check port 8008', server('db2')],
  ]);
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, text);
  const proxy = await runProxy(program, ['-db', '-f', file], port);
  endings.push(() => proxy.stop());
  return { port, standbyPort };
}

/** Writes configuration files of processes that reach the database at a port of this machine. */
function configWriter(
  folder: string,
  authorityUrl: string,
  { certificate, standbyPort }: { readonly certificate: string; readonly standbyPort: number },
) {
  const own = join(folder, 'openbeian');
  mkdirSync(own, { mode: 0o700 });
  const policies = join(own, 'policies');
  mkdirSync(policies);
  const policy = readFileSync(join(root, 'policies', 'sample', 'xingyun.yaml'), 'utf8');
  writeFileSync(join(policies, 'xingyun.yaml'), policy.replaceAll(/limit: \d+/g, 'limit: 1000000'));
  const keyRingFile = join(own, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('first')), { mode: 0o600 });
  const plenty = { limit: 100_000_000 };
  return (name: string, port: number, role: keyof typeof passwords = 'openbeian_app'): string => {
    const file = join(own, `${name}.json`);
    // PgBouncer, on this machine, encrypts what goes further; without it the program does.
    const tls = name === 'second' ? `?sslmode=verify-full&sslrootcert=${certificate}` : '';
    const urlAt = (at: number) => `postgres://${role}:${passwords[role]}@127.0.0.1:${at}/openbeian${tls}`;
    const config = {
      provider: 'xingyun',
      name: { zh: '星云', en: 'Xingyun' },
      database: { url: urlAt(port), ...(name === 'second' && { replicaUrl: urlAt(standbyPort) }) },
      keyRingFile,
      policyDirectories: [policies],
      http: { port: 0, limits: { costPerAccount: plenty, costPerAddress: plenty, heldByOthersPerAccount: plenty } },
      drafts: { perAccount: 10_000 },
      materials: { required: false },
      verification: { required: false },
      authority: { adapter: 'plain', url: authorityUrl, secret: defaultSimSecret },
      worker: { pollMs: 200 },
    };
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return file;
  };
}

/** As docs/database-role.md says, by its own words. */
async function makeDatabase(cluster: Cluster, ownerConfig: string): Promise<void> {
  const page = readFileSync(join(root, 'docs', 'database-role.md'), 'utf8');
  const [roles = '', grants = '', limits = ''] = [...page.matchAll(/```sql\n([\s\S]+?)```/g)].map(
    ([, sql = '']) => sql,
  );
  const { primary } = await cluster.whole();
  const administrator = await connectTo(primary.postgresPort);
  for (const statement of roles.split(/;\s*\n/).filter((text) => text.trim() !== ''))
    await administrator.query(statement);
  for (const [role, password] of Object.entries(passwords)) {
    await administrator.query(`ALTER ROLE ${role} PASSWORD '${password}'`);
  }
  await administrator.query(limits);
  await administrator.end();
  await startOpenbeian(['migrate', '--config', ownerConfig], /数据库已是本版本的结构/);
  const owner = await connectTo(primary.postgresPort, 'openbeian');
  await owner.query('SET ROLE openbeian_owner');
  await owner.query(grants);
  await owner.end();
}

async function fill(configFile: string): Promise<void> {
  const deployment = await openDeployment(loadConfig(configFile, {}), { logger: createLogger('silent') });
  try {
    await loadSample(deployment);
  } finally {
    await deployment.close();
  }
}

async function startProcesses(first: string, second: string, endings: Ending[]) {
  const keep = async (starting: Promise<OwnProcess>) => {
    const started = await starting;
    endings.push(() => started.stop());
    return started;
  };
  const server = (config: string) =>
    keep(startOpenbeian(['server', '--config', config, '--no-console'], /"url":"(http:[^"]+)".*server listens/));
  const worker = (config: string) => keep(startOpenbeian(['worker', '--config', config], /worker runs/));
  return Promise.all([server(first), server(second), worker(first), worker(second)]);
}
