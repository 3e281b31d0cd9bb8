import type { ApiKeyRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type ApiKeyView, apiKeyViewOf } from './api-key-view.ts';

const newestFirst: ListOrder<ApiKeyRow> = byId('api-keys');

interface Asked {
  readonly accountId?: string | undefined;
  readonly state?: ApiKeyView['state'] | undefined;
}

/** An account's keys, newest first; the provider's people see all or those of one account. */
export const listApiKeys = query(
  { id: 'listApiKeys', faults: [] },
  async (
    { tx, actor, at }: Step,
    { accountId: asked, state, ...input }: Asked & PageInput,
  ): Promise<{ apiKeys: ApiKeyView[]; next: string | null }> => {
    const accountId = actor.role === 'customer' ? ownAccount(actor) : (asked ?? null);
    const { rows, next } = await pageOf(newestFirst, input, (page) =>
      tx.apiKeys.list({ accountId, ...(state && { state: { is: state, at } }), ...page }),
    );
    return { apiKeys: rows.map((row) => apiKeyViewOf(row, at)), next };
  },
);
