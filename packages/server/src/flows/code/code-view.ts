import { type CodeState, deriveCodeState } from '@openbeian/model/code';
import type { CodeRow } from '../../ports/index.ts';
import type { AccountDesk } from '../resource/account-desk.ts';
import { type CodeReason, reasonsOfStanding } from './code-reasons.ts';

/** A code as its issuer, its grantee or the provider's people see it; never the code itself. */
export interface CodeView {
  readonly id: string;
  readonly resourceId: string;
  readonly issuerAccountId: string;
  readonly granteeAccountId: string | null;
  readonly tail: string;
  readonly note: string;
  readonly state: CodeState;
  readonly reasons: CodeReason[];
  readonly usableUntil: string | null;
  readonly issuedAt: string;
  readonly grantedAt: string | null;
  readonly boundFilingId: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
}

/** What shaping a code needs to know of its resource. */
export type CodeDesk = Pick<AccountDesk, 'rows' | 'standingOf' | 'goodUntilOf' | 'lastDayOfCode'>;

/** Shapes a code; its state is derived from its dated facts and the resource's standing today. */
export function codeViewOf(desk: CodeDesk, code: CodeRow): CodeView {
  const row = desk.rows.find((one) => one.id === code.resourceId);
  const standing = row === undefined ? null : desk.standingOf(row, code);
  const final = code.usedAt !== null || code.revokedAt !== null;
  return {
    id: code.id,
    resourceId: code.resourceId,
    issuerAccountId: code.issuerAccountId,
    granteeAccountId: code.granteeAccountId,
    tail: code.tail,
    note: code.note,
    state: deriveCodeState(code, standing?.standing ?? false),
    reasons: final ? [] : standing === null ? [] : reasonsOfStanding(standing),
    usableUntil:
      final || row === undefined || code.stoppedAt !== null
        ? null
        : earlier(desk.goodUntilOf(row), desk.lastDayOfCode(row, code.issuedAt)),
    issuedAt: code.issuedAt,
    grantedAt: code.grantedAt,
    boundFilingId: code.boundFilingId,
    usedAt: code.usedAt,
    revokedAt: code.revokedAt,
  };
}

/** Null sets no end. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
