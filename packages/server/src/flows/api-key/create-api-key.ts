import { recordAudit } from '../command/audit.ts';
import type { Actor } from '../command/call.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { FlowRequest, Step } from '../command/step.ts';
import { type ApiKeyWithSecret, bearerOf, hashOfSecret, newApiKeySecret, requireStillOwner } from './api-key-secret.ts';
import { madeKeyShape, readApiKeyView } from './api-key-view.ts';

interface NewApiKey {
  /** The caller's own. */
  readonly accountId?: string | undefined;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly lifetimeDays: number | null;
}

const msPerDay = 86_400_000;
/** More than any account needs; what is above it is a program run wild. */
const maxActiveKeys = 50;

/** Makes a key for the caller's own account. */
export const createApiKey = commandInParts(
  { id: 'createApiKey', faults: [] },
  (request: CommandRequest, input: NewApiKey): Promise<ApiKeyWithSecret> => {
    const accountId = accountOf(request, request.actor, input.accountId);
    let secret: string | null = null;
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        secret = newApiKeySecret(step.deps);
        return { keyId: await insertKey(step, accountId, input, secret) };
      },
      {
        stored: madeKeyShape,
        present: async (step, { keyId }) => ({
          apiKey: await readApiKeyView(step, keyId),
          secret: bearerOf(keyId, secret),
        }),
      },
    );
  },
);

async function insertKey(step: Step, accountId: string, input: NewApiKey, secret: string): Promise<string> {
  const { deps, tx, actor, at } = step;
  await requireStillOwner(step);
  const id = deps.ids.next('key');
  const scopes = [...new Set(input.scopes)].sort();
  const { name, lifetimeDays } = input;
  const expiresAt = lifetimeDays === null ? null : new Date(Date.parse(at) + lifetimeDays * msPerDay).toISOString();
  const secretHash = hashOfSecret(deps, id, secret);
  const row = { id, accountId, name, scopes, expiresAt, createdAt: at, createdBy: actor.userId, secretHash };
  if (!(await tx.apiKeys.insert(row, maxActiveKeys))) {
    const expected = `an account with fewer than ${maxActiveKeys} active keys: revoke one that is no longer used`;
    const expectedZh = `一个账号最多 ${maxActiveKeys} 个有效密钥，请先吊销不再使用的`;
    throw step.fault('input.invalid', { places: [{ path: 'accountId', expected, expectedZh }] });
  }
  await recordAudit(step, 'ApiKeyCreated', { kind: 'api_key', id }, { accountId, scopes, expiresAt });
  return id;
}

/** A secret is shown to whom it belongs: nobody makes keys for another account. @throws Fault `auth.forbidden` */
function accountOf({ fault }: Pick<FlowRequest, 'fault'>, actor: Actor, wanted: string | undefined): string {
  const own = ownAccount(actor);
  if (wanted !== undefined && wanted !== own) throw fault('auth.forbidden');
  return own;
}
