import { dayOf } from '@openbeian/model/calendar';
import { parseCode } from '@openbeian/model/code';
import { findPolicy } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { CodeRow, StoreTransaction } from '../../ports/index.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { type NameStanding, standingOfName } from '../filing/name-standing.ts';
import { registrableName } from '../filing/registrable-name.ts';
import { openDesk } from '../resource/account-desk.ts';
import { type CodeReason, codeReasons, reasonsOfStanding } from './code-reasons.ts';

export interface CodeVerification {
  readonly usable: boolean;
  readonly reasons: CodeReason[];
  /** What the name's own record means for the filing; only with a name, and only for a code that the asker may know. */
  readonly name?: NameStanding;
}

/**
 * Would this code work for this account (contract §8)? A stranger gets one answer for unknown and not granted, (that
 * guessing slows down is the caller's part). Customers ask for themselves, or for the grantees of codes they issued.
 */
export async function verifyCode(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly code: string; readonly accountId: string; readonly domainName?: string | undefined },
): Promise<CodeVerification> {
  const name = input.domainName === undefined ? null : registrableName(input.domainName);
  const asker = call.actor.role === 'customer' ? ownAccount(call.actor) : null;
  const { reasons, code } = await deps.store.transaction((tx) =>
    examineCode(deps, tx, input.code, input.accountId, asker),
  );
  if (name === null || code === null) return { usable: reasons.length === 0, reasons };
  const { standing, reason } = await standingOfName(deps, name, input.accountId);
  if (reason !== null) reasons.push(reason);
  return { usable: reasons.length === 0, reasons, name: standing };
}

/**
 * All that speaks against using a code for `accountId`, and the code when the asker may know it exists.
 * `asker` null: the provider's people, who may know everything.
 */
export async function examineCode(
  deps: FlowDeps,
  tx: StoreTransaction,
  text: string,
  accountId: string,
  asker: string | null,
  hold = false,
): Promise<{ readonly reasons: CodeReason[]; readonly code: CodeRow | null }> {
  const parsed = parseCode(text);
  if (!parsed.ok) return { reasons: [codeReasons.mistyped], code: null };
  const code = await tx.codes.findByLookupHash(deps.vault.hashes(parsed.canonical, 'code'));
  if (code === null) return { reasons: [codeReasons.unknown], code: null };
  const bearer = code.granteeAccountId === null && (await isBearer(deps, tx, code));
  const knows = asker === null || asker === code.issuerAccountId || asker === code.granteeAccountId || bearer;
  if (!knows || (asker !== null && asker !== accountId && asker !== code.issuerAccountId)) {
    return { reasons: [codeReasons.unknown], code: null };
  }
  const reasons: CodeReason[] = [];
  // The issuer may use its own codes; everybody else needs the grant.
  if (!bearer && accountId !== code.granteeAccountId && accountId !== code.issuerAccountId)
    reasons.push(codeReasons.not_grantee);
  reasons.push(...(await standingReasons(deps, tx, code, null, hold)));
  return { reasons, code };
}

/**
 * May anybody use a code that was granted to nobody? Where the policy grants codes by name, only its issuer may until it
 * is granted; to everybody else it is unknown.
 */
async function isBearer(deps: FlowDeps, tx: StoreTransaction, code: CodeRow): Promise<boolean> {
  const row = await tx.resources.find(code.resourceId);
  const day = dayOf(deps.clock.now());
  const policy = row === null ? null : findPolicy(deps.policies, row.provider, row.product, day);
  return (policy?.version.codes?.grant ?? 'bearer') === 'bearer';
}

/**
 * What speaks against the code itself; being bound to `boundTo` is no reason. `hold` keeps its resource’s facts from
 * changing until the transaction ends.
 */
export async function standingReasons(
  deps: FlowDeps,
  tx: StoreTransaction,
  code: CodeRow,
  boundTo: string | null,
  hold: boolean,
): Promise<CodeReason[]> {
  if (code.revokedAt !== null) return [codeReasons.revoked];
  if (code.usedAt !== null) return [codeReasons.used];
  const reasons: CodeReason[] = [];
  if (code.boundFilingId !== null && code.boundFilingId !== boundTo) reasons.push(codeReasons.bound);
  if (hold) await tx.resources.findForShare(code.resourceId);
  const desk = await openDesk(deps, tx, code.issuerAccountId, deps.clock.now(), [code.resourceId]);
  const row = desk.rows.find((one) => one.id === code.resourceId);
  if (row === undefined)
    throw new Fault('internal', { detail: { zh: '授权码没有对应的资源', en: 'A code without its resource' } });
  reasons.push(...reasonsOfStanding(desk.standingOf(row, code)));
  return reasons;
}
