import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type ApiKeyView, apiKeyViewOf } from './api-key-view.ts';

const limit = 500;

/** An account's keys, newest first; the provider's people see all or those of one account. */
export const listApiKeys = query(
  { id: 'listApiKeys', faults: [] },
  async (
    { tx, actor, at }: Step,
    input: { readonly accountId?: string | undefined },
  ): Promise<{ apiKeys: ApiKeyView[] }> => {
    const accountId = actor.role === 'customer' ? ownAccount(actor) : (input.accountId ?? null);
    return { apiKeys: (await tx.apiKeys.list({ accountId, limit })).map((row) => apiKeyViewOf(row, at)) };
  },
);
