import { type CodeFormat, mintCode } from '@openbeian/model/code';
import type { Policy, Reason } from '@openbeian/model/eligibility';
import type { Fault } from '@openbeian/model/fault';
import {
  type IssueCodesCommand,
  type IssueCodesOutcome,
  issuedShape,
  readableOf,
  sealingContexts,
} from '../../ports/index.ts';
import { auditRow } from '../command/audit.ts';
import type { CommandRequest } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { maySee, ownAccount, requireVisible } from '../command/permission.ts';
import { hashOf } from '../command/request-hash.ts';
import { inTransaction } from '../command/step.ts';
import { type EvaluatedResource, evaluatorOf, isDecidedAlone, requireResource } from '../resource/account-evaluator.ts';
import { type CodeView, codeViewOf, openCodeEvaluator } from './code-view.ts';
import { requireGrantee } from './own-code.ts';

export interface IssueCodesInput {
  readonly resourceId: string;
  readonly count: number;
  readonly granteeAccountId: string | null;
  readonly note: string;
}
interface IssueCodesAnswer {
  readonly codes: readonly { readonly clear: string; readonly code: CodeView }[];
}
type IssueRequest = CommandRequest<'object.not_found' | 'resource.not_eligible' | 'quota.exhausted' | 'object.changed'>;

/** What one attempt came to. */
type IssueResult =
  | { readonly outcome: 'refused'; readonly fault: Fault }
  /** The same request was done before; its codes are given again. */
  | { readonly outcome: 'replayed'; readonly answer: IssueCodesAnswer }
  | { readonly outcome: 'issued'; readonly answer: IssueCodesAnswer }
  /** The facts have changed since, or were incomplete: read them again and decide again. */
  | { readonly outcome: 'facts_changed' };

/** How often to decide again when the facts change between reading and writing. */
const maxAttempts = 3;

/**
 * Issues codes on a resource of the caller's.
 * @throws Fault `object.not_found`, `resource.not_eligible` with all reasons, `quota.exhausted`, and `object.changed`
 * when the facts changed again and again.
 */
export const issueCodes = commandInParts(
  { id: 'issueCodes', faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted', 'object.changed'] },
  async (request: IssueRequest, input: IssueCodesInput): Promise<IssueCodesAnswer> => {
    const issuer = ownAccount(request.actor);
    const requestHash = hashOf(request.deps, request.operation, input);
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const again = { ...request, at: request.deps.clock.now() };
      const result = await issueOnce(again, input, { issuer, requestHash, mayRemember: attempt === 1 });
      if (result.outcome === 'refused') throw result.fault;
      if (result.outcome !== 'facts_changed') return result.answer;
    }
    throw request.fault('object.changed');
  },
);

interface Attempt {
  readonly issuer: string;
  readonly requestHash: string;
  /** May the decision be based on facts that are some minutes old? */
  readonly mayRemember: boolean;
}

/**
 * Steps 1 to 3 write nothing: when one fails, nothing remains, and the idempotency key is free. Step 4 commits
 * everything or nothing. When the process crashes after it, the codes are issued and only their answer is lost: the same
 * request under the same key gives it.
 */
async function issueOnce(request: IssueRequest, input: IssueCodesInput, attempt: Attempt): Promise<IssueResult> {
  // 1. Decide: by remembered facts where they allow it, else by all facts. Only all facts refuse.
  const remembered = attempt.mayRemember ? await decideByRemembered(request, input) : null;
  const decision = remembered ?? (await decideByAll(request, input));

  // 2. A refusal: a request that was done before is answered as before, even if the resource has become ineligible since.
  if (decision.reasons !== null) {
    const earlier = await findEarlier(request, attempt.requestHash);
    return earlier ?? refused(request.fault('resource.not_eligible', { reasons: decision.reasons }));
  }

  // 3. Mint the codes and seal them, in memory.
  const minted = mintCodes(request, input.count, decision.format);

  // 4. One statement guards what was decided by, claims the key, spends the quota, and writes codes, audit and events.
  const done = await request.deps.store.issueCodes(commandOf(request, input, { ...attempt, decision, minted }));

  // 5. Answer.
  switch (done.outcome) {
    case 'issued':
      return { outcome: 'issued', answer: answerOf(request, input, { decision, minted }) };
    case 'quota_exhausted':
      // Remembered facts do not include what the ledger has spent: all facts may name more reasons.
      return remembered === null ? refused(request.fault('quota.exhausted')) : { outcome: 'facts_changed' };
    default:
      return resultOf(request, done);
  }
}

const refused = (fault: Fault): IssueResult => ({ outcome: 'refused', fault });

async function resultOf(
  request: IssueRequest,
  done: Extract<IssueCodesOutcome, { outcome: 'replayed' | 'key_reused' | 'facts_changed' }>,
): Promise<IssueResult> {
  if (done.outcome === 'key_reused') return refused(request.fault('idempotency.key_reused'));
  if (done.outcome === 'facts_changed') return { outcome: 'facts_changed' };
  return { outcome: 'replayed', answer: await readAnswer(request, done.codeIds) };
}

interface Decision extends EvaluatedResource {
  /** Null: eligible. */
  readonly reasons: readonly Reason[] | null;
  readonly ledgerKey: string;
  readonly capacity: number | null;
  readonly format: CodeFormat;
}

/**
 * Most resources are decided about by themselves: then resource and buyer are enough, and what the ledger has spent is
 * left to the statement that spends. Null: not eligible by them, or they are not enough.
 */
async function decideByRemembered(request: IssueRequest, input: IssueCodesInput): Promise<Decision | null> {
  const found = await request.deps.store.findIssuing(input.resourceId, input.granteeAccountId);
  if (found === null || !found.granteeKnown || !isDecidedAlone(request, found.resource)) return null;
  const row = found.resource;
  const evaluator = evaluatorOf(request, { account: found.account, rows: [row], spent: new Map() });
  // Both would be refused by facts that may have changed.
  if (!maySee(request.actor, row.accountId) || isBatchTooLarge(input, evaluator.policyOf(row))) return null;
  const decision = decide(request, input, { evaluator, row });
  return decision.reasons === null ? decision : null;
}

function decideByAll(request: IssueRequest, input: IssueCodesInput): Promise<Decision> {
  return inTransaction(request, async (step) => {
    const { evaluator, row } = await requireResource(step, input.resourceId);
    requireVisible(step, row, (one) => [one.accountId]);
    if (input.granteeAccountId !== null) await requireGrantee(step, input.granteeAccountId);
    return decide(request, input, { evaluator, row });
  });
}

function isBatchTooLarge({ count }: IssueCodesInput, policy: Policy | null): boolean {
  const { batchMaximum = null } = policy?.version.codes ?? {};
  return batchMaximum !== null && count > batchMaximum;
}

function decide(request: IssueRequest, input: IssueCodesInput, resource: EvaluatedResource): Decision {
  const { evaluator, row } = resource;
  const { issue } = evaluator.check(row, request.actor.accountId);
  const { ledger, capacity } = evaluator.ledgerOf(row, 'issue');
  const policy = evaluator.policyOf(row);
  const { batchMaximum = null, format } = policy?.version.codes ?? {};
  if (isBatchTooLarge(input, policy)) {
    const expected = { expected: `at most ${batchMaximum} at a time`, expectedZh: `一次最多生成 ${batchMaximum} 个` };
    throw request.fault('input.invalid', { places: [{ path: 'count', ...expected }] });
  }
  return {
    evaluator,
    row,
    reasons: issue.outcome === 'eligible' ? null : issue.reasons,
    ledgerKey: ledger.ledgerKey,
    capacity,
    format: format === 'uuid' ? 'uuid' : 'check20',
  };
}

type Minted = IssueCodesCommand['codes'][number] & { readonly clear: string };

function mintCodes({ deps }: IssueRequest, count: number, format: CodeFormat): Minted[] {
  return Array.from({ length: count }, () => {
    const id = deps.ids.next('code');
    const clear = mintCode(format, (length) => deps.ids.randomBytes(length));
    return {
      id,
      clear,
      spendId: deps.ids.next('spd'),
      lookupHash: deps.vault.hash(clear, 'code'),
      sealed: deps.vault.seal(clear, sealingContexts.codes(id)),
      tail: clear.slice(-4),
    };
  });
}

function commandOf(
  request: IssueRequest,
  { granteeAccountId, note }: IssueCodesInput,
  {
    decision,
    minted,
    issuer,
    requestHash,
  }: Attempt & { readonly decision: Decision; readonly minted: readonly Minted[] },
): IssueCodesCommand {
  const { actor, operation, idempotencyKey: key, at } = request;
  const { row, evaluator, ledgerKey, capacity } = decision;
  const codes = minted.map(({ id, spendId, lookupHash, sealed, tail }) => ({ id, spendId, lookupHash, sealed, tail }));
  const detail = { codeIds: codes.map((code) => code.id), granteeAccountId };
  return {
    idempotency: { actorId: actor.userId, operation, key, requestHash },
    resource: { id: row.id, version: row.version },
    issuerRealName: evaluator.account?.realName ?? '',
    ledgerKey,
    capacity,
    issuerAccountId: issuer,
    granteeAccountId,
    note,
    at,
    codes,
    audit: auditRow(request, 'CodesIssued', { kind: 'resource', id: row.id }, detail),
  };
}

/** What `readAnswer` would read, out of what was just written. */
function answerOf(
  { at }: IssueRequest,
  { granteeAccountId, note }: IssueCodesInput,
  { decision, minted }: { readonly decision: Decision; readonly minted: readonly Minted[] },
): IssueCodesAnswer {
  const { evaluator, row } = decision;
  const written = {
    resourceId: row.id,
    issuerAccountId: row.accountId,
    granteeAccountId,
    note,
    issuedAt: at,
    grantedAt: granteeAccountId === null ? null : at,
    boundFilingId: null,
    boundAt: null,
    usedAt: null,
    revokedAt: null,
    stoppedAt: null,
  };
  return {
    codes: minted.map(({ clear, id, spendId, sealed, tail }) => ({
      clear,
      code: codeViewOf(evaluator, { id, spendId, sealed, tail, ...written }),
    })),
  };
}

/** What was answered under the request's key; null where nothing was. */
async function findEarlier(request: IssueRequest, requestHash: string): Promise<IssueResult | null> {
  const { actor, operation, idempotencyKey } = request;
  const key = { actorId: actor.userId, operation, key: idempotencyKey };
  const done = await inTransaction(request, ({ tx }) => tx.idempotency.find(key, issuedShape));
  if (done === null) return null;
  if (done.requestHash !== requestHash) return resultOf(request, { outcome: 'key_reused' });
  const { codeIds } = readableOf(done.response);
  return resultOf(request, { outcome: 'replayed', codeIds });
}

/** The codes as they are today. */
function readAnswer(request: IssueRequest, codeIds: readonly string[]): Promise<IssueCodesAnswer> {
  return inTransaction(request, async (step) => {
    const rows = new Map((await step.tx.codes.listByIds(codeIds)).map((row) => [row.id, row]));
    const codes = codeIds.map((id) => requireVisible(step, rows.get(id) ?? null, (one) => [one.issuerAccountId]));
    const evaluator = await openCodeEvaluator(step, codes);
    return {
      codes: codes.map((code) => ({
        clear: step.deps.vault.open(code.sealed, sealingContexts.codes(code.id)),
        code: codeViewOf(evaluator, code),
      })),
    };
  });
}
