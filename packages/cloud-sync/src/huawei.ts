import { CloudFailure, type CloudList, hostOf, type OpenCloud } from './cloud-inventory.ts';
import { type CodeTable, failureOf, loadSdk, numberAt, rowsAt, textAt, withoutSecrets } from './failure-of.ts';

/** The gateway's codes, and BSS's for lack of permission [K]; the rest goes by HTTP status. */
const codes: CodeTable = [
  [/^APIG(?:W)?\.0308/, 'throttled'],
  [/^APIG(?:W)?\.030[1-3]/, 'credentials_rejected'],
  [/^CBC\.015[01]/, 'forbidden'],
];

interface Call {
  readonly service: string;
  readonly host: (region: string) => string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Which id the address needs. */
  readonly of: 'project' | 'domain' | 'nobody';
}
interface HuaweiList extends CloudList, Call {
  readonly rows: string;
  readonly ask: (region: string, cursor: string | null) => Record<string, string | number>;
  readonly next: (document: unknown, rows: readonly unknown[], cursor: string | null) => string | null;
}

const everywhere = (service: string) => () => `${service}.myhuaweicloud.com`;
const regional = (service: string) => (region: string) => `${service}.${region}.myhuaweicloud.com`;
/** A page is followed by another when it was full; the last row's id is the marker, as documented. */
const nextMarker = (size: number) => (_: unknown, rows: readonly unknown[]) =>
  rows.length < size ? null : textAt(rows.at(-1), 'id');

const lists: readonly HuaweiList[] = [
  {
    operation: 'ECS ListServersDetails',
    scope: 'region',
    products: ['ecs', 'bms'],
    service: 'ecs',
    host: regional('ecs'),
    method: 'GET',
    url: '/v1/{project_id}/cloudservers/detail',
    of: 'project',
    rows: 'servers',
    ask: (_, cursor) => ({
      limit: 200,
      enterprise_project_id: 'all_granted_eps',
      ...(cursor ? { marker: cursor } : {}),
    }),
    next: nextMarker(200),
  },
  {
    operation: 'EIP ListPublicips',
    scope: 'region',
    products: [],
    service: 'vpc',
    host: regional('vpc'),
    method: 'GET',
    url: '/v1/{project_id}/publicips',
    of: 'project',
    rows: 'publicips',
    ask: (_, cursor) => ({
      limit: 500,
      enterprise_project_id: 'all_granted_eps',
      ...(cursor ? { marker: cursor } : {}),
    }),
    next: nextMarker(500),
  },
  {
    operation: 'Config ListAllResources (hcss.l-instance)',
    scope: 'region',
    products: ['flexus_l'],
    service: 'rms',
    host: everywhere('rms'),
    method: 'GET',
    url: '/v1/resource-manager/domains/{domain_id}/all-resources',
    of: 'domain',
    rows: 'resources',
    ask: (region, cursor) => ({
      type: 'hcss.l-instance',
      region_id: region,
      limit: 200,
      ...(cursor ? { marker: cursor } : {}),
    }),
    next: (document) => textAt(document, 'page_info', 'next_marker'),
  },
  {
    operation: 'BSS ListPayPerUseCustomerResources',
    scope: 'account',
    products: [],
    service: 'bss',
    host: everywhere('bss'),
    method: 'POST',
    url: '/v2/orders/suscriptions/resources/query',
    of: 'nobody',
    rows: 'data',
    ask: (_, cursor) => ({ only_main_resource: 1, limit: 500, offset: Number(cursor ?? 0) }),
    next: (document, rows, cursor) => {
      const read = Number(cursor ?? 0) + rows.length;
      return rows.length > 0 && read < (numberAt(document, 'total_count') ?? 0) ? String(read) : null;
    },
  },
];

const projects: Call = { service: 'iam', host: everywhere('iam'), method: 'GET', url: '/v3/projects', of: 'nobody' };
const domains: Call = { service: 'iam', host: everywhere('iam'), method: 'GET', url: '/v3/auth/domains', of: 'nobody' };

/** The SDK's own logger writes failed requests with their headers to standard output; this one is silent. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

const importSdk = () =>
  Promise.all([
    import('@huaweicloud/huaweicloud-sdk-core/HcClient.js'),
    import('@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js'),
    import('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'),
    import('@huaweicloud/huaweicloud-sdk-core/auth/GlobalCredentials.js'),
  ]);

/**
 * Huawei Cloud over its SDK's generic client (SDK-HMAC-SHA256). Credentials: HUAWEICLOUD_SDK_AK and _SK, as the SDK's
 * builder names them. Project and domain are looked up here: the SDK's own look-up would create a missing project.
 */
export const openHuawei: OpenCloud = async (endpoint) => {
  const [clients, transports, auth, globals] = await loadSdk('@huaweicloud/huaweicloud-sdk-core', importSdk);
  const { HUAWEICLOUD_SDK_AK: ak, HUAWEICLOUD_SDK_SK: sk, HUAWEICLOUD_SDK_SECURITY_TOKEN: token } = process.env;
  if (!ak || !sk) throw new CloudFailure('credentials_missing', '');
  const keys = { ak, sk, ...(token ? { securityToken: token } : {}) };

  async function call(to: Call, region: string, id: string, ask: Record<string, string | number>): Promise<unknown> {
    const hosts = [`${endpoint?.protocol ?? 'https:'}//${hostOf(endpoint, to.service, region, to.host(region))}`];
    const options = { logger: silent as never, axiosRequestConfig: { timeout: 30_000, maxRedirects: 0 } };
    const credential =
      to.of === 'project'
        ? new auth.BasicCredentials({ ...keys, projectId: id })
        : new globals.GlobalCredentials({ ...keys, domainId: id });
    const client = new clients.HcClient(new transports.DefaultHttpClient(options, hosts))
      .withEndpoints(hosts)
      .withCredential(credential);
    try {
      return await client.sendRequest({
        method: to.method,
        url: to.url,
        contentType: 'application/json',
        pathParams: { project_id: id, domain_id: id },
        queryParams: to.method === 'GET' ? ask : {},
        headers: {},
        ...(to.method === 'POST' ? { data: ask } : {}),
      });
    } catch (error) {
      const { errorCode, httpStatusCode } = error as { errorCode?: string; httpStatusCode?: number };
      throw withoutSecrets(failureOf(error, codes, { code: errorCode, status: httpStatusCode }), [ak, sk, token]);
    }
  }

  const ids = new Map<string, Promise<string>>();
  async function lookUp(of: Call['of'], region: string): Promise<string> {
    const given = process.env[of === 'project' ? 'HUAWEICLOUD_SDK_PROJECT_ID' : 'HUAWEICLOUD_SDK_DOMAIN_ID'];
    if (of === 'nobody' || given) return given ?? '';
    const asked = of === 'project' ? { name: region } : {};
    const document = await call(of === 'project' ? projects : domains, region, '', asked);
    const id = textAt(rowsAt(document, of === 'project' ? 'projects' : 'domains')[0], 'id');
    if (id === null) throw new CloudFailure('region_unknown', `IAM knows no ${of} for ${region}`);
    return id;
  }

  return {
    lists,
    async page({ list: { operation }, region, cursor }) {
      const list = lists.find((each) => each.operation === operation);
      if (list === undefined) throw new CloudFailure('refused', 'no such list');
      const key = `${list.of} ${list.of === 'project' ? region : ''}`;
      const id = await (ids.get(key) ?? remember(key, lookUp(list.of, region)));
      const document = await call(list, region, id, list.ask(region, cursor));
      const rows = rowsAt(document, list.rows);
      const total = numberAt(document, 'count') ?? numberAt(document, 'total_count');
      return { document, rows: rows.length, total, next: list.next(document, rows, cursor) };
    },
  };

  /** One look-up for all lists; one that failed is tried again. */
  function remember(key: string, found: Promise<string>): Promise<string> {
    ids.set(key, found);
    found.catch(() => ids.delete(key));
    return found;
  }
};
