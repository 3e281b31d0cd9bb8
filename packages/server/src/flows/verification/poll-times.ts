const firstPollMs = 60_000;
const longestPollMs = 15 * 60_000;
/** After the link is over, a result may still be on its way. */
const graceMs = 60 * 60_000;

/** Messages are faster; the service is asked in case one was lost. */
export const firstPollAt = (at: string): string => new Date(Date.parse(at) + firstPollMs).toISOString();

/** When a service is asked again that had no result; null: it will have none. */
export function nextPollAt(at: string, polls: number, linkUntil: string | null): string | null {
  const nextMs = Date.parse(at) + Math.min(longestPollMs, firstPollMs * 2 ** Math.min(polls, 10));
  if (linkUntil !== null && nextMs > Date.parse(linkUntil) + graceMs) return null;
  return new Date(nextMs).toISOString();
}
