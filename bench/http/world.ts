import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { defaultSimSecret } from '../../packages/authority-sim/src/index.ts';
import { LibrarySessions } from '../../packages/server/src/auth/sessions.ts';
import { createLogger, type Deployment, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { formatKeyRing, makeKeyRing } from '../../packages/server/src/secrets/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import type { Person } from './mix.ts';

export const customers = 200;
export const serversEach = 10;
const staffEach = 8;
/** Of the server and of its peer: as a deployment has it that says nothing. */
const connections = 10;

export const accountOf = (customer: number) => `acct_http_${customer}`;
export const serverOf = (customer: number, server: number) => `ins_http_${customer}_${server}`;

/** A process that is measured. */
interface Measured {
  readonly baseUrl: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** A provider's deployment with signed-in customers and staff, on a database of its own. */
export interface World {
  readonly databaseUrl: string;
  readonly postmaster: number;
  readonly folder: string;
  readonly sql: pg.Pool;
  /** For preparing and for reading off statements, in this process. */
  readonly deployment: Deployment;
  /** The cookie of the `n`th of them. */
  cookieOf(person: Person, n: number): string;
  startServer(): Promise<Measured>;
  /** Starts a script of this folder that prints its port. */
  startPeer(): Promise<Measured & { readonly send: (message: unknown) => Promise<void> }>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const endings: (() => unknown)[] = [];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { ...(await open(endings)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(endings: (() => unknown)[]): Promise<Omit<World, 'close'>> {
  const postgres = await startPrivatePostgres();
  if (postgres === null) throw new Error('this measurement needs PostgreSQL');
  endings.push(() => postgres.stop());
  const { url: databaseUrl } = await postgres.createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-http-'));
  endings.push(() => rmSync(folder, { recursive: true }));
  const authority = await startAuthority();
  endings.push(() => authority.close());
  const configFile = writeConfig(folder, databaseUrl, authority.baseUrl);
  const config = parseConfig(JSON.parse(readFileSync(configFile, 'utf8')) as object);
  const deployment = await openDeployment(config, { logger: createLogger('silent') });
  endings.push(() => deployment.close());
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  sql.on('error', () => {});
  endings.push(() => sql.end());
  await giveServers(deployment);
  const cookies = await signInAll(deployment, sql);
  await sql.query('VACUUM ANALYZE');
  return {
    databaseUrl,
    postmaster: postgres.pid,
    folder,
    sql,
    deployment,
    cookieOf: (person, n) => cookies.get(`${person} ${n}`) ?? '',
    startServer: async () => {
      const server = await startServer(folder, configFile);
      endings.push(server.close);
      return server;
    },
    startPeer: async () => {
      const peer = await startPeer(databaseUrl);
      endings.push(peer.close);
      return peer;
    },
  };
}

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'packages/cli/src/main.ts');

function writeConfig(folder: string, url: string, authorityUrl: string): string {
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('bench')), { mode: 0o600 });
  const policies = join(folder, 'policies');
  mkdirSync(policies);
  const policy = readFileSync(join(root, 'policies', 'sample', 'xingyun.yaml'), 'utf8');
  // Nobody is stopped by a quota or by the allowances: what is measured is the work.
  writeFileSync(join(policies, 'xingyun.yaml'), policy.replaceAll(/limit: \d+/g, 'limit: 1000000'));
  const plenty = { limit: 100_000_000 };
  const limits = { costPerAccount: plenty, costPerAddress: plenty, lookupsPerAccount: plenty };
  const config = {
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { url, maxConnections: connections },
    keyRingFile,
    policyDirectories: [policies],
    http: { port: 0, limits, connectionsPerAddress: 10_000 },
    drafts: { perAccount: 10_000 },
    // Pictures are uploaded in parts, which nobody does here.
    materials: { required: false },
    verification: { required: false },
    authority: { adapter: 'plain', url: authorityUrl, secret: defaultSimSecret },
  };
  const file = join(folder, 'openbeian.json');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

/** @param server of that number of each customer */
export function serverFacts(customer: number, server: number | string, expiresAt = '2029-12-31'): object {
  return {
    id: `ins_http_${customer}_${server}`,
    account: accountOf(customer),
    provider: 'xingyun',
    product: 'server',
    region: 'cn-north-1',
    billing: 'prepaid',
    boughtAt: '2026-01-01',
    expiresAt,
    publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
    bandwidthMbps: 5,
    state: 'running',
    trial: false,
  };
}

async function giveServers({ flows, deps }: Deployment): Promise<void> {
  const numbers = Array.from({ length: customers }, (_, n) => n);
  const body = {
    accounts: numbers.map((n) => ({ id: accountOf(n), realName: 'enterprise' })),
    resources: numbers.flatMap((n) => Array.from({ length: serversEach }, (_, server) => serverFacts(n, server))),
  };
  const operator = { userId: 'usr_operator', role: 'operator', accountId: null } as const;
  await flows.putInventory({ actor: operator, idempotencyKey: 'first' }, { body });
  // Each files for one organiser after another.
  await deps.store.transaction(async (tx) => {
    for (const { id } of body.accounts) await tx.accounts.setAgency(id, true, deps.clock.now());
  });
}

/** Sessions as signing in makes them, but for the hashing of passwords, which is not what is measured. */
async function signInAll(deployment: Deployment, sql: pg.Pool): Promise<Map<string, string>> {
  const people = deployment.deps.people;
  const idle = { staffMs: people.staff.idleMs, customersMs: people.customers.idleMs };
  const { store } = deployment.deps;
  const sessions = new LibrarySessions({ library: await deployment.library(), store }, idle);
  const cookies = new Map<string, string>();
  const add = async (role: Exclude<Person, 'visitor'>, n: number) => {
    const [user, token] = [`usr_${role}_${n}`, `token-of-${role}-${n}`.padEnd(32, 'x')];
    await sql.query(
      `INSERT INTO auth_user (id, name, email, username, role, "accountId", "createdAt", "updatedAt")
       VALUES ($1, $1, $1 || '@users.invalid', $1, $2, $3, now(), now())`,
      [user, role, role === 'customer' ? accountOf(n) : null],
    );
    await sql.query(
      `INSERT INTO auth_session (id, token, "userId", "expiresAt", "createdAt", "updatedAt", "lastSeenAt", "openedBy", device,
         "secondFactorDue")
       VALUES ('ses_' || $1, $2, $1, now() + interval '1 day', now(), now(), now(), 'password', '', false)`,
      [user, token],
    );
    const [cookie = ''] = await sessions.cookiesOf(token, 86_400);
    cookies.set(`${role} ${n}`, cookie.split(';')[0] ?? '');
  };
  for (let n = 0; n < customers; n += 1) await add('customer', n);
  for (let n = 0; n < staffEach; n += 1) {
    await add('reviewer', n);
    await add('operator', n);
  }
  return cookies;
}

/** The authority's stand-in, which answers at once, in a process of its own. */
async function startAuthority(): Promise<Measured> {
  const child = spawn(process.execPath, [cli, 'authority-sim', '--calm'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.resume();
  const baseUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said))?.[0] ?? '';
  return { baseUrl, pid: child.pid ?? 0, close: ending(child) };
}

const ending = (child: ReturnType<typeof spawn>) => async () => {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};

/** Its log goes to a file, as a service manager has it: a reader of it would need a processor. */
async function startServer(folder: string, configFile: string): Promise<Measured> {
  const log = join(folder, 'server.log');
  const descriptor = openSync(log, 'a');
  const more = (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);
  // As the launcher starts it.
  const flags = ['--max-semi-space-size=16', '--v8-pool-size=2'];
  const child = spawn(process.execPath, [...flags, ...more, cli, 'server', '--config', configFile, '--no-console'], {
    stdio: ['ignore', descriptor, descriptor],
  });
  for (;;) {
    const said = readFileSync(log, 'utf8');
    const baseUrl = /"url":"(http:[^"]+)".*server listens/.exec(said)?.[1];
    if (baseUrl !== undefined) return { baseUrl, pid: child.pid ?? 0, close: ending(child) };
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
    await pause(50);
  }
}

async function startPeer(databaseUrl: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'peer.ts'), databaseUrl, String(connections)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('it is a pipe');
  const [said] = (await once(stdout, 'data')) as [Buffer];
  stdout.resume();
  return {
    baseUrl: String(said).trim(),
    pid: child.pid ?? 0,
    close: ending(child),
    send: async (message: unknown) => {
      const taken = once(child, 'message');
      child.send(message as object);
      await taken;
    },
  };
}
