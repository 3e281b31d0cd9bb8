import { type FaultCode, faultCatalogue } from '@openbeian/model/fault';
import { partnerNumberOf } from '@openbeian/model/partner';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { type Example, examples } from './examples.ts';
import { hookPaths, sentWebhooks } from './hooks.ts';
import { idempotencyKeyShape, type Operation, ordinaryBodyKiB, rightNeeded } from './operation.ts';
import { allOperations } from './operations/index.ts';
import { problemShape, problemStatuses } from './problem.ts';
import { findingShape, reasonShape } from './shapes.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** Names of the security schemes; the cookie is set by `signIn`. */
export const sessionCookieName = 'openbeian.session_token';

/**
 * The OpenAPI 3.1 document of everything under /api/v1, made from the operations: it cannot say anything else than
 * what the routes parse. Beside them it has the signed messages that come from outside, and as webhooks those we send.
 */
export function createOpenApiDocument(): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = { ...hookPaths };
  for (const operation of allOperations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  }
  paths['/api/v1/openapi.json'] = { get: ownDescription };
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'OpenBeian',
      version: 'v1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: [
        '接入商为客户办理 ICP 备案的接口。日期（Day）按东八区，时刻（Instant）为 UTC。出错时返回 RFC 9457 问题文档，code 取自固定目录。',
        'The API through which an access provider handles ICP filings for its customers. Days are days in Asia/Shanghai, instants are UTC. Errors are RFC 9457 problem documents with a code from a closed catalogue.',
        '列表可能落后约两秒。使用 API 密钥的程序默认读取最新内容；如可接受，读取时在请求头 OpenBeian-Position 中带上最近一次写操作应答中的同名值（没有写过则为 0/0），服务端即可从备库读取，并保证包含自己的修改。',
        'Lists may be some two seconds old. Programs with an API key read the newest unless they send the header OpenBeian-Position with its value from the answer to their last change (0/0: none): then the server may read a standby, and their own changes are always included.',
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
    tags: [...new Set(allOperations.map(tagOf))].map((name) => ({ name })),
    paths,
    webhooks: sentWebhooks,
    components: {
      schemas: { Problem: problemShape, Reason: reasonShape, Finding: findingShape },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName,
          description:
            '登录后的会话；HTTPS 部署时名称带 __Host- 前缀 / The session after signing in; over HTTPS its name has the prefix __Host-',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description:
            'API 密钥 obk.<编号>.<密文>，只经 TLS 发送 / An API key, obk.<id>.<secret>; send it over TLS only',
        },
        gate: {
          type: 'http',
          scheme: 'bearer',
          description: '阻断网关的令牌，写在服务端配置中 / The gate’s token, from the server’s configuration',
        },
        portal: {
          type: 'http',
          scheme: 'bearer',
          description: '接入商门户的令牌（signIn.portalTokens） / The portal’s token, from signIn.portalTokens',
        },
      },
    },
  };
  return createDocument(document, {
    // Answers may gain fields (contract: extend, never rename), so the schema must not exclude further fields.
    override: ({ jsonSchema, zodSchema, io }) => {
      const isOpen = zodSchema instanceof z.ZodObject && zodSchema._zod.def.catchall === undefined;
      if (io === 'output' && isOpen) delete jsonSchema.additionalProperties;
    },
  });
}

const ownDescription: ZodOpenApiOperationObject = {
  operationId: 'getOpenApi',
  tags: ['openapi.json'],
  summary: '本文档 / This document',
  security: [],
  responses: {
    200: {
      description: 'OpenAPI 3.1',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
};

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { params, query } = operation;
  const header = z.object({ 'Idempotency-Key': idempotencyKeyShape });
  const hasBody = operation.method === 'POST' || operation.method === 'PUT';
  return {
    operationId: operation.id,
    tags: [tagOf(operation)],
    summary: `${operation.summary.zh} / ${operation.summary.en}`,
    description: `${whoMay(operation)}\n\n${costOf(operation)}`,
    'x-openbeian': extensionOf(operation),
    security: securityOf(operation),
    requestParams: {
      ...(params instanceof z.ZodObject && { path: params }),
      ...(query instanceof z.ZodObject && { query }),
      ...(operation.command && { header }),
    },
    ...(hasBody && {
      requestBody: {
        required: true,
        description: bodyLimitOf(operation),
        content:
          operation.bytes === 'body' ? binary('application/octet-stream') : { 'application/json': jsonOf(operation) },
      },
    }),
    responses: {
      200: {
        description: '成功 / Done',
        content:
          operation.bytes === 'answer'
            ? { ...binary('image/jpeg'), ...binary('image/png'), ...binary('application/pdf') }
            : { 'application/json': { schema: operation.answer } },
      },
      ...problemResponses(operation),
    },
  };
}

const exampleOf = ({ id }: Operation): Example | undefined => new Map(Object.entries(examples)).get(id);

function jsonOf(operation: Operation) {
  const body = exampleOf(operation)?.body;
  return { schema: operation.body, ...(body !== undefined && { example: body }) };
}

/** For programs, what `summary` and `description` say in words; with what an example's address asks for. */
export interface OperationExtension {
  readonly summary: Operation['summary'];
  readonly roles: Operation['roles'];
  /** Of members of a customer's account. */
  readonly right: ReturnType<typeof rightNeeded> | null;
  readonly scope: Operation['scope'] | null;
  readonly exampleQuery: Readonly<Record<string, string | number>> | null;
}

function extensionOf(operation: Operation): OperationExtension {
  const { summary, roles, scope = null } = operation;
  const right = Array.isArray(roles) && roles.includes('customer') ? rightNeeded(operation) : null;
  return { summary, roles, right, scope, exampleQuery: exampleOf(operation)?.query ?? null };
}

const binary = (mediaType: string) => ({ [mediaType]: { schema: { type: 'string', format: 'binary' } as const } });

function costOf({ cost = 1, roles, asksAuthorityAbout }: Operation): string {
  if (roles === 'gate' || roles === 'portal') return '不计费用 / Not counted';
  const authority =
    asksAuthorityAbout === undefined
      ? ''
      : `；带 ${asksAuthorityAbout} 时另计一次管局查询 / ; with ${asksAuthorityAbout} one look-up at the authority as well`;
  return `请求费用 ${cost}（见 RateLimit 响应头） / Cost of a request: ${cost} (see the RateLimit headers)${authority}`;
}

function bodyLimitOf({ bodyKiB = ordinaryBodyKiB }: Operation): string {
  return bodyKiB === 'inventory'
    ? '大小以部署的 http.bodyLimitBytes 为限 / As large as the deployment’s http.bodyLimitBytes'
    : `至多 ${bodyKiB} KiB / Up to ${bodyKiB} KiB`;
}

function securityOf({ roles, scope }: Operation): Record<string, string[]>[] {
  if (roles === 'public') return [];
  if (roles === 'gate' || roles === 'portal') return [{ [roles]: [] }];
  return [{ session: [] }, ...(scope ? [{ apiKey: [] }] : [])];
}

/** The last word of its collection, e.g. `filings`. */
function tagOf(operation: { readonly path: string }): string {
  return operation.path.split('/')[3] ?? '';
}

function whoMay(operation: Operation): string {
  const { roles, scope } = operation;
  if (roles === 'public') return '无需登录 / No sign-in needed';
  if (roles === 'gate') return '仅限阻断网关 / For gates only';
  if (roles === 'portal') return '仅限接入商自己的门户 / For the provider’s own portal only';
  const words = { customer: '客户', reviewer: '审核员', operator: '运营人员', auditor: '审计员' };
  const rights = { owner: '所有者', filer: '经办人', viewer: '查看者' };
  const needed = rightNeeded(operation);
  const ofMembers = `\n\n客户账号中的权限：${rights[needed]} / Right in the customer’s account: ${needed}`;
  const forPeople =
    `角色：${roles.map((role) => words[role]).join('、')} / Roles: ${roles.join(', ')}` +
    (roles.includes('customer') ? ofMembers : '');
  return scope ? `${forPeople}\n\nAPI 密钥权限 / scope of an API key: \`${scope}\`` : forPeople;
}

/** The faults of its own that an operation declares, and those that come from being that kind of operation. */
export function faultsOf(operation: Operation): FaultCode[] {
  const codes = new Set<FaultCode>(['input.invalid', 'store.unavailable', 'internal']);
  if (operation.method !== 'GET') codes.add('request.foreign_origin');
  if (operation.method === 'POST' || operation.method === 'PUT') {
    codes.add('request.wrong_content_type').add('request.too_large');
  }
  if (operation.roles !== 'public') codes.add('auth.required');
  if (typeof operation.roles !== 'string') {
    codes.add('auth.forbidden').add('auth.second_factor_due');
    if (operation.roles.includes('customer') && rightNeeded(operation) !== 'viewer') codes.add('auth.right_missing');
    // Whether a key may call this or not, one that is sent is looked at.
    codes.add('auth.key_refused').add('auth.scope_missing');
  }
  if (operation.roles !== 'gate' && operation.roles !== 'portal') codes.add('auth.rate_limited');
  if (operation.command) codes.add('idempotency.key_missing').add('idempotency.key_reused');
  for (const code of operation.faults) codes.add(code);
  return [...codes];
}

function numberIn({ path }: Operation, code: FaultCode): string {
  const number = path.startsWith('/api/v1/partner/') ? partnerNumberOf(code) : null;
  return number === null ? '' : ` (${number})`;
}

function problemResponses(operation: Operation): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(faultsOf(operation), (code) => problemStatuses[code]);
  const content = { 'application/problem+json': { schema: problemShape } };
  const lines = (codes: FaultCode[]) =>
    codes
      .map(
        (code) => `- \`${code}\`${numberIn(operation, code)}: ${faultCatalogue[code].zh} / ${faultCatalogue[code].en}`,
      )
      .join('\n');
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, { description: lines(codes), content }]));
}
