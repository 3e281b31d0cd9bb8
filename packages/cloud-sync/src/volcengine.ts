import { createRequire } from 'node:module';
import { CloudFailure, type CloudList, hostOf, type OpenCloud } from './cloud-inventory.ts';
import { type CodeTable, failureOf, loadSdk, numberAt, rowsAt, textAt, valueAt, withoutSecrets } from './failure-of.ts';

// By `require`, for it is a CommonJS module with a default export.
const require = createRequire(import.meta.url);
type Sdk = typeof import('@volcengine/openapi/lib/base/service.js');

/** Common error codes, as documented; the regions' are [K]. */
const codes: CodeTable = [
  [/FlowLimit|Throttl|LimitExceeded|TooManyRequests/i, 'throttled'],
  [/^(?:AccessDenied|LackPolicy|Forbidden)/, 'forbidden'],
  [
    /AccessKey|Signature|Credential|SecurityToken|SessionToken|AuthenticationToken|InvalidTimestamp/,
    'credentials_rejected',
  ],
  [/Region/, 'region_unknown'],
  [/^(?:Internal|ServiceFailure|ServiceUnavailable)/, 'busy'],
];

interface VolcengineList extends CloudList {
  readonly service: string;
  readonly action: string;
  readonly rows: readonly string[];
}

const lists: readonly VolcengineList[] = [
  {
    operation: 'ECS DescribeInstances',
    scope: 'region',
    products: ['ecs'],
    service: 'ecs',
    action: 'DescribeInstances',
    rows: ['Result', 'Instances'],
  },
  {
    operation: 'VPC DescribeEipAddresses',
    scope: 'region',
    products: [],
    service: 'vpc',
    action: 'DescribeEipAddresses',
    rows: ['Result', 'EipAddresses'],
  },
];

/** Volcengine over its SDK's generic `Service` (HMAC-SHA256). Credentials: VOLC_ACCESSKEY and VOLC_SECRETKEY, then ~/.volc/config. */
export const openVolcengine: OpenCloud = async (endpoint) => {
  // Only the generic part: the package's index would load every service it knows.
  const { default: Service } = await loadSdk(
    '@volcengine/openapi',
    async () => require('@volcengine/openapi/lib/base/service.js') as Sdk,
  );
  const sessionToken = process.env['VOLC_SESSION_TOKEN'];
  const known = new Service({ serviceName: 'ecs' });
  const secrets = [known.getSecretKey(), known.getAccessKeyId(), sessionToken];
  if (!secrets[0] || !secrets[1]) throw new CloudFailure('credentials_missing', '');
  return {
    lists,
    async page({ list: { operation }, region, cursor }) {
      const list = lists.find((each) => each.operation === operation);
      if (list === undefined) throw new CloudFailure('refused', 'no such list');
      const service = new Service({
        serviceName: list.service,
        defaultVersion: '2020-04-01',
        host: hostOf(endpoint, list.service, region, 'open.volcengineapi.com'),
        protocol: endpoint?.protocol ?? 'https:',
        region,
        ...(sessionToken ? { sessionToken } : {}),
      });
      const query = { MaxResults: '100', ...(cursor ? { NextToken: cursor } : {}) };
      try {
        // The SDK hands further keys to its HTTP client.
        const transport = { Action: list.action, timeout: 30_000, maxRedirects: 0 };
        const document: unknown = await service.createAPI(list.action)(query, transport);
        const refused = valueAt(document, 'ResponseMetadata', 'Error');
        if (refused !== undefined && refused !== null) {
          const error = new Error(textAt(refused, 'Message') ?? '');
          throw Object.assign(error, { code: textAt(refused, 'Code') ?? 'refused' });
        }
        const rows = rowsAt(document, ...list.rows).length;
        const next = textAt(document, 'Result', 'NextToken');
        return { document, rows, total: numberAt(document, 'Result', 'TotalCount') || null, next };
      } catch (error) {
        const { code } = error as { code?: unknown };
        throw withoutSecrets(failureOf(error, codes, { code: typeof code === 'string' ? code : undefined }), secrets);
      }
    },
  };
};
