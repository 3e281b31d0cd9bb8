import type { Actor } from '../command/call.ts';

/** Whose turn it is in the threads that read inventories: a customer's account, or one of the staff. */
export const turnOf = ({ accountId, userId }: Actor): string => accountId ?? userId;
