import type { Actor } from '../command/call.ts';

/** Whose notices: a customer reads its account's, the provider's people the provider's. */
export const readerOf = (actor: Actor): string | null => (actor.role === 'customer' ? actor.accountId : null);
