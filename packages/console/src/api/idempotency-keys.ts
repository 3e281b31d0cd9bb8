/**
 * Keeps one idempotency key per content of a command until its outcome is known. A double click, or a repetition after
 * a lost answer, then carries the same key and is done once; changed content, or a new decision after a definite
 * answer, gets a new key.
 */
export interface IdempotencyKeys {
  /** The key for this content: the one under way, or a new one. */
  keyFor(content: unknown): string;
  /** The server gave a definite answer (done or refused): the next time is a new decision. */
  settle(content: unknown): void;
}

export function createIdempotencyKeys(newKey: () => string): IdempotencyKeys {
  const underWay = new Map<string, string>();
  return {
    keyFor(content) {
      const name = JSON.stringify(content) ?? '';
      const key = underWay.get(name) ?? newKey();
      underWay.set(name, key);
      return key;
    },
    settle(content) {
      underWay.delete(JSON.stringify(content) ?? '');
    },
  };
}
