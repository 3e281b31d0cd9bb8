import { Fault } from '@openbeian/model/fault';
import type { CodeRow, StoreTransaction } from '../ports/index.ts';
import { deskOf, deskOfResource, openDesk } from './account-desk.ts';
import { auditFact } from './audit-fact.ts';
import type { CommandCall, QueryCall } from './call.ts';
import { type CodeView, codeViewOf } from './code-view.ts';
import type { FlowDeps } from './deps.ts';
import { codeContext, knownGrantee } from './issue-codes.ts';
import { ownAccount, seen } from './permission.ts';
import { runCommand } from './run-command.ts';

/** Shapes codes, reading each issuer's resources once. */
export async function viewsOf(deps: FlowDeps, tx: StoreTransaction, codes: readonly CodeRow[]): Promise<CodeView[]> {
  const at = deps.clock.now();
  // Standing is a matter of the code's own resource: one read for a whole page, however large the accounts are.
  const rows = await tx.resources.listByIds([...new Set(codes.map((code) => code.resourceId))]);
  const desk = deskOf(deps, null, rows, new Map(), at);
  return codes.map((code) => codeViewOf(desk, code));
}

async function viewOfCode(deps: FlowDeps, tx: StoreTransaction, codeId: string): Promise<CodeView> {
  const code = await tx.codes.find(codeId);
  const [view] = code === null ? [] : await viewsOf(deps, tx, [code]);
  if (view === undefined) throw new Fault('object.not_found');
  return view;
}

/**
 * The codes that an account issued, or that were granted to it; the provider's people see all. Newest first, a page at a
 * time: `next` is the `after` of the page that follows, null on the last one.
 */
export async function listCodes(
  deps: FlowDeps,
  call: QueryCall,
  input: {
    readonly side: 'issued' | 'granted';
    readonly resourceId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<{ codes: CodeView[]; next: string | null }> {
  const own = call.actor.role === 'customer' ? ownAccount(call.actor) : null;
  const side = own === null ? {} : input.side === 'issued' ? { issuerAccountId: own } : { granteeAccountId: own };
  return deps.store.transaction(async (tx) => {
    const codes = await tx.codes.list({
      ...side,
      ...(input.resourceId === undefined ? {} : { resourceId: input.resourceId }),
      ...(input.after === undefined ? {} : { after: input.after }),
      limit: input.limit + 1,
    });
    const page = codes.slice(0, input.limit);
    const next = codes.length > page.length ? (page.at(-1)?.id ?? null) : null;
    return { codes: await viewsOf(deps, tx, page), next };
  });
}

/** One code, for its issuer, its grantee and the provider's people. @throws Fault `object.not_found`. */
export async function getCode(deps: FlowDeps, call: QueryCall, input: { readonly codeId: string }): Promise<CodeView> {
  return deps.store.transaction(async (tx) => {
    seen(await tx.codes.find(input.codeId), call.actor, (code) => [code.issuerAccountId, code.granteeAccountId]);
    return viewOfCode(deps, tx, input.codeId);
  });
}

/**
 * Grants an unused code to an account, or to another one.
 * @throws Fault `object.not_found` (also for a code of others), `code.wrong_state` when it is bound, used or revoked.
 */
export function grantCode(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly codeId: string; readonly granteeAccountId: string },
): Promise<CodeView> {
  return runCommand(deps, call, 'grantCode', input, async (tx, at) => {
    await issuedByMe(tx, call, input.codeId);
    await knownGrantee(tx, input.granteeAccountId);
    if (!(await tx.codes.grant(input.codeId, input.granteeAccountId, at))) throw new Fault('code.wrong_state');
    await tx.audit.append(
      auditFact(
        deps,
        call.actor,
        at,
        'CodeGranted',
        { kind: 'code', id: input.codeId },
        { granteeAccountId: input.granteeAccountId },
      ),
    );
    return viewOfCode(deps, tx, input.codeId);
  });
}

/**
 * Revokes an unused code; its quota comes back where the policy says so.
 * @throws Fault `object.not_found`, `code.wrong_state`.
 */
export function revokeCode(deps: FlowDeps, call: CommandCall, input: { readonly codeId: string }): Promise<CodeView> {
  return runCommand(deps, call, 'revokeCode', input, async (tx, at) => {
    const code = await issuedByMe(tx, call, input.codeId);
    if (!(await tx.codes.revoke(code.id, at))) throw new Fault('code.wrong_state');
    const desk = await openDesk(deps, tx, code.issuerAccountId, at, [code.resourceId]);
    const row = desk.rows.find((one) => one.id === code.resourceId);
    const returned = row !== undefined && desk.policyOf(row)?.version.codes?.returnedOnRevoke === true;
    if (returned) await tx.quota.returnSpend(code.spendId, at);
    await tx.audit.append(
      auditFact(deps, call.actor, at, 'CodeRevoked', { kind: 'code', id: code.id }, { quotaReturned: returned }),
    );
    return viewOfCode(deps, tx, code.id);
  });
}

/**
 * Points an unused code at another resource of its issuer; its place moves from one ledger to the other.
 * @throws Fault `object.not_found`, `code.not_repointable` where the policy says so, `resource.not_eligible` with all
 * reasons of the new resource, `quota.exhausted`, `code.wrong_state` when it is bound, used or revoked.
 */
export function repointCode(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly codeId: string; readonly resourceId: string },
): Promise<CodeView> {
  return runCommand(deps, call, 'repointCode', input, async (tx, at) => {
    const code = await issuedByMe(tx, call, input.codeId);
    if (code.boundFilingId !== null || code.usedAt !== null || code.revokedAt !== null)
      throw new Fault('code.wrong_state');
    if (code.resourceId === input.resourceId) return viewOfCode(deps, tx, code.id);
    const from = await deskOfResource(deps, tx, code.resourceId, at);
    // Held, so that what the code points at is what was judged.
    const { desk, row } = await deskOfResource(deps, tx, input.resourceId, at, true);
    if (row.accountId !== code.issuerAccountId) throw new Fault('object.not_found');
    const sameProvider = row.provider === from.row.provider;
    if (!sameProvider || from.desk.policyOf(from.row)?.version.codes?.repointable === false)
      throw new Fault('code.not_repointable');
    const { ledger, capacity } = desk.ledgerOf(row, 'issue');
    const stays = from.desk.ledgerOf(from.row, 'issue').ledger.ledgerKey === ledger.ledgerKey;
    const { issue } = stays ? desk.checkWithout(row, ledger.ledgerKey) : desk.check(row, row.accountId);
    if (issue.outcome !== 'eligible') throw new Fault('resource.not_eligible', { reasons: issue.reasons });
    await tx.quota.put(ledger.ledgerKey, capacity, at);
    const to = { resourceId: row.id, ledgerKey: ledger.ledgerKey, spendId: deps.ids.next('spd') };
    const outcome = await tx.codes.repoint(code.id, to, at);
    if (outcome === 'quota_exhausted') throw new Fault('quota.exhausted');
    if (outcome === 'wrong_state') throw new Fault('code.wrong_state');
    const detail = { fromResourceId: code.resourceId, resourceId: row.id };
    await tx.audit.append(auditFact(deps, call.actor, at, 'CodeRepointed', { kind: 'code', id: code.id }, detail));
    return viewOfCode(deps, tx, code.id);
  });
}

/** The code itself, for its issuer or grantee; every look leaves an audit row. @throws Fault `object.not_found`. */
export async function revealCode(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly codeId: string; readonly reason: string },
): Promise<{ clear: string }> {
  ownAccount(call.actor);
  return deps.store.transaction(async (tx) => {
    const code = seen(await tx.codes.find(input.codeId), call.actor, (one) => [
      one.issuerAccountId,
      one.granteeAccountId,
    ]);
    const at = deps.clock.now();
    await tx.audit.append(
      auditFact(deps, call.actor, at, 'CodeRevealed', { kind: 'code', id: code.id }, { reason: input.reason }),
    );
    return { clear: deps.vault.open(code.sealed, codeContext(code.id)) };
  });
}

async function issuedByMe(tx: StoreTransaction, call: CommandCall, codeId: string): Promise<CodeRow> {
  const account = ownAccount(call.actor);
  const code = await tx.codes.find(codeId);
  if (code === null || code.issuerAccountId !== account) throw new Fault('object.not_found');
  return code;
}
