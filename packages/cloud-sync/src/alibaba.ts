import { createRequire } from 'node:module';
import { CloudFailure, type CloudList, hostOf, type OpenCloud } from './cloud-inventory.ts';
import { type CodeTable, failureOf, loadSdk, numberAt, rowsAt, textAt, valueAt, withoutSecrets } from './failure-of.ts';

const require = createRequire(import.meta.url);
type Api = typeof import('@alicloud/openapi-client');
type Chain = typeof import('@alicloud/credentials');
type Util = typeof import('@alicloud/tea-util');

/** Common error codes, as documented; products add suffixes. */
const codes: CodeTable = [
  [/^Throttling|\.Throttling|^ServiceUnavailable\.Throttl|RequestLimitExceeded|^Api\.Limit/, 'throttled'],
  [
    /^(?:InvalidAccessKeyId|InvalidAccessKeySecret|SignatureDoesNotMatch|IncompleteSignature|InvalidSecurityToken|MissingSecurityToken|IllegalTimestamp|InvalidTimeStamp|SignatureNonceUsed)/,
    'credentials_rejected',
  ],
  [
    /^(?:Forbidden|NoPermission|NotAuthorized|NotApplicable|AccessDenied|OperationDenied\.NoPermission|ImplicitDeny)/i,
    'forbidden',
  ],
  [/^(?:InvalidRegionId|InvalidRegion|InvalidLocation|UnsupportedRegion|Endpoint\.)/, 'region_unknown'],
  [/^(?:InternalError|ServiceUnavailable|UnknownError)/, 'busy'],
];

interface AlibabaList extends CloudList {
  readonly service: string;
  readonly host: (region: string) => string;
  readonly version: string;
  readonly action: string;
  readonly rows: readonly string[];
  readonly query: (region: string, cursor: string | null) => Record<string, string>;
  readonly next: (document: unknown, rows: number, cursor: string | null) => string | null;
  readonly total: readonly string[] | null;
}

const nextNumber =
  (total: readonly string[], size: number) => (document: unknown, rows: number, cursor: string | null) => {
    const page = Number(cursor ?? 1);
    const all = numberAt(document, ...total);
    return rows > 0 && (all === null ? rows === size : page * size < all) ? String(page + 1) : null;
  };

const lists: readonly AlibabaList[] = [
  {
    operation: 'ECS DescribeInstances',
    scope: 'region',
    products: ['ecs'],
    service: 'ecs',
    host: (region) => `ecs.${region}.aliyuncs.com`,
    version: '2014-05-26',
    action: 'DescribeInstances',
    rows: ['Instances', 'Instance'],
    query: (region, cursor) => ({ RegionId: region, MaxResults: '100', ...(cursor ? { NextToken: cursor } : {}) }),
    next: (document) => textAt(document, 'NextToken'),
    total: null,
  },
  {
    operation: 'SWAS ListInstances',
    scope: 'region',
    products: ['swas'],
    service: 'swas',
    host: (region) => `swas.${region}.aliyuncs.com`,
    version: '2020-06-01',
    action: 'ListInstances',
    rows: ['Instances'],
    query: (region, cursor) => ({ RegionId: region, PageSize: '100', PageNumber: cursor ?? '1' }),
    next: nextNumber(['TotalCount'], 100),
    total: ['TotalCount'],
  },
  {
    operation: 'VPC DescribeEipAddresses',
    scope: 'region',
    products: [],
    service: 'vpc',
    host: (region) => `vpc.${region}.aliyuncs.com`,
    version: '2016-04-28',
    action: 'DescribeEipAddresses',
    rows: ['EipAddresses', 'EipAddress'],
    query: (region, cursor) => ({ RegionId: region, PageSize: '100', PageNumber: cursor ?? '1' }),
    next: nextNumber(['TotalCount'], 100),
    total: ['TotalCount'],
  },
  {
    operation: 'BSS QueryResourcePackageInstances',
    scope: 'account',
    products: ['function_compute'],
    service: 'business',
    host: () => 'business.aliyuncs.com',
    version: '2017-12-14',
    action: 'QueryResourcePackageInstances',
    rows: ['Data', 'Instances', 'Instance'],
    query: (_, cursor) => ({ PageSize: '300', PageNum: cursor ?? '1' }),
    next: nextNumber(['Data', 'TotalCount'], 300),
    total: ['Data', 'TotalCount'],
  },
];

/** What all operations share: RPC, signed with an access key. */
const rpc = {
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
};

/** Alibaba Cloud over its SDK's generic client (RPC, ACS3-HMAC-SHA256). Credentials: the SDK's default chain. */
export const openAlibaba: OpenCloud = async (endpoint) => {
  const names = '@alicloud/openapi-client @alicloud/credentials @alicloud/tea-util';
  // By `require`, for these are CommonJS modules with a default export.
  const [api, chain, util] = await loadSdk(names, async () => [
    require('@alicloud/openapi-client') as Api,
    require('@alicloud/credentials') as Chain,
    require('@alicloud/tea-util') as Util,
  ]);
  // A machine's own role is asked for only where the environment names one: elsewhere the question waits for nobody.
  if (!process.env['ALIBABA_CLOUD_ECS_METADATA']) process.env['ALIBABA_CLOUD_ECS_METADATA_DISABLED'] ??= 'true';
  const keys = await new chain.default().getCredential().catch(() => null);
  if (!keys?.accessKeyId || !keys.accessKeySecret) throw new CloudFailure('credentials_missing', '');
  const { accessKeyId, accessKeySecret, securityToken } = keys;

  async function call(list: AlibabaList, region: string, query: Record<string, string>): Promise<unknown> {
    const protocol = endpoint?.protocol === 'http:' ? 'HTTP' : 'HTTPS';
    const client = new api.default(
      new api.Config({
        accessKeyId,
        accessKeySecret,
        ...(securityToken ? { securityToken } : {}),
        endpoint: hostOf(endpoint, list.service, region, list.host(region)),
        protocol,
        regionId: region,
        connectTimeout: 10_000,
        readTimeout: 30_000,
      }),
    );
    const params = new api.Params({ ...rpc, action: list.action, version: list.version, protocol });
    try {
      const runtime = new util.RuntimeOptions({ autoretry: false });
      const answer = await client.callApi(params, new api.OpenApiRequest({ query }), runtime);
      const document: unknown = valueAt(answer, 'body');
      if (valueAt(document, 'Success') === false) {
        // BSS answers 200 and says inside that it refused.
        const refused = new Error(textAt(document, 'Message') ?? '');
        throw Object.assign(refused, { code: textAt(document, 'Code') ?? 'refused' });
      }
      return document;
    } catch (error) {
      const { code, statusCode } = error as { code?: unknown; statusCode?: number };
      const said = typeof code === 'string' ? code : undefined;
      throw withoutSecrets(failureOf(error, codes, { code: said, status: statusCode }), [
        accessKeyId,
        accessKeySecret,
        securityToken,
      ]);
    }
  }

  return {
    lists,
    async page({ list: { operation }, region, cursor }) {
      const list = lists.find((each) => each.operation === operation);
      if (list === undefined) throw new CloudFailure('refused', 'no such list');
      const query = list.query(region, cursor);
      const document = await call(list, region, query);
      const rows = rowsAt(document, ...list.rows).length;
      if (list.service === 'ecs' && cursor === null && rows === 0)
        await provePermission(() => call(list, region, { ...query, DryRun: 'true' }));
      const total = list.total && numberAt(document, ...list.total);
      return { document, rows, total, next: list.next(document, rows, cursor) };
    },
  };
};

/** ECS answers an empty list to who may not see it (documented); a dry run tells the two apart. */
async function provePermission(dryRun: () => Promise<unknown>): Promise<void> {
  try {
    await dryRun();
  } catch (error) {
    if (!(error instanceof CloudFailure) || error.code !== 'DryRunOperation') throw error;
  }
}
