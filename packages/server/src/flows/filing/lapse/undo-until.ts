import { msPerDay } from '../../command/settled-time.ts';

/** Until when a lapse can be undone. */
export const undoUntil = (lapsedAt: string, undoDays: number): string =>
  new Date(Date.parse(lapsedAt) + undoDays * msPerDay).toISOString();
