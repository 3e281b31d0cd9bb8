import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { type ApiKeyView, madeKeyShape, readApiKeyView } from './api-key-view.ts';

/** Ends a key at once, both of its secrets. Revoking it again changes nothing. @throws Fault `object.not_found`. */
export const revokeApiKey = commandInParts(
  { id: 'revokeApiKey', faults: ['object.not_found'] },
  (request: CommandRequest<'object.not_found'>, input: { readonly keyId: string }): Promise<ApiKeyView> =>
    onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { tx, at } = step;
        const { id } = requireVisible(step, await tx.apiKeys.find(input.keyId), (key) => [key.accountId]);
        if (await tx.apiKeys.revoke(id, at)) await recordAudit(step, 'ApiKeyRevoked', { kind: 'api_key', id });
        return { keyId: id };
      },
      { stored: madeKeyShape, present: (step, { keyId }) => readApiKeyView(step, keyId) },
    ),
);
