import type { Actor } from './call.ts';

/** Background work, in audit rows and events. */
export const worker: Actor = { userId: 'system', role: 'system', accountId: null };
