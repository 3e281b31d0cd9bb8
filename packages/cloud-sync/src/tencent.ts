import { lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { CloudFailure, type CloudList, hostOf, type OpenCloud } from './cloud-inventory.ts';
import { type CodeTable, failureOf, loadSdk, numberAt, rowsAt, withoutSecrets } from './failure-of.ts';

const rowsPerPage = 100;

/** Common error codes of API 3.0, as documented. */
const codes: CodeTable = [
  [/^(?:AuthFailure\.)?UnauthorizedOperation/, 'forbidden'],
  [/^AuthFailure/, 'credentials_rejected'],
  [/^RequestLimitExceeded/, 'throttled'],
  [/^(?:UnsupportedRegion|InvalidParameterValue\.Region)/, 'region_unknown'],
  [/^(?:InternalError|ServiceUnavailable)/, 'busy'],
];

interface TencentList extends CloudList {
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly rows: string;
}

const lists: readonly TencentList[] = [
  {
    operation: 'CVM DescribeInstances',
    scope: 'region',
    products: ['cvm'],
    service: 'cvm',
    version: '2017-03-12',
    action: 'DescribeInstances',
    rows: 'InstanceSet',
  },
  {
    operation: 'Lighthouse DescribeInstances',
    scope: 'region',
    products: ['lighthouse'],
    service: 'lighthouse',
    version: '2020-03-24',
    action: 'DescribeInstances',
    rows: 'InstanceSet',
  },
  {
    operation: 'VPC DescribeAddresses',
    scope: 'region',
    products: [],
    service: 'vpc',
    version: '2017-03-12',
    action: 'DescribeAddresses',
    rows: 'AddressSet',
  },
];

/** Tencent Cloud over its SDK's `CommonClient` (API 3.0, TC3-HMAC-SHA256). Credentials: environment, then profile, then TKE. */
export const openTencent: OpenCloud = async (endpoint) => {
  const sdk = await loadSdk('tencentcloud-sdk-nodejs-common', () => import('tencentcloud-sdk-nodejs-common'));
  const providers = [new sdk.EnvironmentVariableCredential(), new sdk.ProfileCredential()];
  let credential: { secretId?: string; secretKey?: string; token?: string } = {};
  for (const provider of providers) {
    credential = await provider.getCredential();
    if (credential.secretId && credential.secretKey) break;
  }
  const web = process.env['TKE_ROLE_ARN'] ? new sdk.OIDCRoleArnCredential() : null;
  if (!(credential.secretId && credential.secretKey) && web === null) throw new CloudFailure('credentials_missing', '');
  const secrets = [credential.secretId, credential.secretKey, credential.token];
  return {
    lists,
    async page({ list, region, cursor }) {
      const { service, version, action, rows } = lists.find(({ operation }) => operation === list.operation) ?? lost();
      const offset = Number(cursor ?? 0);
      const client = new sdk.CommonClient(`${service}.tencentcloudapi.com`, version, {
        credential: credential.secretId ? credential : (web ?? {}),
        region,
        profile: {
          httpProfile: {
            endpoint: hostOf(endpoint, service, region, `${service}.tencentcloudapi.com`),
            protocol: `${endpoint?.protocol ?? 'https:'}//`,
            reqTimeout: 30,
            ...(endpoint?.protocol === 'http:' ? { agent: loopback } : {}),
          },
        },
      });
      try {
        const document: unknown = await client.request(action, { Offset: offset, Limit: rowsPerPage });
        const count = rowsAt(document, rows).length;
        const total = numberAt(document, 'TotalCount');
        const more = count > 0 && (total === null ? count === rowsPerPage : offset + count < total);
        return { document, rows: count, total, next: more ? String(offset + count) : null };
      } catch (error) {
        const { code, httpCode } = error as { code?: string; httpCode?: number };
        throw withoutSecrets(failureOf(error, codes, { code, status: httpCode }), secrets);
      }
    },
  };
};

/** `cvm.localhost` is this machine (RFC 6761), but not every resolver knows; the signature needs the service's name there. */
const loopback = new HttpAgent({
  lookup: (name, options, done) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done),
});

function lost(): never {
  throw new CloudFailure('refused', 'no such list');
}
