import type { CodeRow, ResourceRow, ResourceUse, StoreTransaction } from '../../ports/index.ts';
import type { CodeReason } from '../code/code-reasons.ts';
import {
  codeEvaluatorOf,
  isDecidedAlone,
  openEvaluators,
  type Reading,
  reasonsAgainstFiling,
} from './account-evaluator.ts';

/** A resource as it is and as it would be, with what is on it. */
export interface UsedResource {
  readonly before: ResourceRow;
  readonly after: ResourceRow;
  /** The inventory is complete and does not name it. */
  readonly isGone: boolean;
  readonly codes: readonly CodeRow[];
  readonly uses: readonly ResourceUse[];
}

/** What would no longer be allowed on a resource, and why. */
export interface Break {
  readonly id: string;
  readonly accountId: string;
  readonly isGone: boolean;
  readonly codes: readonly { readonly id: string; readonly tail: string }[];
  readonly filings: readonly { readonly id: string; readonly domainName: string }[];
  readonly services: readonly { readonly number: string; readonly domainName: string }[];
  readonly reasons: readonly CodeReason[];
}

/** What an inventory would leave behind, as far as rules look at more than one resource. */
export interface Later {
  /** By account and id; rows that are neither here nor new stay as they are. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, ResourceRow>>;
  readonly realNames: ReadonlyMap<string, string>;
}

/** What a complete inventory does not name, as it would be: importing leaves it, but that is what it says. */
export const released = (row: ResourceRow): ResourceRow => ({ ...row, facts: { ...row.facts, state: 'released' } });

type Pair = Pick<UsedResource, 'before' | 'after' | 'isGone'>;

/** Those on which there is a code that is neither used nor revoked, an open filing or a record. */
export async function usedAmong(step: Reading, pairs: readonly Pair[]): Promise<UsedResource[]> {
  if (pairs.length === 0) return [];
  const ids = pairs.map(({ before }) => before.id);
  const codes = Map.groupBy(await step.tx.codes.listAlive(ids), (code) => code.resourceId);
  const uses = Map.groupBy(await step.tx.resources.listUses(ids), (use) => use.resourceId);
  return pairs.flatMap((pair) => {
    const on = { codes: codes.get(pair.before.id) ?? [], uses: uses.get(pair.before.id) ?? [] };
    return on.codes.length + on.uses.length === 0 ? [] : [{ ...pair, ...on }];
  });
}

/** Whether rules about it look at other resources of its account, before or after. */
export const isDecidedTogether = (step: Reading, { before, after }: Pair): boolean =>
  !isDecidedAlone(step, before) || !isDecidedAlone(step, after);

/** What breaks on some used resources: what was allowed before, and is not after. In the order given. */
export async function breaksAmong(step: Reading, used: readonly UsedResource[], later: Later): Promise<Break[]> {
  if (used.length === 0) return [];
  const afterwards = withLater(step, later);
  const [was, is] = [
    await openEvaluators(
      step,
      used.map(({ before }) => before),
    ),
    await openEvaluators(
      afterwards,
      used.map(({ after }) => after),
    ),
  ];
  const againstFiling = ({ before, after }: UsedResource): readonly CodeReason[] => {
    const [first, second] = [was.get(before.accountId), is.get(after.accountId)];
    if (first === undefined || second === undefined) return [];
    // A filing and a record have their place already.
    if (reasonsAgainstFiling({ evaluator: first, row: before }, false).length > 0) return [];
    return reasonsAgainstFiling({ evaluator: second, row: after }, false);
  };
  return used.flatMap((one) => breakOf(step, one, one.uses.length === 0 ? [] : againstFiling(one)));
}

function breakOf(step: Reading, one: UsedResource, againstFiling: readonly CodeReason[]): Break[] {
  const { before, after, isGone } = one;
  const [was, is] = [codeEvaluatorOf(step, [before]), codeEvaluatorOf(step, [after])];
  const stopped = one.codes.flatMap((code): { readonly code: CodeRow; readonly causes: readonly CodeReason[] }[] => {
    if (!was.validityOf(before, code).valid) return [];
    const validity = is.validityOf(after, code);
    return validity.valid ? [] : [{ code, causes: validity.causes }];
  });
  const uses = againstFiling.length === 0 ? [] : one.uses;
  if (stopped.length + uses.length === 0) return [];
  const ofKind = (kind: ResourceUse['kind']) => uses.filter((use) => use.kind === kind);
  return [
    {
      id: before.id,
      accountId: before.accountId,
      isGone,
      codes: stopped.map(({ code: { id, tail } }) => ({ id, tail })),
      filings: ofKind('filing').map(({ id, domainName }) => ({ id, domainName })),
      services: ofKind('service').map(({ id: number, domainName }) => ({ number, domainName })),
      reasons: eachOnce([...againstFiling, ...stopped.flatMap(({ causes }) => causes)]),
    },
  ];
}

function eachOnce(reasons: readonly CodeReason[]): CodeReason[] {
  const known = new Map(reasons.map((reason) => [`${reason.code} ${reason.message.en}`, reason]));
  return [...known.values()];
}

/** The same reading, of the accounts as the inventory would leave them. */
function withLater(step: Reading, { rows, realNames }: Later): Reading {
  const { resources, quota } = step.tx;
  const listOfAccounts = async (accountIds: readonly string[]) => {
    const stored = await resources.listOfAccounts(accountIds);
    const known = new Set(stored.map(({ id }) => id));
    const added = accountIds.flatMap((id) => [...(rows.get(id)?.values() ?? [])].filter((row) => !known.has(row.id)));
    return [...stored.map((row) => rows.get(row.accountId)?.get(row.id) ?? row), ...added];
  };
  const listWithAccounts: typeof quota.listWithAccounts = async (...asked) => {
    const { ledgers, accounts } = await quota.listWithAccounts(...asked);
    return { ledgers, accounts: accounts.map((one) => ({ ...one, realName: realNames.get(one.id) ?? one.realName })) };
  };
  // The rows of a transaction are made when they are asked for: those that differ stand before them.
  const tx: StoreTransaction = Object.create(step.tx, {
    resources: { value: { ...resources, listOfAccounts } },
    quota: { value: { ...quota, listWithAccounts } },
  });
  return { deps: step.deps, at: step.at, tx };
}
