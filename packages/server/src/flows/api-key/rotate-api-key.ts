import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { type ApiKeyWithSecret, bearerOf, hashOfSecret, newApiKeySecret, requireStillOwner } from './api-key-secret.ts';
import { madeKeyShape, readApiKeyView } from './api-key-view.ts';

const msPerHour = 3_600_000;

/**
 * A new secret for a key; the one before stays valid for `overlapHours`.
 * @throws Fault `object.not_found`, `object.changed` for a revoked key, `auth.forbidden` for the provider's people.
 */
export const rotateApiKey = commandInParts(
  { id: 'rotateApiKey', faults: ['object.not_found', 'object.changed'] },
  (
    request: CommandRequest<'object.not_found' | 'object.changed'>,
    input: { readonly keyId: string; readonly overlapHours: number },
  ): Promise<ApiKeyWithSecret> => {
    let secret: string | null = null;
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { deps, tx, actor, at } = step;
        const { id, accountId } = requireVisible(step, await tx.apiKeys.find(input.keyId), (key) => [key.accountId]);
        // Anyone with the secret can act as its account.
        if (ownAccount(step.actor) !== accountId) throw step.fault('auth.forbidden');
        await requireStillOwner(step);
        secret = newApiKeySecret(deps);
        const earlierUntil = new Date(Date.parse(at) + input.overlapHours * msPerHour).toISOString();
        const secretHash = hashOfSecret(deps, id, secret);
        const isRotated = await tx.apiKeys.rotate(id, { secretHash, earlierUntil, at, by: actor.userId });
        if (!isRotated) throw step.fault('object.changed');
        await recordAudit(step, 'ApiKeyRotated', { kind: 'api_key', id }, { earlierUntil });
        return { keyId: id };
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
