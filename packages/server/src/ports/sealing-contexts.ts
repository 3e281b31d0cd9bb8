import type { SealedKind } from './sealed-things.ts';

/**
 * What a sealed value is bound to: it opens only where it was sealed for. Values already stored carry these texts, so
 * they never change.
 */
export const sealingContexts = {
  codes: (codeId: string) => `code:${codeId}` as const,
  filings: (filingId: string, field: string) => `filing:${filingId}:${field}` as const,
  subjects: (subjectNumber: string) => `subject:${subjectNumber}` as const,
  webhooks: (webhookId: string) => `webhook:${webhookId}` as const,
  addresses: (accountId: string) => `account:${accountId}:mail` as const,
  messages: (messageId: string) => `message:${messageId}` as const,
  seals: (sequence: string) => `audit-seal:${sequence}` as const,
  people: (userId: string) => `person:${userId}:mail` as const,
  totp: (userId: string) => `person:${userId}:totp` as const,
  contests: (contestId: string) => `contest:${contestId}` as const,
  clearings: (day: string) => `audit-clearing:${day}` as const,
  texts: (textId: string) => `text:${textId}` as const,
  blobs: (blobId: string) => `blob:${blobId}` as const,
  uploads: (uploadId: string) => `upload:${uploadId}` as const,
  papers: (paperId: string) => `paper:${paperId}` as const,
} as const satisfies Readonly<Record<SealedKind, (...parts: string[]) => string>>;

/** Begins as every sealed text does; what was written before its column was sealed is clear. */
export const isSealed = (text: string): boolean => /^v[12]\./.test(text);

export type SealingContext = ReturnType<(typeof sealingContexts)[SealedKind]>;
