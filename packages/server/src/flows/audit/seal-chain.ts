import { createHash } from 'node:crypto';
import { canonicalJson } from '@openbeian/model/canonical-json';
import type { AuditSeal, SealedAuditRow } from '../../ports/index.ts';

/*
 * The chain over the audit (docs/adr): a seal's digest is SHA-256 over the SHA-256 of each of its rows, in their order, and
 * over its own columns with the digest of the seal before. What a row's digest covers is its canonical JSON without the
 * columns that are empty, so that a column added later changes no digest of older rows.
 */

const rowDigestLength = 12;
/** What the first seal follows. */
const beforeFirst = '';

type SealFacts = Pick<AuditSeal, 'sequence' | 'day' | 'through' | 'sealedAt'>;

/** Takes rows in their order, then makes the seal's digest; in a memory that grows by a short digest for each row. */
export class SealBuilder {
  readonly #hash = createHash('sha256');
  readonly #rowDigests: string[] = [];

  add(row: SealedAuditRow): void {
    const digest = createHash('sha256').update(canonicalJson(row)).digest('hex');
    this.#hash.update(digest);
    this.#rowDigests.push(digest.slice(0, rowDigestLength));
  }

  /** @param previous the digest of the seal before; null for the first one. */
  finish({ sequence, day, through, sealedAt }: SealFacts, previous: string | null) {
    const rowCount = this.#rowDigests.length;
    const facts = { sequence, day, through, sealedAt, rowCount, previous: previous ?? beforeFirst };
    const digest = this.#hash.update(canonicalJson(facts)).digest('hex');
    return { digest, rowCount, rowDigests: this.#rowDigests.join('') };
  }
}

/** The row digests of a seal, one for each row. */
export function digestsOf({ rowDigests }: Pick<AuditSeal, 'rowDigests'>): readonly string[] {
  return rowDigests.match(/.{1,12}/g) ?? [];
}

export type RowDifference = 'changed' | 'missing' | 'added';

/**
 * The first place where two lists of row digests differ, and what happened there to a row of `sealed`; null where they are alike.
 * A row that was changed and one that was removed right beside another that was added look the same: `changed`.
 */
export function firstDifference(
  sealed: readonly string[],
  found: readonly string[],
): { readonly index: number; readonly what: RowDifference } | null {
  const most = Math.max(sealed.length, found.length);
  for (let index = 0; index < most; index += 1) {
    if (sealed[index] === found[index]) continue;
    if (found[index] === undefined || (sealed[index + 1] === found[index] && found.length < sealed.length)) {
      return { index, what: 'missing' };
    }
    if (sealed[index] === undefined || (sealed[index] === found[index + 1] && found.length > sealed.length)) {
      return { index, what: 'added' };
    }
    if (found.length > sealed.length) return { index, what: 'added' };
    if (found.length < sealed.length) return { index, what: 'missing' };
    return { index, what: 'changed' };
  }
  return null;
}
