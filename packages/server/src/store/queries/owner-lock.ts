import type { Session } from '../engine/session.ts';

/**
 * Lets one transaction at a time add rows of this kind for an owner, until it ends: the statement after it then counts all
 * that are there. Without it, statements that run at once count the same rows, and each adds one too many.
 * @param accountId null: the provider's own
 */
export async function lockOwner(
  session: Session,
  kind: 'webhook' | 'api_key',
  accountId: string | null,
): Promise<void> {
  await session.rows('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [`${kind} ${accountId ?? ''}`]);
}
