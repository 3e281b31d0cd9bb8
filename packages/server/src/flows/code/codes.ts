import type { CodeState } from '@openbeian/model/code';
import { Fault } from '@openbeian/model/fault';
import type { CodeFilter, CodePhase, CodeRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount, seen } from '../command/permission.ts';
import { runCommand } from '../command/run-command.ts';
import { deskOf, deskOfResource, openDesk } from '../resource/account-desk.ts';
import { type CodeView, codeViewOf } from './code-view.ts';
import { codeContext, knownGrantee } from './issue-codes.ts';

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

interface CodeQuery {
  readonly side: 'issued' | 'granted' | 'either';
  readonly resourceId?: string | undefined;
  readonly search?: string | undefined;
  readonly accountId?: string | undefined;
}

function filterOf(own: string | null, input: CodeQuery): CodeFilter {
  const sides = {
    issued: { issuerAccountId: own ?? '' },
    granted: { granteeAccountId: own ?? '' },
    either: { partyAccountId: own ?? '' },
  };
  return {
    ...(own === null ? {} : sides[input.side]),
    ...(input.resourceId === undefined ? {} : { resourceId: input.resourceId }),
    ...(input.accountId === undefined ? {} : { otherAccountId: input.accountId }),
    ...(input.search === undefined ? {} : { search: input.search }),
  };
}

/** How many codes are read at once, and at most for one page, where only the derived state tells which belong to it. */
const sifted = { batch: 500, most: 4000 } as const;

/**
 * The codes that an account issued, or that were granted to it; the provider's people see all. Newest first, a page at a
 * time: `next` is the `after` of the page that follows, null on the last one. Whether an open code is unused or suspended
 * is derived, so a page of either may be shorter than `limit` though more follow.
 */
export async function listCodes(
  deps: FlowDeps,
  call: QueryCall,
  input: CodeQuery & {
    readonly state?: CodeState | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<{ codes: CodeView[]; next: string | null }> {
  const { state, limit } = input;
  const own = call.actor.role === 'customer' ? ownAccount(call.actor) : null;
  const isDerived = state === 'unused' || state === 'suspended';
  const phase: CodePhase | undefined = isDerived ? 'open' : state;
  const filter = { ...filterOf(own, input), ...(phase === undefined ? {} : { phase }) };
  const batch = isDerived ? Math.max(sifted.batch, limit) : limit;
  return deps.store.transaction(async (tx) => {
    const page: CodeView[] = [];
    let after = input.after;
    for (let read = 0; read < sifted.most; read += batch) {
      const rows = await tx.codes.list({ ...filter, ...(after === undefined ? {} : { after }), limit: batch + 1 });
      for (const code of await viewsOf(deps, tx, rows.slice(0, batch))) {
        if (page.length === limit) return { codes: page, next: after ?? null };
        if (state === undefined || code.state === state) page.push(code);
        after = code.id;
      }
      if (rows.length <= batch) return { codes: page, next: null };
      if (page.length === limit) break;
    }
    return { codes: page, next: after ?? null };
  });
}

/** How many codes the asker's account has in each state, derived as in the list but without reading each code. */
export async function countCodes(
  deps: FlowDeps,
  call: QueryCall,
  input: CodeQuery,
): Promise<{ total: number; states: Record<CodeState, number> }> {
  const filter = filterOf(ownAccount(call.actor), input);
  return deps.store.transaction(async (tx) => {
    const counts = await tx.codes.count(filter);
    const rows = await tx.resources.listByIds([
      ...new Set(counts.flatMap(({ resourceId }) => (resourceId === null ? [] : [resourceId]))),
    ]);
    const desk = deskOf(deps, null, rows, new Map(), deps.clock.now());
    const resources = new Map(rows.map((row) => [row.id, row]));
    const states = { unused: 0, suspended: 0, bound: 0, used: 0, revoked: 0 };
    for (const { phase, resourceId, issuedAt, stoppedAt, count } of counts) {
      const row = resourceId === null ? undefined : resources.get(resourceId);
      const stands = row !== undefined && issuedAt !== null && desk.standingOf(row, { issuedAt, stoppedAt }).standing;
      states[phase === 'open' ? (stands ? 'unused' : 'suspended') : phase] += count;
    }
    return { total: Object.values(states).reduce((sum, count) => sum + count, 0), states };
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
