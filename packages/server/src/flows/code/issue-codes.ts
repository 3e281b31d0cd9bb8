import { type CodeFormat, mintCode } from '@openbeian/model/code';
import { Fault } from '@openbeian/model/fault';
import {
  type IssueCodesCommand,
  type IssueCodesOutcome,
  type ResourceRow,
  type StoreTransaction,
  sealingContexts,
} from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount, seen } from '../command/permission.ts';
import { hashOf } from '../command/run-command.ts';
import { type AccountDesk, deskOf, deskOfResource, openDesk, standsAlone } from '../resource/account-desk.ts';
import { type CodeView, codeViewOf } from './code-view.ts';

export interface IssueCodesInput {
  readonly resourceId: string;
  readonly count: number;
  readonly granteeAccountId: string | null;
  readonly note: string;
}
type IssueCodesAnswer = { codes: { clear: string; code: CodeView }[] };

export const codeContext = sealingContexts.codes;

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
    // Only the first attempt takes the short way: whatever is refused is refused by everything there is to know.
    const short = attempt === 1 ? await readShort(deps, call, input, at) : null;
    const { decision, ...facts } =
      short ?? (await deps.store.transaction((tx) => readFacts(deps, tx, call, input, at)));
    const minted = decision === null ? mintCodes(deps, input.count, facts.format) : [];
    const outcome =
      decision === null
        ? await issueAt(deps, call, input, facts, minted, account, requestHash, at)
        : await replayOnly(deps, call, requestHash);
    if (outcome?.outcome === 'issued') return answerOf(input, facts, minted, account, at);
    if (outcome?.outcome === 'replayed') return present(deps, call, outcome.codeIds);
    if (outcome?.outcome === 'quota_exhausted' && short !== null) continue;
    if (outcome?.outcome === 'key_reused') throw new Fault('idempotency.key_reused');
    if (decision !== null) throw new Fault('resource.not_eligible', { reasons: decision });
    if (outcome?.outcome === 'quota_exhausted') throw new Fault('quota.exhausted');
    if (attempt === attempts) throw new Fault('object.changed');
  }
}

/**
 * Most resources are judged by themselves: then one read of resource and buyer is enough, and what the ledger has spent
 * is left to the statement that spends. Null: anything is against it, or others have a say; read everything then.
 */
async function readShort(deps: FlowDeps, call: CommandCall, input: IssueCodesInput, at: string) {
  const found = await deps.store.findIssuing(input.resourceId, input.granteeAccountId);
  if (found === null || !found.granteeKnown || !standsAlone(deps, found.resource, at)) return null;
  const row = seen(found.resource, call.actor, (one) => [one.accountId]);
  const facts = factsOf(deskOf(deps, found.account, [row], new Map(), at), row, call, input.count);
  return facts.decision === null ? facts : null;
}

async function readFacts(deps: FlowDeps, tx: StoreTransaction, call: CommandCall, input: IssueCodesInput, at: string) {
  const { desk, row } = await deskOfResource(deps, tx, input.resourceId, at);
  seen(row, call.actor, (one) => [one.accountId]);
  if (input.granteeAccountId !== null) await knownGrantee(tx, input.granteeAccountId);
  return factsOf(desk, row, call, input.count);
}

function factsOf(desk: AccountDesk, row: ResourceRow, call: CommandCall, count: number) {
  const { issue } = desk.check(row, call.actor.accountId);
  const { ledger, capacity } = desk.ledgerOf(row, 'issue');
  const codes = desk.policyOf(row)?.version.codes;
  refuseLargeBatch(count, codes?.batchMaximum ?? null);
  const format: CodeFormat = codes?.format === 'uuid' ? 'uuid' : 'check20';
  return {
    decision: issue.outcome === 'eligible' ? null : issue.reasons,
    desk,
    row,
    ledgerKey: ledger.ledgerKey,
    capacity,
    format,
  };
}

function refuseLargeBatch(count: number, maximum: number | null): void {
  if (maximum === null || count <= maximum) return;
  throw new Fault('input.invalid', {
    places: [{ path: 'count', expected: `at most ${maximum} at a time`, expectedZh: `一次最多生成 ${maximum} 个` }],
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

type Facts = Omit<ReturnType<typeof factsOf>, 'decision'>;
type Minted = IssueCodesCommand['codes'][number] & { readonly clear: string };

function mintCodes(deps: FlowDeps, count: number, format: CodeFormat): Minted[] {
  return Array.from({ length: count }, () => {
    const id = deps.ids.next('code');
    const clear = mintCode(format, (length) => deps.ids.randomBytes(length));
    return {
      id,
      clear,
      spendId: deps.ids.next('spd'),
      lookupHash: deps.vault.hash(clear, 'code'),
      sealed: deps.vault.seal(clear, codeContext(id)),
      tail: clear.slice(-4),
    };
  });
}

/** What `present` would read again, out of what was just written. */
function answerOf(
  input: IssueCodesInput,
  { desk, row }: Facts,
  minted: readonly Minted[],
  account: string,
  at: string,
): IssueCodesAnswer {
  const { granteeAccountId, note } = input;
  return {
    codes: minted.map(({ clear, id, spendId, sealed, tail }) => ({
      clear,
      code: codeViewOf(desk, {
        ...{ id, spendId, sealed, tail },
        ...{ resourceId: row.id, issuerAccountId: account, granteeAccountId, note, issuedAt: at },
        ...{ grantedAt: granteeAccountId === null ? null : at },
        ...{ boundFilingId: null, boundAt: null, usedAt: null, revokedAt: null, stoppedAt: null },
      }),
    })),
  };
}

function issueAt(
  deps: FlowDeps,
  call: CommandCall,
  input: IssueCodesInput,
  facts: Facts,
  minted: readonly Minted[],
  account: string,
  requestHash: string,
  at: string,
): Promise<IssueCodesOutcome> {
  const codes = minted.map(({ id, spendId, lookupHash, sealed, tail }) => ({ id, spendId, lookupHash, sealed, tail }));
  return deps.store.issueCodes({
    idempotency: { actorId: call.actor.userId, operation: 'issueCodes', key: call.idempotencyKey, requestHash },
    resource: { id: facts.row.id, version: facts.row.version },
    issuerRealName: facts.desk.account?.realName ?? '',
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
      desk ??= await openDesk(deps, tx, code.issuerAccountId, deps.clock.now(), [code.resourceId]);
      codes.push({ clear: deps.vault.open(code.sealed, codeContext(code.id)), code: codeViewOf(desk, code) });
    }
    return { codes };
  });
}
