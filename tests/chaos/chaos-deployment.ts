import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, dayOf } from '@openbeian/model/calendar';
import { createUser } from '../../packages/server/src/auth/users.ts';
import {
  createLogger,
  formatKeyRing,
  loadConfig,
  makeKeyRing,
  openDeployment,
} from '../../packages/server/src/main/index.ts';
import { type PrivatePostgres, startPrivatePostgres } from '../support/private-postgres.ts';

/** One private PostgreSQL with a deployment on it, whose server `ins-chaos` may issue `quota` codes. */
export interface ChaosDeployment {
  readonly postgres: PrivatePostgres;
  readonly databaseUrl: string;
  readonly configFile: string;
  close(): Promise<void>;
}

export const chaosResource = 'ins-chaos';
export const chaosAccount = 'acct-chaos';
export const chaosLogin = { login: 'chaos', password: 'issue until killed' };
export const chaosActor = { userId: 'usr_chaos', role: 'customer', accountId: chaosAccount } as const;

const root = join(import.meta.dirname, '..', '..');
const samplePolicy = join(root, 'policies', 'sample', 'xingyun.yaml');

/** Null where PostgreSQL is not installed. Commits are flushed to the disk (fsync), as in production. */
export async function openChaosDeployment(quota: number, connections: number): Promise<ChaosDeployment | null> {
  const postgres = await startPrivatePostgres();
  if (postgres === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-chaos-'));
  const close = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { url: databaseUrl } = await postgres.createDatabase();
    const configFile = writeConfig(folder, databaseUrl, quota, connections);
    await load(configFile);
    return { postgres, databaseUrl, configFile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function writeConfig(folder: string, databaseUrl: string, quota: number, connections: number): string {
  const policies = join(folder, 'policies');
  mkdirSync(policies);
  const stated = '{ of: [issue], scope: instance, limit: 5,';
  const policy = readFileSync(samplePolicy, 'utf8');
  if (!policy.includes(stated)) throw new Error(`the sample policy no longer says ${stated}`);
  writeFileSync(join(policies, 'xingyun.yaml'), policy.replace(stated, stated.replace('5', String(quota))));
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('chaos')), { mode: 0o600 });
  const configFile = join(folder, 'openbeian.json');
  const config = {
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { url: databaseUrl, maxConnections: connections },
    keyRingFile,
    policyDirectories: [policies],
    http: { port: 0 },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  };
  writeFileSync(configFile, JSON.stringify(config));
  return configFile;
}

async function load(configFile: string): Promise<void> {
  const deployment = await openDeployment(loadConfig(configFile, {}), { logger: createLogger('silent') });
  try {
    const today = dayOf(deployment.deps.clock.now());
    const operator = { userId: 'usr_operator', role: 'operator', accountId: null } as const;
    await deployment.flows.putInventory(
      { actor: operator, idempotencyKey: 'chaos' },
      {
        body: {
          accounts: [{ id: chaosAccount, realName: 'enterprise' }],
          resources: [
            {
              id: chaosResource,
              provider: 'xingyun',
              product: 'server',
              account: chaosAccount,
              region: 'cn-south-1',
              billing: 'prepaid',
              boughtAt: addDays(today, -100),
              expiresAt: addDays(today, 265),
              publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
              bandwidthMbps: 5,
            },
          ],
        },
      },
    );
    await createUser(await deployment.library(), {
      ...chaosLogin,
      displayName: 'chaos',
      role: 'customer',
      accountId: chaosAccount,
    });
  } finally {
    await deployment.close();
  }
}
