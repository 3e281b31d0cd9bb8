import { isFault } from '@openbeian/model/fault';
import type { FailureToPut, WorkFailureRow } from '../../ports/index.ts';

/** Mail that failed, as operators see it; it waits in its own table, so nothing of it is kept with the failure. */
export const failedMail = (
  kind: 'notice' | 'link',
  itemId: string,
  failure: Pick<WorkFailureRow, 'failedAt' | 'retryAt' | 'lastError'>,
): FailureToPut => ({ kind, itemId, payload: null, sealedPayload: null, ...failure });

/** A fault's text, the mail library's code, or the server's number; the library's own text may repeat an address. */
export function mailErrorOf(error: unknown): string {
  if (isFault(error)) return error.message;
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const word = typeof code === 'string' ? code : 'failed';
  return typeof responseCode === 'number' ? `${word} ${responseCode}` : word;
}
