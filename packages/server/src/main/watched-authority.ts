import { isFault } from '@openbeian/model/fault';
import type { AuthorityCall } from '../http/work-metrics.ts';
import type { Authority } from '../ports/index.ts';

/** The authority's port, and who is told how it answers. */
export interface WatchedAuthority {
  readonly authority: Authority;
  watch(onCall: (call: AuthorityCall) => void): void;
  /** Since when the oldest message waits that was fetched and not acknowledged, in seconds; 0: none. */
  oldestMessageSeconds(): number;
}

/** Measures every question, answered or not; the port stays as it is. */
export function watchAuthority(authority: Authority): WatchedAuthority {
  const listeners: ((call: AuthorityCall) => void)[] = [];
  /** When each message was sent that came last time and is not acknowledged. */
  let waiting = new Map<string, number>();
  const measured = async <Result>(operation: string, province: string, ask: () => Promise<Result>): Promise<Result> => {
    const beganMs = performance.now();
    const tell = (error: string | null) => {
      const call = { operation, province, seconds: (performance.now() - beganMs) / 1000, error };
      for (const listener of listeners) listener(call);
    };
    try {
      const result = await ask();
      tell(null);
      return result;
    } catch (error) {
      tell(isFault(error) ? error.code : 'internal');
      throw error;
    }
  };
  return {
    authority: {
      submit: (submission, enclosed) =>
        measured('submit', submission.provinceCode, () => authority.submit(submission, enclosed)),
      ...(authority.listLosses === undefined
        ? {}
        : {
            listLosses: (...asked) => authority.listLosses?.(...asked) ?? Promise.resolve([]),
          }),
      ...(authority.findReceipt === undefined
        ? {}
        : { findReceipt: (...asked) => authority.findReceipt?.(...asked) ?? Promise.resolve(null) }),
      async fetchMessages(limit) {
        const messages = await measured('messages', '', () => authority.fetchMessages(limit));
        // Of one that cannot be read nobody knows when it was sent.
        waiting = new Map(
          messages.flatMap((one) =>
            one.kind === 'unreadable' ? [] : [[one.messageId, Date.parse(one.sentAt)] as const],
          ),
        );
        return messages;
      },
      readMessage: (raw) => authority.readMessage(raw),
      async acknowledge(messageId) {
        await measured('acknowledge', '', () => authority.acknowledge(messageId));
        waiting.delete(messageId);
      },
      ...(authority.findUncarried === undefined
        ? {}
        : { findUncarried: (text) => authority.findUncarried?.(text) ?? [] }),
      findStatus: (question) => measured('status', '', () => authority.findStatus(question)),
    },
    watch: (onCall) => void listeners.push(onCall),
    oldestMessageSeconds: () =>
      waiting.size === 0 ? 0 : Math.max(0, (Date.now() - Math.min(...waiting.values())) / 1000),
  };
}
