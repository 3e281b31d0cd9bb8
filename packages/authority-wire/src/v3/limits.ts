import { unreadable } from './troubles.ts';

/** How much of what somebody else sends is read at most; beyond any of these it is a fault, not a slow process. */
export interface ReadLimits {
  /** Of the package, once out of base64. */
  readonly packedBytes: number;
  /** Of the document, once out of the ZIP. */
  readonly expandedBytes: number;
  /** Expanded bytes for each packed one; the first MiB is free. */
  readonly expansion: number;
  readonly depth: number;
  readonly elements: number;
  /** Characters of one text, tag, comment or the like. */
  readonly textLength: number;
  readonly durationMs: number;
}

const mebibyte = 1024 * 1024;

/** A package has 50 MB and 1,000 records; a full synchronisation has more. */
export const defaultLimits: ReadLimits = {
  packedBytes: 64 * mebibyte,
  expandedBytes: 192 * mebibyte,
  expansion: 200,
  depth: 32,
  elements: 2_000_000,
  textLength: mebibyte,
  durationMs: 60_000,
};

/** Most bytes that may come out of so many packed ones. */
export function mostExpanded(packedBytes: number, limits: ReadLimits): number {
  return Math.min(limits.expandedBytes, mebibyte + packedBytes * limits.expansion);
}

/** Throws once `durationMs` are over; `nowMs` is a clock that only goes forward. */
export function startDeadline(limits: ReadLimits, nowMs: () => number = () => performance.now()): () => void {
  const endMs = nowMs() + limits.durationMs;
  return () => {
    if (nowMs() > endMs) throw unreadable('took_too_long');
  };
}
