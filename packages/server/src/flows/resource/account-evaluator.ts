import { dayOf } from '@openbeian/model/calendar';
import {
  type CodeDates,
  type CodeValidity,
  codeStopsOn,
  codeValidity,
  type Decision,
  decide,
  findPolicy,
  goodUntil,
  type Inventory,
  type InventoryContext,
  inventoryContext,
  lastDayOfCode,
  type Outcome,
  outcomeOfSet,
  type Policy,
  type ReasonSet,
  type Survey,
  survey,
} from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { type Ledger, ledgerOf, type QuotaUse } from '@openbeian/model/quota';
import type { AccountRow, CodeRow, ResourceRow } from '../../ports/index.ts';
import type { CodeReason } from '../code/code-reasons.ts';
import type { FlowRequest, Step } from '../command/step.ts';

/** What of a code itself decides whether it can be used. */
type OwnDates = Pick<CodeRow, 'issuedAt' | 'stoppedAt'>;
const datesOf = ({ issuedAt, stoppedAt }: OwnDates): CodeDates => ({
  issuedOn: dayOf(issuedAt),
  stoppedForGood: stoppedAt !== null,
});

/** Evaluates codes by their own resources; what else their accounts have does not matter once a code is issued. */
export interface CodeEvaluator {
  rowOf(resourceId: string): ResourceRow | null;
  policyOf(row: ResourceRow): Policy | null;
  /** Is a code of the resource usable today as far as the resource goes? */
  validityOf(row: ResourceRow, code: OwnDates): CodeValidity;
  /** The first day on which the code stops; null where nothing that is dated stops it. */
  stopsOnOf(row: ResourceRow, code: OwnDates): string | null;
  /** The last day on which, with nothing renewed, the resource meets the policy's dated conditions. */
  goodUntilOf(row: ResourceRow): string | null;
  /** The last day of a code's own validity period; null where it is valid as long as its resource. */
  lastDayOfCode(row: ResourceRow, issuedAt: string): string | null;
}

/** Evaluates the resources of one account, which were read once. */
export interface AccountEvaluator extends CodeEvaluator {
  readonly account: AccountRow | null;
  readonly rows: readonly ResourceRow[];
  /** The whole result of `check` for a resource, for `viewer`. */
  check(row: ResourceRow, viewer: string | null): Decision;
  /** The outcomes of `check` alone: no words are made, so that a whole account is counted quickly. */
  outcomes(row: ResourceRow, viewer: string): Outcomes;
  /** All reasons of `check`, without words, for its owner. */
  reasonSets(row: ResourceRow): Readonly<Record<QuotaUse, ReasonSet>>;
  /** As `check`, with one spend of this ledger left out: a filing that holds a place already is evaluated without itself. */
  checkWithout(row: ResourceRow, ledgerKey: string): Decision;
  /** Where a use of the resource is counted, and how much room the ledger has beyond the inventory's own `used`. */
  ledgerOf(row: ResourceRow, use: QuotaUse): { readonly ledger: Ledger; readonly capacity: number | null };
}

export type Outcomes = Readonly<Record<QuotaUse, Outcome>>;

export interface AccountFacts {
  readonly account: AccountRow | null;
  readonly rows: readonly ResourceRow[];
  /** Per `ledgerKey` what the store's ledgers have spent. */
  readonly spent: ReadonlyMap<string, number>;
}

type Moment = Pick<FlowRequest, 'deps' | 'at'>;
/** What reading takes of a step. */
export type Reading = Pick<Step, 'deps' | 'at' | 'tx'>;

const policyOn = ({ deps, at }: Moment, row: ResourceRow): Policy | null =>
  findPolicy(deps.policies, row.provider, row.product, dayOf(at));

/**
 * Reads an account's resources and ledgers. Quotas by account add up over its resources of a product, so these are read unless
 * `wanted` names the resources that are asked about and none of their rules looks at others. What cannot be read and could
 * count there refuses the question (`store.unreadable`): without it a quota would be too large. What counts elsewhere refuses nothing.
 */
export async function openEvaluator(
  step: Reading,
  accountId: string,
  wanted?: readonly string[],
  heldBy: string | null = null,
): Promise<AccountEvaluator> {
  const some = wanted === undefined ? null : await step.tx.resources.listByIds(wanted);
  return openEvaluatorOver(step, { accountId, some }, heldBy);
}

/** @param some what is asked about, as it was read; null: all that the account has */
async function openEvaluatorOver(
  step: Reading,
  { accountId, some }: { readonly accountId: string; readonly some: readonly ResourceRow[] | null },
  heldBy: string | null,
): Promise<AccountEvaluator> {
  const alone = some?.every((row) => row.accountId === accountId && isDecidedAlone(step, row)) === true;
  const products = some === null ? undefined : productsCounted(step, accountId, some);
  const all = () => step.tx.resources.list({ accountId, ...(products && { products }) });
  const rows = alone && some !== null ? some : await all();
  const { spent, accounts } = await spentBy(step, { rows, accountIds: [accountId] }, heldBy);
  return evaluatorOf(step, { account: accounts.get(accountId) ?? null, rows, spent });
}

/** What the ledgers of resources have spent, and accounts; what the filing `heldBy` holds itself is not counted against it. */
async function spentBy(
  step: Reading,
  { rows, accountIds }: { readonly rows: readonly ResourceRow[]; readonly accountIds: readonly string[] },
  heldBy: string | null,
) {
  const { quota } = step.tx;
  const { ledgers, accounts } = await quota.listWithAccounts([...ledgerKeysOf(step, rows)], accountIds);
  const spent = new Map(ledgers.map((row) => [row.ledgerKey, row.spent]));
  for (const { ledgerKey } of heldBy === null ? [] : await quota.listLiveOfFiling(heldBy)) {
    const known = spent.get(ledgerKey);
    if (known !== undefined) spent.set(ledgerKey, known - 1);
  }
  return { spent, accounts: new Map(accounts.map((row) => [row.id, row])) };
}

export interface EvaluatedFor {
  /** Leaves out what it is false of, as if it were not there. */
  readonly only?: (row: ResourceRow) => boolean;
  /** The filing that asks: what it holds itself is not counted against it. */
  readonly heldBy?: string | null;
}

/**
 * The evaluators of all accounts of these resources, by account, in two reads however many accounts there are. Of an
 * account whose rules look at its other resources too, those are read with them. Where one of them cannot be read, that account has no
 * evaluator among several (its quotas would be too large); asked for alone it is refused.
 * @throws Fault `store.unreadable` for resources of one account only
 */
export async function openEvaluators(
  step: Reading,
  given: readonly ResourceRow[],
  { only = () => true, heldBy = null }: EvaluatedFor = {},
): Promise<ReadonlyMap<string, AccountEvaluator>> {
  const asked = Map.groupBy(given.filter(only), (row) => row.accountId);
  const joined = [...asked].filter(([, own]) => !own.every((row) => isDecidedAlone(step, row))).map(([id]) => id);
  const { others, unreadable } = await othersOf(step, joined, asked.size);
  const whole = Map.groupBy(others.filter(only), (row) => row.accountId);
  const readable = [...asked].filter(([id]) => !unreadable.has(id));
  const read = new Map(readable.map(([id, own]) => [id, whole.get(id) ?? own]));
  const of = { rows: [...read.values()].flat(), accountIds: [...asked.keys()] };
  const { spent, accounts } = await spentBy(step, of, heldBy);
  return new Map(
    [...read].map(([id, own]) => [id, evaluatorOf(step, { account: accounts.get(id) ?? null, rows: own, spent })]),
  );
}

/** All resources of these accounts, without the accounts of which one cannot be read. */
async function othersOf({ tx }: Reading, accountIds: readonly string[], accountsAsked: number) {
  const unreadable = new Set<string>();
  const read = async (ids: readonly string[]) => (ids.length === 0 ? [] : tx.resources.listOfAccounts(ids));
  try {
    return { others: await read(accountIds), unreadable };
  } catch (error) {
    if (accountsAsked === 1 || !isFault(error, 'store.unreadable')) throw error;
  }
  // Only now is each read by itself.
  const others: ResourceRow[] = [];
  for (const id of accountIds) {
    try {
      others.push(...(await read([id])));
    } catch (error) {
      if (!isFault(error, 'store.unreadable')) throw error;
      unreadable.add(id);
    }
  }
  return { others, unreadable };
}

/** False of a resource whose facts were altered by hand so that nothing can be decided about it. */
export function canBeEvaluated(moment: Moment, row: ResourceRow): boolean {
  try {
    const alone = evaluatorOf(moment, { account: null, rows: [row], spent: new Map() });
    alone.check(row, null);
    alone.outcomes(row, row.accountId);
    return ledgerKeysOf(moment, [row]).size > 0;
  } catch {
    return false;
  }
}

/** The products whose resources count in the quotas of these; undefined where rules look at all that the account has. */
function productsCounted(
  moment: Moment,
  accountId: string,
  rows: readonly ResourceRow[],
): readonly string[] | undefined {
  const looksAtAll = (row: ResourceRow) =>
    row.accountId !== accountId || policyOn(moment, row)?.version.file.mode === 'through_bound';
  if (rows.some(looksAtAll)) return undefined;
  return [...new Set(rows.map(({ provider, product }) => `${provider}/${product}`))];
}

/** Is nothing else of the account's looked at when this resource is decided about? */
export function isDecidedAlone(moment: Moment, row: ResourceRow): boolean {
  const version = policyOn(moment, row)?.version;
  if (version === undefined) return true;
  return (
    version.file.mode !== 'through_bound' &&
    version.quotas.every(({ scope }) => scope === 'instance' || scope === 'order' || scope === 'subject')
  );
}

function ledgerKeysOf(moment: Moment, rows: readonly ResourceRow[]): Set<string> {
  return new Set(
    rows.flatMap((row) => {
      const quotas = policyOn(moment, row)?.version.quotas ?? [];
      const id = `${row.provider}/${row.product}`;
      return [ledgerOf('file', row.facts, id, quotas).ledgerKey, ledgerOf('issue', row.facts, id, quotas).ledgerKey];
    }),
  );
}

/** Evaluates codes of these resources, whosever they are. */
export function codeEvaluatorOf(moment: Moment, rows: readonly ResourceRow[]): CodeEvaluator {
  const day = dayOf(moment.at);
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  const policies = new Map(rows.map((row) => [row.id, policyOn(moment, row)]));
  const policyOf = (row: ResourceRow) => policies.get(row.id) ?? null;
  return {
    rowOf: (resourceId) => rowsById.get(resourceId) ?? null,
    policyOf,
    validityOf: (row, code) => codeValidity(row.facts, policyOf(row), day, datesOf(code)),
    stopsOnOf: (row, code) => codeStopsOn(row.facts, policyOf(row), day, datesOf(code)),
    goodUntilOf: (row) => {
      const policy = policyOf(row);
      return policy === null ? null : goodUntil(row.facts, policy);
    },
    lastDayOfCode: (row, issuedAt) => lastDayOfCode(policyOf(row), dayOf(issuedAt)),
  };
}

/** The evaluator over what was read. */
export function evaluatorOf(moment: Moment, { account, rows, spent }: AccountFacts): AccountEvaluator {
  const { policies } = moment.deps;
  const day = dayOf(moment.at);
  const codes = codeEvaluatorOf(moment, rows);
  const inventory: Inventory = {
    // The store's real names are the inventory's: it writes no others.
    accounts: account === null ? [] : [{ id: account.id, realName: account.realName as 'enterprise' }],
    resources: rows.map((row) => row.facts),
  };
  const surveys = new Map<string, Survey>();
  const surveyFor = (viewer: string): Survey => {
    const surveyed = surveys.get(viewer) ?? survey(contextFor(viewer), day);
    surveys.set(viewer, surveyed);
    return surveyed;
  };
  const contexts = new Map<string | null, InventoryContext>();
  const contextFor = (viewer: string | null): InventoryContext => {
    const known = contexts.get(viewer);
    if (known !== undefined) return known;
    const context = inventoryContext(viewer === null ? inventory : { ...inventory, viewer }, policies, spent);
    contexts.set(viewer, context);
    return context;
  };
  return {
    ...codes,
    account,
    rows,
    check: (row, viewer) => decide(row.facts, contextFor(viewer), day),
    outcomes: (row, viewer) => {
      const surveyed = surveyFor(viewer);
      return { file: outcomeOfSet(surveyed.file(row.facts)), issue: outcomeOfSet(surveyed.issue(row.facts)) };
    },
    reasonSets: (row) => {
      const surveyed = surveyFor(row.accountId);
      return { file: surveyed.file(row.facts), issue: surveyed.issue(row.facts) };
    },
    checkWithout: (row, ledgerKey) => {
      const others = new Map(spent).set(ledgerKey, (spent.get(ledgerKey) ?? 1) - 1);
      return decide(row.facts, inventoryContext(inventory, policies, others), day);
    },
    ledgerOf: (row, use) => {
      const quotas = codes.policyOf(row)?.version.quotas ?? [];
      const ledger = ledgerOf(use, row.facts, `${row.provider}/${row.product}`, quotas);
      const used = ledger.limit === null ? 0 : inventoryContext(inventory, policies).usedOf(ledger, row.facts);
      return { ledger, capacity: ledger.limit === null ? null : Math.max(0, ledger.limit - used) };
    },
  };
}

export interface EvaluatedResource {
  readonly evaluator: AccountEvaluator;
  readonly row: ResourceRow;
}

/**
 * Why no filing of its account may be on the resource, by the policy.
 * @param placeTaken false of what takes no place on the resource, for which its quota does not count
 */
export function reasonsAgainstFiling({ evaluator, row }: EvaluatedResource, placeTaken = true): readonly CodeReason[] {
  const { file } = evaluator.check(row, row.accountId);
  const reasons = file.outcome === 'eligible' ? [] : file.reasons;
  return reasons.filter(({ code }) => placeTaken || code !== 'resource.quota_exhausted');
}

/**
 * A resource with the evaluator of its account. `hold` keeps the facts from changing until the transaction ends, so that
 * what is bound or submitted is what was checked.
 * @throws Fault `object.not_found`.
 */
export async function requireResource(
  step: Step<'object.not_found'>,
  resourceId: string,
  hold = false,
  heldBy: string | null = null,
): Promise<EvaluatedResource> {
  const found = await findResource(step, resourceId, hold, heldBy);
  if (found === null) throw step.fault('object.not_found');
  return found;
}

/** As `requireResource`, of what refers to a resource that a foreign key keeps. */
export async function resourceOf(
  step: Reading,
  { resourceId }: { readonly resourceId: string },
  hold = false,
): Promise<EvaluatedResource> {
  const found = await findResource(step, resourceId, hold);
  if (found === null) throw new Error(`resource ${resourceId} is referred to and missing`);
  return found;
}

async function findResource(
  step: Reading,
  resourceId: string,
  hold: boolean,
  heldBy: string | null = null,
): Promise<EvaluatedResource | null> {
  const found = await (hold ? step.tx.resources.findForShare(resourceId) : step.tx.resources.find(resourceId));
  if (found === null) return null;
  const evaluator = await openEvaluatorOver(step, { accountId: found.accountId, some: [found] }, heldBy);
  return { evaluator, row: evaluator.rowOf(resourceId) ?? found };
}
