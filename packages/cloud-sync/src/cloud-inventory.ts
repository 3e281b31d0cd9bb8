/** Why a cloud could not be read. Closed: the command words each kind in both languages. */
export type FailureKind =
  | 'sdk_missing'
  | 'credentials_missing'
  | 'credentials_rejected'
  | 'forbidden'
  | 'throttled'
  | 'busy'
  | 'unreachable'
  | 'region_unknown'
  | 'changing'
  | 'malformed'
  | 'refused';

/** A cloud could not be read. `message` is the cloud's or the network's own text, without credentials in it. */
export class CloudFailure extends Error {
  override name = 'CloudFailure';
  readonly kind: FailureKind;
  /** The cloud's own error code, or the network's. */
  readonly code: string | null;

  constructor(kind: FailureKind, message: string, code: string | null = null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** A list that a cloud keeps of a region, or once for the whole account. */
export interface CloudList {
  /** The operation as the cloud's own documents call it. */
  readonly operation: string;
  readonly scope: 'region' | 'account';
  /** The products whose resources are its rows; none: it says something of resources of other lists. */
  readonly products: readonly string[];
}

interface PageRequest {
  readonly list: CloudList;
  /** Of a list of the account: the first region that was asked for. */
  readonly region: string;
  /** What the page before answered as `next`; null asks for the first page. */
  readonly cursor: string | null;
}

/** One page of a list. */
export interface Page {
  /** The response in its documented shape, as `readCloudResponse` takes it. */
  readonly document: unknown;
  readonly rows: number;
  /** How many rows the cloud says the whole list has, if it says so. */
  readonly total: number | null;
  readonly next: string | null;
}

/** The port: where a cloud keeps what an inventory is made of. One adapter per cloud, over its official SDK. */
export interface CloudInventory {
  readonly lists: readonly CloudList[];
  /** @throws CloudFailure and nothing else */
  page(request: PageRequest): Promise<Page>;
}

/** Opens a cloud with the credentials of the environment or of its SDK's own chain. @throws CloudFailure */
export type OpenCloud = (endpoint: Endpoint | null) => Promise<CloudInventory>;

/** Where to ask instead of the cloud's public address: a private edition of it, or a test. */
export interface Endpoint {
  readonly protocol: 'http:' | 'https:';
  /** Host and port, in which `{service}` and `{region}` are replaced. */
  readonly host: string;
}

/** Reads `https://{service}.{region}.cloud.example`; plain HTTP is for this machine only. Null for anything else. */
export function parseEndpoint(text: string): Endpoint | null {
  const found = /^(https?:)\/\/([a-z0-9.:{}-]+)\/?$/.exec(text);
  const host = found?.[2] ?? '';
  if (!URL.canParse(`https://${filled(host, 'service', 'region')}`)) return null;
  const protocol = found?.[1] === 'http:' ? 'http:' : 'https:';
  const local = /^(?:127\.0\.0\.1|(?:[a-z0-9{}-]+\.)*localhost)(?::\d+)?$/.test(host);
  return protocol === 'http:' && !local ? null : { protocol, host };
}

/** The host to ask: the public one unless an endpoint is set. */
export function hostOf(endpoint: Endpoint | null, service: string, region: string, publicHost: string): string {
  return endpoint === null ? publicHost : filled(endpoint.host, service, region);
}

function filled(host: string, service: string, region: string): string {
  return host.replaceAll('{service}', service).replaceAll('{region}', region);
}
