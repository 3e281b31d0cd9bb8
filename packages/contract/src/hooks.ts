import { type VerificationReason, verificationReasonIds } from '@openbeian/model/verification';
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { verificationResultsPath } from './hook-paths.ts';
import { problemShape } from './problem.ts';
import { instantShape, webhookEventTypes } from './shapes.ts';
import { webhookEventShapes } from './webhook-events.ts';

/** Largest body of a message that comes from outside: a result with its reference and times has some hundred bytes. */
export const hookBodyKiB = 16;

const outsideId = z.string().min(1).max(200);

/** What the verification service sends; fields that we do not know are passed over. */
export const verificationResultShape = z
  .looseObject({
    reference: outsideId.meta({ description: '开始核验时给出的 reference / The `reference` of the start' }),
    resultId: outsideId.meta({ description: '同一结果只记一次 / One result is taken once' }),
    outcome: z.enum(['passed', 'failed']),
    at: z.iso.datetime({ offset: true }).meta({ description: '结果产生的时刻 / When it was found' }),
    reason: z
      .union([z.enum(verificationReasonIds as [VerificationReason, ...VerificationReason[]]), z.string()]) // there is one
      .nullable()
      .optional()
      .meta({ description: '未通过的原因，其他值按 other / Why it failed; other values count as `other`' }),
  })
  .meta({ id: 'VerificationResult' });

const eventShape = z
  .object({
    type: z.enum([...webhookEventTypes, 'WebhookTest']),
    timestamp: instantShape.meta({ description: '事件发生的时刻 / When it happened' }),
    data: z.looseObject({ id: z.string().meta({ description: '事件编号 / The id of the event' }) }),
  })
  .meta({ id: 'WebhookEvent' });

/** The headers of the Standard Webhooks scheme, on messages of either side. */
const signedHeaders = z.object({
  'webhook-id': z
    .string()
    .min(1)
    .max(200)
    .meta({ description: '消息编号，重发时不变 / The id of the message; it stays when the message is sent again' }),
  'webhook-timestamp': z
    .string()
    .regex(/^\d{1,12}$/)
    .meta({ description: '1970 年以来的秒数，误差不超过五分钟 / Seconds since 1970, five minutes off at most' }),
  'webhook-signature': z.string().meta({
    description:
      'v1,<base64>：对 <id>.<timestamp>.<body> 的 HMAC-SHA256，可有多个，以空格分隔 / v1,<base64>: HMAC-SHA256 over `<id>.<timestamp>.<body>`; several are separated by spaces',
  }),
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemShape } },
});

const takeVerificationResult: ZodOpenApiOperationObject = {
  operationId: 'takeVerificationResult',
  tags: ['hooks'],
  summary: '核验服务回传结果 / The verification service says what came of a verification',
  description: [
    '由接入商的核验服务调用，不用会话或 API 密钥：以 verification.secret 签名（docs/verification.md）。可重复、可迟到、可乱序。',
    'Called by the provider’s verification service, without a session or key: signed with `verification.secret` (docs/verification.md). It may come again, late and out of order.',
  ].join('\n\n'),
  // The signature is in three headers, which no security scheme of OpenAPI describes.
  security: [],
  requestParams: { header: signedHeaders },
  requestBody: {
    required: true,
    description: `至多 ${hookBodyKiB} KiB / Up to ${hookBodyKiB} KiB`,
    content: { 'application/json': { schema: verificationResultShape } },
  },
  responses: {
    200: {
      description: '已收到 / Taken',
      content: {
        'application/json': {
          schema: z.object({
            changed: z
              .boolean()
              .meta({ description: 'false：已记录过或有更新的结果 / known already, or a newer one is' }),
          }),
        },
      },
    },
    401: problem(
      '- `auth.required`: 签名不符、已过期或内容不合约定 / The signature does not fit or is too old, or the body is no result',
    ),
    404: problem('- `object.not_found`: 没有这次核验 / There is no such verification'),
    413: problem('- `request.too_large`: 内容过大 / The body is too large'),
    415: problem('- `request.wrong_content_type`: 不是 JSON / Not JSON'),
    500: problem('- `internal`'),
    503: problem('- `store.unavailable`'),
  },
};

/** Requests of other programs to us that are no operations of people: each has a signature of its own. */
export const hookPaths: ZodOpenApiPathsObject = { [verificationResultsPath]: { post: takeVerificationResult } };

const receives = (operationId: string, summary: string, schema: z.ZodType): ZodOpenApiOperationObject => ({
  operationId,
  tags: ['webhooks'],
  summary,
  security: [],
  requestParams: { header: signedHeaders },
  requestBody: { required: true, content: { 'application/json': { schema } } },
  responses: { '2XX': { description: '已收到 / Received' }, 410: { description: '不再接收 / No more is wanted' } },
});

/** Of each event what it has; fields are added, never renamed. */
const sentByType = Object.entries(webhookEventShapes).map(([type, shape]) => [
  type,
  { post: receives(`receive${type}`, `事件 ${type} / The event ${type}`, shape) },
]);

/** Requests of ours to addresses that customers and the provider gave: any event, and each by itself. */
export const sentWebhooks: ZodOpenApiPathsObject = {
  event: {
    post: {
      ...receives(
        'receiveEvent',
        '事件通知，发往已登记的 Webhook 地址 / An event, sent to the webhook endpoints that want its type',
        eventShape,
      ),
      description: [
        '以创建 Webhook 时显示的密钥签名；更换密钥的过渡期内有两个签名。以 webhook-id 去重；任何 2xx 即为收到，410 表示不再接收，其余按退避时间重发。',
        'Signed with the key shown when the endpoint was created, with two signatures while keys are replaced. Tell repetitions by `webhook-id`. Any 2xx means received, 410 that no more is wanted; everything else is sent again, less and less often.',
      ].join('\n\n'),
    },
  },
  ...Object.fromEntries(sentByType),
};
