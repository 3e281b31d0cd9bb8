import { dayOf } from '@openbeian/model/calendar';
import { type CodeState, parseCode } from '@openbeian/model/code';
import { Fault, type FaultPlace, faultCatalogue, partnerNumberOf, partnerNumbers } from '@openbeian/model/fault';
import type { CodeRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { runCommand } from '../command/run-command.ts';
import { openDesk } from '../resource/account-desk.ts';
import { type CodeReason, codeReasons } from './code-reasons.ts';
import type { CodeView } from './code-view.ts';
import { listCodes, viewsOf } from './codes.ts';

/** A reason with the number under which partners know it. */
type Numbered<Reason> = Reason & { readonly number: number };

/** Which of the caller's resources may issue codes now, and how many more (other clouds: check). */
export async function checkPartnerResources(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly resourceIds: readonly string[] },
) {
  const account = ownAccount(call.actor);
  const at = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const desk = await openDesk(deps, tx, account, at);
    const rows = new Map(desk.rows.map((row) => [row.id, row]));
    const results = input.resourceIds.map((resourceId) => {
      const row = rows.get(resourceId);
      if (row === undefined) return { ...nothing, resourceId, reasons: [unknownResource] };
      const { issue } = desk.check(row, account);
      const mayIssue = issue.outcome === 'eligible';
      return {
        resourceId,
        mayIssue,
        remaining: mayIssue ? (issue.quota?.remaining ?? null) : 0,
        quota: issue.quota,
        reasons: issue.reasons.map(numbered),
      };
    });
    return { at: dayOf(at), results };
  });
}

const nothing = { mayIssue: false, remaining: 0, quota: null };

const unknownResource: Numbered<CodeReason> = {
  code: 'object.not_found',
  number: partnerNumbers['resource.unknown'],
  message: { zh: faultCatalogue['object.not_found'].zh, en: faultCatalogue['object.not_found'].en },
  remedy: null,
  source: 'openbeian',
};

/** Every reason that reaches partners has a number; a test holds the table to that. */
function numbered<Reason extends { readonly code: string }>(reason: Reason): Numbered<Reason> {
  return { ...reason, number: partnerNumberOf(reason.code) ?? partnerNumbers['resource.not_eligible'] };
}

export interface PartnerGrant {
  /** The code itself, or its id. */
  readonly code?: string | undefined;
  readonly codeId?: string | undefined;
  readonly granteeAccountId: string;
}

/**
 * Grants up to 20 codes of the caller's, all or none.
 * @throws Fault `input.invalid` (places `grants[i]…`), `code.not_usable` with a reason, its `index` and its number for
 * each that cannot be granted; `code.wrong_state` when one was taken meanwhile.
 */
export function grantPartnerCodes(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly grants: readonly PartnerGrant[] },
): Promise<{ codes: CodeView[] }> {
  const account = ownAccount(call.actor);
  return runCommand(deps, call, 'grantPartnerCodes', input, async (tx, at) => {
    const found = await findOwnCodes(deps, tx, account, input.grants);
    await refusePlaces(tx, found, input.grants);
    const refused = found.flatMap((code, index) => {
      const reason = refusalOf(code, input.grants[index]);
      return reason === null ? [] : [{ ...numbered(reason), index }];
    });
    if (refused.length > 0) throw new Fault('code.not_usable', { reasons: refused });
    const grants = found.map((code, index) => ({
      id: code?.id ?? '',
      to: input.grants[index]?.granteeAccountId ?? '',
    }));
    // In one order for everybody, so that two batches do not wait for each other.
    for (const { id, to } of grants.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (!(await tx.codes.grant(id, to, at))) throw new Fault('code.wrong_state');
      const object = { kind: 'code', id };
      await tx.audit.append(auditFact(deps, call.actor, at, 'CodeGranted', object, { granteeAccountId: to }));
    }
    const granted = await Promise.all(grants.map(({ id }) => tx.codes.find(id)));
    return {
      codes: await viewsOf(
        deps,
        tx,
        granted.filter((code) => code !== null),
      ),
    };
  });
}

async function findOwnCodes(
  deps: FlowDeps,
  tx: StoreTransaction,
  account: string,
  grants: readonly PartnerGrant[],
): Promise<(CodeRow | null)[]> {
  const found: (CodeRow | null)[] = [];
  for (const { code, codeId } of grants) {
    const row = codeId === undefined ? await findByText(deps, tx, code ?? '') : await tx.codes.find(codeId);
    found.push(row?.issuerAccountId === account ? row : null);
  }
  return found;
}

async function findByText(deps: FlowDeps, tx: StoreTransaction, text: string): Promise<CodeRow | null> {
  const parsed = parseCode(text);
  return parsed.ok ? tx.codes.findByLookupHash(deps.vault.hashes(parsed.canonical, 'code')) : null;
}

/** @throws Fault `input.invalid`: one code twice, or granted to nobody there is. */
async function refusePlaces(
  tx: StoreTransaction,
  found: readonly (CodeRow | null)[],
  grants: readonly PartnerGrant[],
): Promise<void> {
  const places: FaultPlace[] = [];
  const ids = found.map((code) => code?.id);
  for (const [index, grant] of grants.entries()) {
    const id = ids[index];
    if (id !== undefined && ids.indexOf(id) < index) {
      places.push({
        path: `grants[${index}]`,
        expected: `a code that is not in grants[${ids.indexOf(id)}] already`,
        expectedZh: `应为与 grants[${ids.indexOf(id)}] 不同的授权码`,
      });
    }
    if ((await tx.accounts.find(grant.granteeAccountId)) === null) {
      places.push({
        path: `grants[${index}].granteeAccountId`,
        expected: 'the id of an account of this provider',
        expectedZh: '应为本接入商的账号编号',
      });
    }
  }
  if (places.length > 0) throw new Fault('input.invalid', { places });
}

function refusalOf(code: CodeRow | null, grant: PartnerGrant | undefined): CodeReason | null {
  if (code === null) {
    return grant?.code !== undefined && !parseCode(grant.code).ok ? codeReasons.mistyped : codeReasons.unknown;
  }
  if (code.revokedAt !== null) return codeReasons.revoked;
  if (code.usedAt !== null) return codeReasons.used;
  return code.boundFilingId === null ? null : codeReasons.bound;
}

export interface PartnerCodeAnswer {
  readonly found: boolean;
  readonly code: CodeView | null;
  readonly serviceNumber: string | null;
  readonly reasons: readonly Numbered<CodeReason>[];
}

/**
 * What became of codes, by the codes themselves, for their issuer and grantee; answers stand in the order asked. For
 * anybody else a code is unknown, after the same work.
 */
export async function queryPartnerCodes(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly codes: readonly string[] },
): Promise<{ results: PartnerCodeAnswer[] }> {
  const account = ownAccount(call.actor);
  return deps.store.transaction(async (tx) => {
    const results: PartnerCodeAnswer[] = [];
    for (const text of input.codes) {
      const row = await findByText(deps, tx, text);
      const mine = row !== null && [row.issuerAccountId, row.granteeAccountId].includes(account);
      const [code] = mine ? await viewsOf(deps, tx, [row]) : [];
      const reason = parseCode(text).ok ? codeReasons.unknown : codeReasons.mistyped;
      results.push(
        code === undefined
          ? { found: false, code: null, serviceNumber: null, reasons: [numbered(reason)] }
          : { found: true, ...(await told(tx, code)) },
      );
    }
    return { results };
  });
}

/** A code with the number of the site that it filed, and numbered reasons. */
async function told(tx: StoreTransaction, code: CodeView) {
  const filing = code.state === 'used' ? await tx.filings.find(code.boundFilingId ?? '') : null;
  return { code, serviceNumber: filing?.serviceNumber ?? null, reasons: code.reasons.map(numbered) };
}

/**
 * What a resource of the caller's has issued, newest first, a page at a time, and how many more it may. A resource of
 * others is unknown.
 */
export async function queryPartnerResource(
  deps: FlowDeps,
  call: QueryCall,
  input: {
    readonly resourceId: string;
    readonly state?: CodeState | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
) {
  const { resourceId } = input;
  const { results } = await checkPartnerResources(deps, call, { resourceIds: [resourceId] });
  const [{ remaining, reasons } = { remaining: 0, reasons: [unknownResource] }] = results;
  if (reasons.some(({ code }) => code === unknownResource.code)) {
    return { found: false, remaining, codes: [], next: null, reasons };
  }
  const { codes, next } = await listCodes(deps, call, { ...input, side: 'issued' });
  const shown = await deps.store.transaction((tx) => Promise.all(codes.map((code) => told(tx, code))));
  return { found: true, remaining, codes: shown, next, reasons };
}
