/** A part of an inventory that the server takes in one request. */
export interface Piece {
  readonly document: Readonly<Record<string, unknown>>;
  readonly resources: number;
  /** The path in the whole inventory of a path in this piece. */
  readonly wholePath: (path: string) => string;
  /** What it is complete for where the inventory is: null is from the first, or to the last. */
  readonly after: ResourcePlace | null;
  readonly until: ResourcePlace | null;
}

interface ResourcePlace {
  readonly account: string;
  readonly id: string;
}

export interface PieceBounds {
  readonly resources: number;
  readonly characters: number;
}

/** Below what the server takes (8 MiB unless configured otherwise) and what it compares in some seconds. */
const ordinaryBounds: PieceBounds = { resources: 10_000, characters: 2_500_000 };

/**
 * Cuts a large inventory into pieces, each with the accounts that its resources name. Resources of an account lie together: rules
 * may look at all that an account has. What is small, or has not the form of an inventory, is one piece as it is.
 */
export function piecesOf(document: Readonly<Record<string, unknown>>, bounds: PieceBounds = ordinaryBounds): Piece[] {
  const { accounts = [], resources, ...others } = document;
  const whole: Piece = { document, resources: countOf(resources), wholePath: (path) => path, after: null, until: null };
  if (!Array.isArray(accounts) || !Array.isArray(resources) || Object.keys(others).length > 0) return [whole];
  const rows = resources.map((value: unknown, index) => ({
    value,
    index,
    place: placeOf(value),
    length: lengthOf(value),
  }));
  const characters = rows.reduce((sum, { length }) => sum + length, 0) + lengthOf(accounts);
  if (rows.length <= bounds.resources && characters <= bounds.characters) return [whole];
  rows.sort((a, b) => compareTexts(a.place.account, b.place.account) || compareTexts(a.place.id, b.place.id));
  const groups: (typeof rows)[] = [];
  let length = 0;
  for (const row of rows) {
    const last = groups.at(-1);
    if (last === undefined || last.length >= bounds.resources || length + row.length > bounds.characters) {
      groups.push([row]);
      length = row.length;
    } else {
      last.push(row);
      length += row.length;
    }
  }
  return groups.map((group, index) => {
    const before = groups[index - 1]?.at(-1)?.place ?? null;
    const until = index === groups.length - 1 ? null : (group.at(-1)?.place ?? null);
    return pieceOf(group, accountsOf(accounts, group, index), { after: before, until });
  });
}

type Row = { readonly value: unknown; readonly index: number; readonly place: ResourcePlace };

function pieceOf(
  rows: readonly Row[],
  accounts: readonly { readonly value: unknown; readonly index: number }[],
  range: Pick<Piece, 'after' | 'until'>,
): Piece {
  const lists = { resources: rows, accounts };
  const wholePath = (path: string) =>
    path.replace(/^(resources|accounts)\[(\d+)\]/, (found, list: 'resources' | 'accounts', index) => {
      const row = lists[list][Number(index)];
      return row === undefined ? found : `${list}[${row.index}]`;
    });
  const document = { accounts: accounts.map(({ value }) => value), resources: rows.map(({ value }) => value) };
  return { document, resources: rows.length, wholePath, ...range };
}

/** The accounts that resources name; those that none names, or that cannot be told, come with the first piece. */
function accountsOf(accounts: readonly unknown[], rows: readonly Row[], piece: number) {
  const named = new Set(rows.map(({ place }) => place.account));
  return accounts.flatMap((value, index) => {
    const { id } = (value ?? {}) as { readonly id?: unknown };
    const isOf = typeof id === 'string' && named.has(id);
    return isOf || piece === 0 ? [{ value, index }] : [];
  });
}

function placeOf(value: unknown): ResourcePlace {
  const { account, id } = (value ?? {}) as { readonly account?: unknown; readonly id?: unknown };
  return { account: typeof account === 'string' ? account : '', id: typeof id === 'string' ? id : '' };
}

const countOf = (resources: unknown): number => (Array.isArray(resources) ? resources.length : 0);
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
