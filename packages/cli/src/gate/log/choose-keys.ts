import { timeOf } from './times.ts';
import { hostOfRequest, hostOfUrl, isBlank, likenessOf } from './values.ts';

/** A line as named values: paths of nested keys are joined by points. */
export type Row = ReadonlyMap<string, unknown>;

/** Where rows of one kind say what a scan asks for. */
export interface ChosenKeys {
  /** The first that holds a host counts. */
  readonly hosts: readonly HostKey[];
  /** Further keys that hold names, and other ones: which is meant cannot be told from here. */
  readonly others: readonly string[];
  /** How sure: as `rankOf`. */
  readonly rank: number;
  readonly bytes: string | null;
  readonly time: string | null;
}

export interface HostKey {
  readonly key: string;
  readonly kind: 'host' | 'url' | 'request';
}

/** Letters and digits only, so that `http_host`, `HttpHost` and `http-host` are one. */
const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names of keys, bare, by how surely they hold the host that was asked for. */
const ranks: readonly (readonly [number, RegExp])[] = [
  [
    0,
    /(?:refer|upstream|backend|origin|proxyhost|useragent|forwardedfor|xff|remote|client(?!request)|realip|peer|user|cookie|location|redirect|cname|certificate|issuer|subject|email|machine|node|pod|container|kubernetes|docker|agent|beat|service|cluster|router|entrypoint|balancer|instance|region|serverip|serveraddr)/,
  ],
  [11, /xhostheader$/],
  [
    10,
    /(?:https?host|requesthost|reqhost|hostheader|cshost|headershost0?|clientrequesthost|authority|requesthostname|askedhost)$/,
  ],
  [9, /(?:request|req|http|headers|url)(?:host|hostname|domain)0?$/],
  [8, /(?:domain|domainname|sitename|urlhost|vhost|virtualhost|vhostname)$/],
  [7, /(?:host|servername|requestaddr|site|xforwardedhost)$/],
  [6, /(?:hostname|sslservername|requestedservername|tlsservername|sni|serverhost|hostaddr)$/],
];

/** Machines of a log shipper (ECS): never the host that was asked for. */
const machines =
  /^(?:host\.(?:name|hostname|id|ip|mac).*|agent\..*|beat\..*|log\..*|cloud\..*|input\..*|kubernetes\..*|container\..*|observer\..*)$/i;

/** 11 to 6: by its name; 5: a key of any other name; 0: holds something else, whatever its values look like. */
function rankOf(key: string): number {
  if (machines.test(key)) return 0;
  const last = bare(key);
  // Traefik's request_Host and the like begin with what the pattern of no host would refuse.
  if (/(?:clientrequesthost|requesthost|httphost)$/.test(last)) return 10;
  return ranks.find(([, pattern]) => pattern.test(last))?.[0] ?? 5;
}

interface Seen {
  readonly key: string;
  readonly kind: HostKey['kind'];
  readonly rank: number;
  names: number;
  local: number;
  addresses: number;
  others: number;
  readonly distinct: Set<string>;
}

/** Looks at what the values are: a key is chosen that holds names people can register, the surest first. */
export function chooseKeys(rows: readonly Row[]): ChosenKeys | null {
  const seen = [...survey(rows).values()];
  const named = seen.filter(({ names, others, rank }) => rank > 0 && names > 0 && names >= others);
  const local = seen.filter(
    ({ local, names, others, rank }) => rank >= 7 && local + names > 0 && local + names >= others,
  );
  const bare = seen.filter(({ addresses, rank }) => rank >= 7 && addresses > 0);
  const fit = named.length > 0 ? named : local.length > 0 ? local : bare;
  const sorted = fit.toSorted(
    (a, b) => kindOrder(a) - kindOrder(b) || b.rank - a.rank || b.distinct.size - a.distinct.size || b.names - a.names,
  );
  const [first, ...rest] = sorted;
  if (first === undefined) return null;
  const agreeing = rest.filter((other) => agrees(rows, first, other));
  return {
    hosts: [first, ...agreeing].map(({ key, kind }) => ({ key, kind })),
    others: rest
      .filter((it) => it.kind === 'host' && it.rank === first.rank && !agreeing.includes(it))
      .map(({ key }) => key),
    rank: first.rank,
    ...amountKeys(rows.filter((row) => hostAt(row, first) !== null)),
  };
}

/** A key that can only be the asked host, then a URL, then one that may be the machine's, then a key of any name. */
function kindOrder({ kind, rank }: Seen): number {
  if (kind !== 'host') return 1;
  if (rank >= 8) return 0;
  return rank >= 6 ? 2 : 3;
}

/** The keys asked for by name instead, with its exact path or its last part. */
export function keysNamed(rows: readonly Row[], field: string): ChosenKeys | null {
  const keys = new Set(rows.flatMap((row) => [...row.keys()]));
  const wanted = bare(field);
  const found =
    [...keys].find((key) => key === field) ??
    [...keys].find((key) => bare(key) === wanted) ??
    [...keys].find((key) => bare(key.slice(key.lastIndexOf('.') + 1)) === wanted);
  if (found === undefined) return null;
  const values = rows.map((row) => row.get(found)).filter((value) => typeof value === 'string');
  const kind = values.some((value) => hostOfUrl(value))
    ? 'url'
    : values.some((value) => hostOfRequest(value))
      ? 'request'
      : 'host';
  return { hosts: [{ key: found, kind }], others: [], rank: 12, ...amountKeys(rows) };
}

function survey(rows: readonly Row[]): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const row of rows) {
    for (const [key, value] of row) {
      if (typeof value !== 'string' || value === '' || value.length > 4000) continue;
      const url = hostOfUrl(value);
      const kind = url !== null ? 'url' : hostOfRequest(value) !== null ? 'request' : 'host';
      const host = url ?? hostOfRequest(value) ?? value;
      const name = `${key} ${kind}`;
      const rank = kind === 'host' ? rankOf(key) : urlRank(key);
      const it = seen.get(name) ?? {
        key,
        kind,
        rank,
        names: 0,
        local: 0,
        addresses: 0,
        others: 0,
        distinct: new Set<string>(),
      };
      seen.set(name, it);
      const likeness = likenessOf(host);
      if (likeness === 'name') it.names++;
      else if (likeness === 'local') it.local++;
      else if (likeness === 'address') it.addresses++;
      else if (likeness === 'other') it.others++;
      if (likeness === 'name' && it.distinct.size < 1000) it.distinct.add(host);
    }
  }
  // A target that is absolute once in a hundred lines is an attack, not the way these lines name their host.
  for (const it of seen.values()) if (it.kind !== 'host') it.others += seen.get(`${it.key} host`)?.others ?? 0;
  return seen;
}

/** A URL is the request's only where the key says so: referrers and upstreams are URLs, too. */
function urlRank(key: string): number {
  const last = bare(key.slice(key.lastIndexOf('.') + 1));
  const whole = bare(key);
  if (/refer|upstream|backend|origin|redirect|location|service/.test(whole)) return 0;
  return /(?:url|uri|requesturl|requesturi|request|requestline|fullurl|original|csuristem|csuri|target)$/.test(last)
    ? 6
    : 0;
}

/** A second key may stand in for the first only where both say the same: a machine's own name does not. */
function agrees(rows: readonly Row[], first: Seen, other: Seen): boolean {
  let [both, same] = [0, 0];
  for (const row of rows) {
    const [one, two] = [hostAt(row, first), hostAt(row, other)];
    if (one === null || two === null) continue;
    both++;
    if (withoutPort(one) === withoutPort(two)) same++;
  }
  return both > 0 && same >= both * 0.8;
}

const withoutPort = (host: string) => host.replace(/:\d*$/, '').toLowerCase();

function hostAt(row: Row, { key, kind }: HostKey): string | null {
  return hostOfValue(row.get(key), kind);
}

export function hostOfValue(value: unknown, kind: HostKey['kind']): string | null {
  if (typeof value !== 'string') return null;
  if (kind === 'url') return hostOfUrl(value);
  if (kind === 'request') return hostOfRequest(value);
  return isBlank(value) ? null : value;
}

const byteKeys = [
  'bodybytessent',
  'bytessent',
  'downstreamcontentsize',
  'scbytes',
  'edgeresponsebytes',
  'responsesize',
  'responsebytes',
  'sentbytes',
  'bytes',
  'size',
  'bodysize',
  'respsize',
  'httpresponsebodybytes',
  'responsebodysize',
  'originresponsebytes',
  'byte',
  'b',
  'sent',
  'bytesout',
  'bytessend',
  'sendbytes',
  'bodybytes',
  'bodybytesout',
  'responsesizebytes',
  'respbytes',
  'responselength',
  'outbytes',
  'flux',
];
const timeKeys = [
  'timeiso8601',
  'timestamp',
  'startutc',
  'starttime',
  'timelocal',
  'edgestarttimestamp',
  'time',
  'ts',
  'msec',
  'datetime',
  'requesttime',
  'logtime',
  'unixtime',
  'startlocal',
  'date',
  't',
  'startedat',
];
/** A key of any other name that says of itself that it is an instant. */
const timeLike = /(?:time|timestamp|date|at|epoch)$/i;

function amountKeys(rows: readonly Row[]): Pick<ChosenKeys, 'bytes' | 'time'> {
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const last = (key: string) => bare(key.slice(key.lastIndexOf('.') + 1));
  const pick = (wanted: readonly string[], fits: (value: unknown) => boolean) => {
    for (const name of wanted) {
      const found = keys.find(
        (key) => (bare(key) === name || last(key) === name) && rows.some((row) => fits(row.get(key))),
      );
      if (found !== undefined) return found;
    }
    return null;
  };
  const isAmount = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  const isTime = (value: unknown) => timeOf(value) !== null;
  const anyTime = keys.find((key) => timeLike.test(key) && rows.every((row) => isTime(row.get(key))));
  return { bytes: pick(byteKeys, isAmount), time: pick(timeKeys, isTime) ?? anyTime ?? null };
}
