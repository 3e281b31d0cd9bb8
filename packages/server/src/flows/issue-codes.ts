import { type CodeFormat, mintCode } from '@openbeian/model/code';
import { Fault } from '@openbeian/model/fault';
import type { IssueCodesOutcome, StoreTransaction } from '../ports/index.ts';
import { type AccountDesk, deskOfResource, openDesk } from './account-desk.ts';
import { auditFact } from './audit-fact.ts';
import type { CommandCall } from './call.ts';
import { type CodeView, codeViewOf } from './code-view.ts';
import type { FlowDeps } from './deps.ts';
import { ownAccount, seen } from './permission.ts';
import { hashOf } from './run-command.ts';

export interface IssueCodesInput {
  readonly resourceId: string;
  readonly count: number;
  readonly granteeAccountId: string | null;
  readonly note: string;
}
type IssueCodesAnswer = { codes: { clear: string; code: CodeView }[] };

export const codeContext = (codeId: string): string => `code:${codeId}`;

/** How often to decide again when the resource changes between reading and writing; each time is a fresh read. */
const attempts = 3;

/**
 * Issues codes on a resource: one read of the facts, a decision, then one statement that guards the resource's version
 * and spends the quota, or writes nothing.
 * @throws Fault `object.not_found`, `resource.not_eligible` with all reasons, `quota.exhausted`, `object.changed`.
 */
export async function issueCodes(deps: FlowDeps, call: CommandCall, input: IssueCodesInput): Promise<IssueCodesAnswer> {
  const account = ownAccount(call.actor);
  const requestHash = hashOf(deps, 'issueCodes', input);
  for (let attempt = 1; ; attempt += 1) {
    const at = deps.clock.now();
    const { decision, ...facts } = await deps.store.transaction((tx) => readFacts(deps, tx, call, input, at));
    const outcome =
      decision === null
        ? await issueAt(deps, call, input, facts, account, requestHash, at)
        : await replayOnly(deps, call, requestHash);
    if (outcome?.outcome === 'issued' || outcome?.outcome === 'replayed') return present(deps, call, outcome.codeIds);
    if (outcome?.outcome === 'key_reused') throw new Fault('idempotency.key_reused');
    if (decision !== null) throw new Fault('resource.not_eligible', { reasons: decision });
    if (outcome?.outcome === 'quota_exhausted') throw new Fault('quota.exhausted');
    if (attempt === attempts) throw new Fault('object.changed');
  }
}

async function readFacts(deps: FlowDeps, tx: StoreTransaction, call: CommandCall, input: IssueCodesInput, at: string) {
  const { desk, row } = await deskOfResource(deps, tx, input.resourceId, at);
  seen(row, call.actor, (one) => [one.accountId]);
  if (input.granteeAccountId !== null) await knownGrantee(tx, input.granteeAccountId);
  const { issue } = desk.check(row, call.actor.accountId);
  const { ledger, capacity } = desk.ledgerOf(row, 'issue');
  const codes = desk.policyOf(row)?.version.codes;
  refuseLargeBatch(input.count, codes?.batchMaximum ?? null);
  const format: CodeFormat = codes?.format === 'uuid' ? 'uuid' : 'check20';
  return {
    decision: issue.outcome === 'eligible' ? null : issue.reasons,
    row,
    ledgerKey: ledger.ledgerKey,
    capacity,
    format,
  };
}

function refuseLargeBatch(count: number, maximum: number | null): void {
  if (maximum === null || count <= maximum) return;
  throw new Fault('input.invalid', {
    places: [{ path: 'count', expected: `at most ${maximum} at a time`, expectedZh: `一次最多签发 ${maximum} 个` }],
  });
}

/** @throws Fault `input.invalid` when nobody has that account id. */
export async function knownGrantee(tx: StoreTransaction, granteeAccountId: string): Promise<void> {
  if ((await tx.accounts.find(granteeAccountId)) !== null) return;
  throw new Fault('input.invalid', {
    places: [
      {
        path: 'granteeAccountId',
        expected: 'the id of an account of this provider',
        expectedZh: '应为本接入商的账号编号',
      },
    ],
  });
}

function issueAt(
  deps: FlowDeps,
  call: CommandCall,
  input: IssueCodesInput,
  facts: Omit<Awaited<ReturnType<typeof readFacts>>, 'decision'>,
  account: string,
  requestHash: string,
  at: string,
): Promise<IssueCodesOutcome> {
  const codes = Array.from({ length: input.count }, () => {
    const id = deps.ids.next('code');
    const clear = mintCode(facts.format, (length) => deps.ids.randomBytes(length));
    return {
      id,
      spendId: deps.ids.next('spd'),
      lookupHash: deps.vault.hash(clear, 'code'),
      sealed: deps.vault.seal(clear, codeContext(id)),
      tail: clear.slice(-4),
    };
  });
  return deps.store.issueCodes({
    idempotency: { actorId: call.actor.userId, operation: 'issueCodes', key: call.idempotencyKey, requestHash },
    resource: { id: facts.row.id, version: facts.row.version },
    ledgerKey: facts.ledgerKey,
    capacity: facts.capacity,
    issuerAccountId: account,
    granteeAccountId: input.granteeAccountId,
    note: input.note,
    at,
    codes,
    audit: auditFact(
      deps,
      call.actor,
      at,
      'CodesIssued',
      { kind: 'resource', id: facts.row.id },
      {
        codeIds: codes.map((code) => code.id),
        granteeAccountId: input.granteeAccountId,
      },
    ),
  });
}

/** A request that was done before is answered as before, even if the resource has failed the policy since. */
async function replayOnly(deps: FlowDeps, call: CommandCall, requestHash: string): Promise<IssueCodesOutcome | null> {
  return deps.store.transaction(async (tx) => {
    const done = await tx.idempotency.find(call.actor.userId, 'issueCodes', call.idempotencyKey);
    if (done === null) return null;
    if (done.requestHash !== requestHash) return { outcome: 'key_reused' };
    const { codeIds } = done.response as { codeIds: string[] };
    return { outcome: 'replayed', codeIds };
  });
}

async function present(deps: FlowDeps, call: CommandCall, codeIds: readonly string[]): Promise<IssueCodesAnswer> {
  return deps.store.transaction(async (tx) => {
    const codes: IssueCodesAnswer['codes'] = [];
    let desk: AccountDesk | null = null;
    for (const codeId of codeIds) {
      const code = seen(await tx.codes.find(codeId), call.actor, (one) => [one.issuerAccountId]);
      desk ??= await openDesk(deps, tx, code.issuerAccountId, deps.clock.now());
      codes.push({ clear: deps.vault.open(code.sealed, codeContext(code.id)), code: codeViewOf(desk, code) });
    }
    return { codes };
  });
}
