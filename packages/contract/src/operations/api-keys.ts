import { z } from 'zod';
import { apiScopes, operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

const apiKeyShape = z
  .object({
    id: z.string().meta({ description: 'Public; audit rows name it as the actor' }),
    accountId: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    state: z.enum(['active', 'expired', 'revoked']).meta({ description: 'Derived at the time of asking' }),
    createdAt: instantShape,
    createdBy: z.string(),
    rotatedAt: instantShape.nullable(),
    earlierUntil: instantShape.nullable().meta({ description: 'Until when the secret before the rotation is good' }),
    expiresAt: instantShape.nullable(),
    revokedAt: instantShape.nullable(),
    lastUsedAt: instantShape.nullable().meta({ description: 'To the hour' }),
  })
  .meta({ id: 'ApiKey' });

const withSecret = z.object({
  apiKey: apiKeyShape,
  secret: z.string().nullable().meta({
    description:
      '完整密钥，只在第一次答复中给出；重复请求得到 null，请改为轮换 / The whole key, in the first answer only; a repetition gets null: rotate then',
  }),
});
const keyParams = z.strictObject({ keyId: idShape });

export const createApiKey = operation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: {
    zh: '新建 API 密钥（仅限客户本人，接入商人员无法看到密钥）',
    en: 'Create an API key; only the customer sees its secret',
  },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['api_key'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    accountId: idShape
      .optional()
      .meta({ description: 'The caller’s own account, which it is anyway', deprecated: true }),
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(apiScopes)).min(1),
    lifetimeDays: z.number().int().min(1).max(3650).nullable().default(365),
  }),
  answer: withSecret,
  faults: [],
});

export const listApiKeys = operation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: { zh: 'API 密钥列表', en: 'List API keys' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['api_key'],
  params: emptyShape,
  query: z.strictObject({
    accountId: idShape.optional(),
    state: z.enum(['active', 'expired', 'revoked']).optional(),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ apiKeys: z.array(apiKeyShape), next: nextShape }),
  faults: [],
});

export const rotateApiKey = operation({
  id: 'rotateApiKey',
  method: 'POST',
  path: '/api/v1/api-keys/{keyId}/rotate',
  summary: { zh: '轮换 API 密钥', en: 'Rotate an API key' },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['api_key'],
  params: keyParams,
  query: emptyShape,
  body: z.strictObject({
    overlapHours: z
      .number()
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'For how long the secret before stays good' }),
  }),
  answer: withSecret,
  faults: ['object.not_found', 'object.changed'],
});

export const revokeApiKey = operation({
  id: 'revokeApiKey',
  method: 'POST',
  path: '/api/v1/api-keys/{keyId}/revoke',
  summary: { zh: '吊销 API 密钥', en: 'Revoke an API key' },
  roles: ['customer', 'operator'],
  right: 'owner',
  command: true,
  nouns: ['api_key'],
  params: keyParams,
  query: emptyShape,
  body: emptyShape,
  answer: apiKeyShape,
  faults: ['object.not_found'],
});
