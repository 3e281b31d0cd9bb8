import { apiScopes } from '@openbeian/contract';
import { createApiKey } from '../../flows/api-key/create-api-key.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Deployment } from '../deployment.ts';

const id = 'key_sandbox';
/** As long as a secret is. */
const secret = Buffer.from('sandbox-key-known-to-everybody--');
const owner = { userId: 'sample-set-up', role: 'customer', accountId: 'acct-yunfan' } as const;

/** For trying the API of a sample deployment: known to everybody, as the passwords of its people are. */
export const sandboxKey = `obk.${id}.${secret.toString('base64url')}`;

/** Makes the key where it is not there yet; one that somebody revoked stays revoked. */
export async function ensureSandboxKey({ deps }: Pick<Deployment, 'deps'>): Promise<void> {
  if ((await deps.store.findApiKey(id)) !== null) return;
  const { ids } = deps;
  const known: Ids = {
    next: (prefix) => (prefix === 'key' ? id : ids.next(prefix)),
    randomBytes: (length) => (length === secret.length ? new Uint8Array(secret) : ids.randomBytes(length)),
  };
  const call = { actor: owner, idempotencyKey: `sandbox key ${deps.clock.now()}` };
  const scopes = [...apiScopes];
  await createApiKey({ ...deps, ids: known }, call, { name: '接口调试 · Sandbox', scopes, lifetimeDays: null });
}
