import { type Account, type FactChange, factChanges, type OwnedResource } from '@openbeian/model/eligibility';
import type { FaultPlace } from '@openbeian/model/fault';
import type { InventoryBody, InventoryRead, ResourcePlace, ResourceRow, ResourceRows } from '../../ports/index.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inReading } from '../command/step.ts';
import {
  type Break,
  breaksAmong,
  isDecidedTogether,
  released,
  type UsedResource,
  usedAmong,
} from './inventory-breaks.ts';
import { inParts, rowOf, wrongAccounts } from './inventory-rows.ts';
import { turnOf } from './inventory-turn.ts';
import { RoomForRows } from './room-for-rows.ts';

interface CompareInventoryInput {
  readonly body: InventoryBody;
  readonly complete?: 'no' | 'accounts' | 'all';
  readonly products?: string | undefined;
  readonly afterAccount?: string | undefined;
  readonly afterResource?: string | undefined;
  readonly untilAccount?: string | undefined;
  readonly untilResource?: string | undefined;
}

/**
 * What `putInventory` would change, and what of codes, filings and records would break; nothing is written. Read some rows at a
 * time: memory grows with the differences, never with the store.
 * @throws Fault `input.invalid` as `putInventory`, but naming all wrong places; `server.busy`.
 */
export const compareInventory = queryInParts(
  { id: 'compareInventory', faults: ['server.busy'] },
  async (request: FlowRequest, input: CompareInventoryInput) => {
    const inventory = await request.deps.inventories.read(input.body, turnOf(request.actor));
    const differences = await findDifferences(request, inventory, {
      countedAccount: input.afterAccount,
      scopeOf: (named) => scopeOf(input, named),
    });
    return differenceRows(request, differences, new RoomForRows(bytesOf(input.body)));
  },
);

/** What an inventory would change. */
export interface Differences {
  readonly accounts: Awaited<ReturnType<typeof compareAccounts>>;
  readonly compared: ComparedResources;
  readonly gone: Awaited<ReturnType<typeof findGone>>;
  readonly breaks: readonly Break[];
}

interface ComparisonSettings {
  /** An account that was compared with the part before: it is there for what it means to its resources alone. */
  readonly countedAccount?: string | undefined;
  /** What the inventory, which names these, is complete for; null: for nothing. */
  readonly scopeOf: (named: ComparedResources) => GoneScope | null;
  /** What is gone stays as it is, whatever happens to the rest. */
  readonly keepsGone?: true;
}

/**
 * Compares accounts and resources with the store, and judges what would break; nothing is written.
 * @throws Fault `input.invalid` where a resource names an account that nobody knows, or would change its buyer
 */
export async function findDifferences(
  request: FlowRequest,
  inventory: Pick<InventoryRead, 'accounts' | 'resources'>,
  { countedAccount, scopeOf: scopeWhere, keepsGone }: ComparisonSettings,
): Promise<Differences> {
  const accounts = await compareAccounts(request, inventory.accounts, countedAccount);
  const compared = await compareResources(request, inventory.resources, accounts.realNames);
  const gone = await findGone(request, scopeWhere(compared), compared);
  const judged = keepsGone === true ? { places: [], used: [] } : gone;
  const breaks = await findBreaks(request, {
    inventory,
    used: [...compared.used, ...judged.used],
    gone: judged.places,
    realNames: accounts.realNames,
  });
  return { accounts, compared, gone, breaks };
}

/** The same as people read it: as much as there is room for, what matters most first. */
export async function differenceRows(
  request: FlowRequest,
  { accounts, compared, gone, breaks }: Differences,
  room: RoomForRows,
) {
  return {
    counts: {
      accounts: accounts.counts,
      resources: { ...compared.counts, gone: gone.places.length, breaking: breaks.length },
    },
    breaking: room.takeOf(breaks),
    accounts: room.takeOf(accounts.changes),
    changed: room.takeOf(compared.changed),
    gone: await goneRows(request, gone.places, room),
    new: room.takeOf(compared.added),
    leftOut: room.leftOut,
  };
}

const bytesOf = (body: InventoryBody): number =>
  body instanceof Uint8Array ? body.byteLength : JSON.stringify(body).length;

/** @param counted an account that was compared with the part before: it is there for what it means to its resources alone */
async function compareAccounts(request: FlowRequest, given: Iterable<Account>, counted: string | undefined) {
  const changes: { readonly id: string; readonly before: string | null; readonly after: string }[] = [];
  const realNames = new Map<string, string>();
  let same = 0;
  for (const some of inParts(given)) {
    const ids = some.map(({ id }) => id);
    const stored = await inReading(request, null, ({ tx }) => tx.accounts.listByIds(ids));
    const before = new Map(stored.map(({ id, realName }) => [id, realName]));
    for (const { id, realName: after = 'none' } of some) {
      const was = before.get(id) ?? null;
      realNames.set(id, after);
      if (id === counted) continue;
      if (was === after) same += 1;
      else changes.push({ id, before: was, after });
    }
  }
  const added = changes.filter(({ before }) => before === null).length;
  return { changes, realNames, counts: { new: added, changed: changes.length - added, same } };
}

interface ComparedResources {
  readonly added: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly FactChange[] }[];
  readonly counts: { readonly new: number; readonly changed: number; readonly same: number };
  readonly used: readonly UsedResource[];
  /** All that the inventory names. */
  readonly ids: ReadonlySet<string>;
  readonly accountIds: ReadonlySet<string>;
  readonly products: ReadonlySet<string>;
}

async function compareResources(
  request: FlowRequest,
  given: Iterable<OwnedResource>,
  realNames: ReadonlyMap<string, string>,
): Promise<ComparedResources> {
  const [added, changed, used]: [string[], ComparedResources['changed'][number][], UsedResource[]] = [[], [], []];
  const [ids, accountIds, products] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const places: FaultPlace[] = [];
  for (const some of inParts(given)) {
    const part = await inReading(request, null, async (step) => {
      const stored = await step.tx.resources.listByIds(some.map(({ id }) => id));
      const accounts = await step.tx.accounts.listByIds(some.map(({ account }) => account));
      const before = new Map(stored.map((row) => [row.id, row]));
      const knownAccounts = new Set([...realNames.keys(), ...accounts.map(({ id }) => id)]);
      places.push(...wrongAccounts(some, { knownAccounts, before }, ids.size));
      const realNameOf = new Map(accounts.map(({ id, realName }) => [id, realName]));
      const pairs = some.flatMap((facts) => pairOf(facts, before.get(facts.id)));
      const isAffected = (pair: Pair) =>
        pair.fields.length > 0 ||
        isDecidedTogether(step, pair) ||
        realNameOf.get(pair.after.accountId) !==
          (realNames.get(pair.after.accountId) ?? realNameOf.get(pair.after.accountId));
      return { before, pairs, used: await usedAmong(step, pairs.filter(isAffected)) };
    });
    for (const { id, account, provider, product } of some) {
      if (!part.before.has(id)) added.push(id);
      ids.add(id);
      accountIds.add(account);
      products.add(`${provider}/${product}`);
    }
    changed.push(...part.pairs.flatMap(({ before: { id }, fields }) => (fields.length === 0 ? [] : [{ id, fields }])));
    used.push(...part.used);
  }
  if (places.length > 0) throw request.fault('input.invalid', { places });
  const counts = { new: added.length, changed: changed.length, same: ids.size - added.length - changed.length };
  return { added, changed, counts, used, ids, accountIds, products };
}

interface Pair {
  readonly before: ResourceRow;
  readonly after: ResourceRow;
  readonly isGone: boolean;
  readonly fields: readonly FactChange[];
}

const pairOf = (facts: OwnedResource, before: ResourceRow | undefined): Pair[] =>
  before === undefined
    ? []
    : [
        {
          before,
          after: { ...rowOf(facts), version: before.version },
          isGone: false,
          fields: factChanges(before.facts, facts),
        },
      ];

/** What an inventory is complete for. */
export interface GoneScope {
  readonly after: ResourcePlace | null;
  readonly until: ResourcePlace | null;
  isCovered(row: ListedResource): boolean;
}
type ListedResource = Awaited<ReturnType<ResourceRows['listIds']>>[number];

function scopeOf(input: CompareInventoryInput, named: ComparedResources): GoneScope | null {
  const { complete = 'no', afterAccount } = input;
  if (complete === 'no') return null;
  const products = input.products === undefined ? named.products : new Set(input.products.split(','));
  return {
    after: placeOf(afterAccount, input.afterResource),
    until: placeOf(input.untilAccount, input.untilResource),
    isCovered: ({ accountId, provider, product }) =>
      products.has(`${provider}/${product}`) &&
      // What the account of the part before has behind that part's last resource is of this part, whether it names more or not.
      (complete === 'all' || named.accountIds.has(accountId) || accountId === afterAccount),
  };
}

/** What the store has of what the inventory is complete for, and it does not name. */
async function findGone(request: FlowRequest, scope: GoneScope | null, named: ComparedResources) {
  const places: ResourcePlace[] = [];
  const used: UsedResource[] = [];
  if (scope === null) return { places, used };
  const limit = 500;
  for (let { after } = scope; ; ) {
    const range = { after, until: scope.until, limit };
    const rows = await inReading(request, null, ({ tx }) => tx.resources.listIds(range));
    const absent = rows.filter((row) => !row.isReleased && !named.ids.has(row.id) && scope.isCovered(row));
    places.push(...absent.map(({ id, accountId }) => ({ id, accountId })));
    for (const some of inParts(absent)) used.push(...(await usedOfGone(request, some)));
    after = rows.at(-1) ?? null;
    if (rows.length < limit) return { places, used };
  }
}

const placeOf = (accountId: string | undefined, id: string | undefined): ResourcePlace | null =>
  accountId === undefined ? null : { accountId, id: id ?? '' };

function usedOfGone(request: FlowRequest, some: readonly ResourcePlace[]): Promise<UsedResource[]> {
  return inReading(request, null, async (step) => {
    const { resources, codes } = step.tx;
    const ids = some.map(({ id }) => id);
    const used = new Set(
      [...(await resources.listUses(ids)), ...(await codes.listAlive(ids))].map((on) => on.resourceId),
    );
    const rows = used.size === 0 ? [] : await resources.listByIds([...used]);
    return usedAmong(
      step,
      rows.map((row) => ({ before: row, after: released(row), isGone: true })),
    );
  });
}

interface ToJudge {
  readonly inventory: Pick<InventoryRead, 'resources'>;
  readonly used: readonly UsedResource[];
  readonly gone: readonly ResourcePlace[];
  readonly realNames: ReadonlyMap<string, string>;
}

async function findBreaks(request: FlowRequest, toJudge: ToJudge): Promise<Break[]> {
  const { inventory, used, gone, realNames } = toJudge;
  if (used.length === 0) return [];
  // Rules may look at all that an account has: of those accounts the rows are kept, as they would be.
  const together = await inReading(request, null, async (step) => used.filter((one) => isDecidedTogether(step, one)));
  const rows = new Map(together.map(({ after }) => [after.accountId, new Map<string, ResourceRow>()]));
  for (const facts of rows.size === 0 ? [] : inventory.resources) {
    rows.get(facts.account)?.set(facts.id, { ...rowOf(facts), version: 1 });
  }
  for (const some of inParts(gone.filter(({ accountId }) => rows.has(accountId)))) {
    for (const row of await storedRows(request, some)) rows.get(row.accountId)?.set(row.id, released(row));
  }
  const breaks: Break[] = [];
  for (const some of inParts(used)) {
    breaks.push(...(await inReading(request, null, (step) => breaksAmong(step, some, { rows, realNames }))));
  }
  return breaks;
}

const storedRows = (request: FlowRequest, some: readonly ResourcePlace[]): Promise<ResourceRow[]> =>
  inReading(request, null, ({ tx }) => tx.resources.listByIds(some.map(({ id }) => id)));

async function goneRows(request: FlowRequest, places: readonly ResourcePlace[], room: RoomForRows) {
  const rows: { readonly id: string; readonly accountId: string; readonly facts: Readonly<Record<string, unknown>> }[] =
    [];
  let looked = 0;
  for (const some of inParts(places)) {
    if (room.isFull) break;
    const stored = await storedRows(request, some);
    rows.push(...room.takeOf(stored.map(({ id, accountId, facts }) => ({ id, accountId, facts: { ...facts } }))));
    looked += some.length;
  }
  room.leaveOut(places.length - looked);
  return rows;
}
