/** A part of an inventory that the server takes in one request. */
export interface Piece {
  /** As it is imported: each account and resource of the inventory is in one piece. */
  readonly document: Readonly<Record<string, unknown>>;
  /** As it is compared: nothing was imported before it, so that an account of the piece before is there for its further resources. */
  readonly compared: Readonly<Record<string, unknown>>;
  readonly resources: number;
  /** The path in the whole inventory of a path in this piece. */
  readonly wholePath: (path: string) => string;
  /** After which resource it begins, and up to which it goes; null: from the first, or to the last. */
  readonly after: ResourcePlace | null;
  readonly until: ResourcePlace | null;
}

interface ResourcePlace {
  readonly account: string;
  readonly id: string;
}

export interface PieceBounds {
  /** As many resources, and as many accounts. */
  readonly resources: number;
  readonly characters: number;
}

/** Below what the server takes (8 MiB unless configured otherwise) and what it compares in some seconds. */
const ordinaryBounds: PieceBounds = { resources: 10_000, characters: 2_500_000 };

/**
 * Cuts a large inventory into pieces: first the accounts that no resource names, then the resources, each account with the first
 * that names it. Resources of an account lie together: rules may look at all that an account has. What is small, or has not the
 * form of an inventory, is one piece as it is.
 */
export function piecesOf(document: Readonly<Record<string, unknown>>, bounds: PieceBounds = ordinaryBounds): Piece[] {
  const { accounts = [], resources, ...others } = document;
  if (!Array.isArray(accounts) || !Array.isArray(resources) || Object.keys(others).length > 0) return [whole(document)];
  const groups = cut(inOrder(accounts, resources), bounds);
  if (groups.length <= 1) return [whole(document)];
  return groups.map((group, index) => {
    const until = index === groups.length - 1 ? null : lastPlace(group);
    return pieceOf(group, { after: lastPlace(groups[index - 1]), until });
  });
}

function whole(document: Piece['document']): Piece {
  const { resources } = document;
  const count = Array.isArray(resources) ? resources.length : 0;
  return { document, compared: document, resources: count, wholePath: (path) => path, after: null, until: null };
}

/** An account or a resource, with its index in the whole inventory. */
interface Item {
  readonly value: unknown;
  readonly index: number;
}

/** What stays together: a resource with the accounts that it is the first to name; or an account that none names. */
interface Unit {
  readonly accounts: readonly Item[];
  /** The accounts of a resource that is not the first to name them. */
  readonly again: readonly Item[];
  readonly resource: (Item & { readonly place: ResourcePlace }) | null;
}

/** All of an inventory, in the order in which it is cut. */
function inOrder(accounts: readonly unknown[], resources: readonly unknown[]): Unit[] {
  const rows = resources.map((value, index) => ({ value, index, place: placeOf(value) }));
  rows.sort((a, b) => compareTexts(a.place.account, b.place.account) || compareTexts(a.place.id, b.place.id));
  const named = new Set(rows.map(({ place }) => place.account));
  const given = accounts.map((value, index): Item => ({ value, index }));
  const byId = Map.groupBy(given, ({ value }) => {
    const { id } = (value ?? {}) as { readonly id?: unknown };
    return typeof id === 'string' && named.has(id) ? id : null;
  });
  const alone = (byId.get(null) ?? []).map((account): Unit => ({ accounts: [account], again: [], resource: null }));
  const withResources = rows.map((resource, at): Unit => {
    const own = byId.get(resource.place.account) ?? [];
    const isFirst = rows[at - 1]?.place.account !== resource.place.account;
    return { accounts: isFirst ? own : [], again: isFirst ? [] : own, resource };
  });
  return [...alone, ...withResources];
}

function cut(units: readonly Unit[], bounds: PieceBounds): Unit[][] {
  const groups: Unit[][] = [];
  let [accounts, resources, characters] = [0, 0, 0];
  for (const unit of units) {
    const length = [...unit.accounts, unit.resource].reduce((sum, item) => sum + lengthOf(item?.value), 0);
    const isFull =
      accounts + unit.accounts.length > bounds.resources ||
      resources + (unit.resource === null ? 0 : 1) > bounds.resources ||
      characters + length > bounds.characters;
    const last = isFull ? undefined : groups.at(-1);
    if (last === undefined) {
      groups.push([unit]);
      [accounts, resources, characters] = [0, 0, 0];
    } else last.push(unit);
    accounts += unit.accounts.length;
    resources += unit.resource === null ? 0 : 1;
    characters += length;
  }
  return groups;
}

const lastPlace = (group: readonly Unit[] | undefined): ResourcePlace | null => group?.at(-1)?.resource?.place ?? null;

function pieceOf(group: readonly Unit[], range: Pick<Piece, 'after' | 'until'>): Piece {
  const resources = group.flatMap(({ resource }) => resource ?? []);
  const own = group.flatMap(({ accounts }) => accounts);
  const again = group[0]?.again ?? [];
  const lists = { resources, accounts: [...own, ...again] };
  const wholePath = (path: string) =>
    path.replace(/^(resources|accounts)\[(\d+)\]/, (found, list: 'resources' | 'accounts', index) => {
      const item = lists[list][Number(index)];
      return item === undefined ? found : `${list}[${item.index}]`;
    });
  const valuesOf = (items: readonly Item[]) => items.map(({ value }) => value);
  const document = { accounts: valuesOf(own), resources: valuesOf(resources) };
  const compared = again.length === 0 ? document : { ...document, accounts: valuesOf(lists.accounts) };
  return { document, compared, resources: resources.length, wholePath, ...range };
}

function placeOf(value: unknown): ResourcePlace {
  const { account, id } = (value ?? {}) as { readonly account?: unknown; readonly id?: unknown };
  return { account: typeof account === 'string' ? account : '', id: typeof id === 'string' ? id : '' };
}

const lengthOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

/** By the numbers of characters, as the server orders: JavaScript's own order differs beyond the basic plane. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const isPlain = !/[\ud800-\uffff]/.test(a + b);
  if (isPlain) return a < b ? -1 : 1;
  const [first, second] = [[...a], [...b]];
  const at = first.findIndex((character, index) => character !== second[index]);
  if (at < 0) return -1;
  return (first[at]?.codePointAt(0) ?? 0) < (second[at]?.codePointAt(0) ?? -1) ? -1 : 1;
}
