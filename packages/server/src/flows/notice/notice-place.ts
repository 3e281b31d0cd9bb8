import type { NoticeRow } from '../../ports/index.ts';

/** The page of the console on which what a notice is about can be seen to. */
export function placeOf({ type, filingId, resourceId, webhookId }: Omit<NoticeRow, 'about'>): string {
  if (filingId !== null) return `/filings/${filingId}`;
  if (resourceId !== null) return `/resources/${encodeURIComponent(resourceId)}`;
  if (webhookId !== null) return `/webhooks/${webhookId}`;
  if (type.startsWith('Move')) return '/moves';
  if (type.startsWith('Correction') || type === 'RecordCancelled' || type === 'AccessEnded') return '/records';
  return type === 'SupportAccessBegun' ? '/account' : '/notices';
}
