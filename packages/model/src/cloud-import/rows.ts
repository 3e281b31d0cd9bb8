/** What a response says about the list that its rows are a part of. */
export interface ListPart {
  /** The operations that answer like this. */
  readonly operation: string;
  /** The operation, with the region of its rows: parts of one list have one name. */
  readonly list: string;
  /** How many rows the cloud says the whole list has; null where it does not say. */
  readonly total: number | null;
  /** Each row as text, so that one that two pages repeat counts once. */
  readonly rows: readonly string[];
  /** The cloud says that there is a page after this one. */
  readonly hasMore: boolean;
  /** From 1; null where pages have no numbers. */
  readonly page: number | null;
}

/** A list of which not all has come. */
export interface MissingRows {
  readonly list: string;
  readonly came: number;
  /** How many there are; null where only a page that is missing shows it. */
  readonly total: number | null;
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Envelopes and the keys of lists within them, as the four clouds name them. */
const listPaths: readonly (readonly string[])[] = [
  ['InstanceSet'],
  ['AddressSet'],
  ['Instances', 'Instance'],
  ['EipAddresses', 'EipAddress'],
  ['Instances'],
  ['EipAddresses'],
  ['servers'],
  ['publicips'],
  ['data'],
  ['resources'],
];
const totalKeys = ['TotalCount', 'total_count', 'count'];
const nextKeys = ['NextToken', 'next_marker', 'next'];
const pageKeys = ['PageNumber', 'PageNum'];

/** The part of a list that a response is. The response is of a known operation. */
export function listPartOf(operation: string, document: unknown): ListPart | null {
  const inner = isJson(document)
    ? (document['Response'] ?? document['Result'] ?? document['Data'] ?? document)
    : document;
  if (!isJson(inner)) return null;
  const rows = listPaths.map((path) => valueAt(inner, path)).find((value) => Array.isArray(value)) ?? [];
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const paging = ['page_info', 'servers_links'].map((key) => inner[key]).find(isJson) ?? {};
  const number = (keys: readonly string[]) =>
    keys.map((key) => numberOf(inner[key] ?? paging[key])).find((it) => it !== null) ?? null;
  const next = nextKeys
    .map((key) => inner[key] ?? paging[key])
    .some((value) => typeof value === 'string' && value !== '');
  return {
    operation,
    list: listName(operation, list[0]),
    total: number(totalKeys),
    rows: list.map((row) => JSON.stringify(row)),
    hasMore: next,
    page: number(pageKeys),
  };
}

/** Lists are by region, and an operation of two products answers alike: light servers have a bundle, bare metal ones a resource type. */
function listName(operation: string, row: unknown): string {
  const [first = operation, second = first] = operation.split(', ');
  if (!isJson(row)) return first;
  const kind = isJson(row['metadata']) ? row['metadata']['metering.resourcetype'] : undefined;
  const name = 'BundleId' in row || kind === 'hws.resource.type.pm' ? second : first;
  const placement = isJson(row['Placement']) ? row['Placement']['Zone'] : undefined;
  const zone = placement ?? row['Zone'] ?? row['ZoneId'] ?? row['OS-EXT-AZ:availability_zone'];
  const region = row['RegionId'] ?? row['EnsRegionId'] ?? regionOf(zone);
  return typeof region === 'string' && region !== '' ? `${name} (${region})` : name;
}

/** `ap-guangzhou-3`, `cn-beijing-a`, `ap-southeast-1a`: a zone ends with what tells it from others of its region. */
function regionOf(zone: unknown): string {
  return typeof zone === 'string' ? zone.replace(/-(?:\d+|[a-z])$|(?<=\d)[a-z]$/, '') : '';
}

/** Which lists are not whole: fewer rows than the cloud counts, or a page without the one after it. */
export function missingRows(parts: readonly ListPart[]): readonly MissingRows[] {
  const lists = new Map<string, ListPart[]>();
  // A page without rows names no region: it belongs to the list of the same operation and total.
  for (const part of parts.toSorted((a, b) => b.rows.length - a.rows.length)) {
    const home = part.rows.length > 0 ? part.list : homeOf(part, lists);
    lists.set(home, [...(lists.get(home) ?? []), part]);
  }
  return [...lists].flatMap(([list, pages]): MissingRows[] => {
    const came = new Set(pages.flatMap(({ rows }) => rows)).size;
    const total = pages.reduce((most, page) => Math.max(most, page.total ?? 0), 0);
    if (came < total) return [{ list, came, total }];
    const isCounted = pages.some((page) => (page.total ?? 0) > 0);
    const numbers = pages.flatMap(({ page }) => page ?? []);
    const lacksPage = !isCounted && numbers.length > 0 && Math.max(...numbers) > new Set(numbers).size;
    return !isCounted && (pages.every(({ hasMore }) => hasMore) || lacksPage) ? [{ list, came, total: null }] : [];
  });
}

function homeOf(part: ListPart, lists: ReadonlyMap<string, readonly ListPart[]>): string {
  const same = [...lists].find(([, pages]) =>
    pages.some(({ operation, total }) => operation === part.operation && total === part.total),
  );
  return same?.[0] ?? part.list;
}

/** Network interfaces that a list of servers shows, each with its server's id: Alibaba's and Volcengine's have them. */
export function interfacesIn(document: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const row of rowsIn(document)) {
    const listed = valueAt(row, ['NetworkInterfaces', 'NetworkInterface']) ?? row['NetworkInterfaces'];
    for (const each of Array.isArray(listed) ? (listed as readonly unknown[]) : []) {
      const [id, server] = isJson(each) ? [each['NetworkInterfaceId'], row['InstanceId']] : [];
      if (typeof id === 'string' && typeof server === 'string') found.set(id, server);
    }
  }
  return found;
}

function rowsIn(document: unknown): readonly Json[] {
  const inner = isJson(document) ? (document['Response'] ?? document['Result'] ?? document) : document;
  if (!isJson(inner)) return [];
  const rows = listPaths.map((path) => valueAt(inner, path)).find((value) => Array.isArray(value));
  return Array.isArray(rows) ? (rows as readonly unknown[]).filter(isJson) : [];
}

/** Resources that the cloud has isolated or locked, in its own words: they do not run, whatever their state says. */
export function isolatedIn(document: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const row of rowsIn(document)) {
    const id = ['InstanceId', 'resource_id', 'id'].map((key) => row[key]).find((value) => typeof value === 'string');
    const word = isolationOf(row);
    if (id !== undefined && word !== null) found.set(id, word);
  }
  return found;
}

const bssStates: Readonly<Record<string, string>> = { 4: '已冻结', 6: '冻结中', 8: '正在关闭' };

function isolationOf(row: Json): string | null {
  // Tencent CVM: NORMAL, EXPIRED, PROTECTIVELY_ISOLATED; Lighthouse: NORMAL, NETWORK_RESTRICT.
  for (const key of ['RestrictState', 'InstanceRestrictState']) {
    const value = row[key];
    if (typeof value === 'string' && value !== '' && value !== 'NORMAL') return value;
  }
  // Alibaba SWAS: Normal, Expired, Overdue; addresses of Alibaba and Volcengine: Normal, FinancialLocked, SecurityLocked.
  const business = row['BusinessStatus'];
  if (typeof business === 'string' && /^(?:Expired|Overdue|FinancialLocked|SecurityLocked)$/.test(business))
    return business;
  // Volcengine: why an address is locked; '' where it is not.
  if (typeof row['LockReason'] === 'string' && row['LockReason'] !== '') return row['LockReason'];
  // Huawei ECS and BMS: normal, freeze.
  const metadata = row['metadata'];
  const frozen = isJson(metadata) ? metadata['EcmResStatus'] : undefined;
  if (typeof frozen === 'string' && frozen !== '' && frozen !== 'normal') return frozen;
  // Huawei BSS, of prepaid resources: 4 frozen, 6 being frozen, 8 being closed.
  const ended = bssStates[String(row['status'])];
  if (typeof row['resource_id'] === 'string' && ended !== undefined) return ended;
  // Alibaba ECS: locked for money, for security, for being recycled.
  const locks = valueAt(row, ['OperationLocks', 'LockReason']);
  const [lock] = Array.isArray(locks) ? (locks as readonly unknown[]) : [];
  return isJson(lock) && typeof lock['LockReason'] === 'string' ? lock['LockReason'] : null;
}

function valueAt(object: Json, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of path) value = isJson(value) ? value[key] : undefined;
  return value;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}
