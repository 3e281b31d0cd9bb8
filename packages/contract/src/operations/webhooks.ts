import { z } from 'zod';
import { operation } from '../operation.ts';
import { cursorShape, nextShape, pageQuery, pageQueryOf, totalShape } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody, versionShape, webhookTypes } from '../shapes.ts';

const urlField = z.string().min(1).max(2000).meta({
  description: 'https, without user name, password and fragment; addresses inside the provider’s network are refused',
});
const typesField = z.array(z.enum(webhookTypes)).max(webhookTypes.length).meta({
  description:
    'Which events are sent; an empty list means all of them, filing.*, record.* and code.* all of a family, those of later releases included',
});
const descriptionField = z.string().max(200);
const secretField = z.string().nullable().meta({
  description: 'whsec_ and 32 bytes in base64, shown this once; null when the key has been replaced since this request',
});

const webhookShape = z
  .object({
    id: z.string(),
    accountId: z.string().nullable().meta({ description: 'Null: the provider’s own' }),
    url: z.string(),
    types: z.array(z.enum(webhookTypes)),
    description: z.string(),
    state: z.enum(['active', 'paused']),
    pausedBecause: z
      .enum(['request', 'failures', 'gone'])
      .nullable()
      .meta({ description: 'On request, after too many dead deliveries, or the receiver answered 410' }),
    pausedAt: instantShape.nullable(),
    failingSince: instantShape.nullable().meta({ description: 'Since when attempts fail' }),
    consecutiveDeadDeliveries: z
      .number()
      .int()
      .meta({ description: 'Deliveries given up since the last one that arrived' }),
    waiting: z.number().int().meta({ description: 'Deliveries not made yet' }),
    previousSecretUntil: instantShape
      .nullable()
      .meta({ description: 'Until then requests are signed with the old and the new key' }),
    version: z.number().int(),
    createdAt: instantShape,
  })
  .meta({ id: 'Webhook' });

const deliveryShape = z
  .object({
    id: z.string(),
    webhookId: z.string(),
    eventId: z.string().meta({ description: 'The webhook-id header: the same for every attempt' }),
    type: z.string(),
    codeId: z.string().nullable(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.number().int(),
    createdAt: instantShape,
    nextAt: instantShape.nullable().meta({ description: 'Not before then; null when it is over' }),
    endedAt: instantShape.nullable(),
    lastStatus: z.number().int().nullable().meta({ description: 'The receiver’s HTTP status' }),
    lastError: z.string().nullable().meta({ description: 'A closed word, e.g. timed_out, address_refused, status' }),
    lastExcerpt: z.string().nullable().meta({ description: 'The beginning of the receiver’s answer, without secrets' }),
    body: z.string().meta({ description: 'What is sent, to the letter' }),
  })
  .meta({ id: 'WebhookDelivery' });

const owners = ['customer', 'operator'] as const;
const webhookParams = z.strictObject({ webhookId: idShape });

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'GET',
  path: '/api/v1/webhooks',
  summary: { zh: 'Webhook 地址', en: 'Webhook endpoints' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['webhook'],
  params: emptyShape,
  query: z.strictObject({ state: webhookShape.shape.state.optional(), ...pageQuery }),
  body: noBody,
  answer: z.object({ webhooks: z.array(webhookShape), next: nextShape }),
  faults: [],
});

export const countWebhooks = operation({
  id: 'countWebhooks',
  method: 'GET',
  path: '/api/v1/webhook-counts',
  summary: { zh: 'Webhook 数', en: 'How many webhook endpoints there are' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['webhook'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: totalShape,
  faults: [],
});

export const getWebhook = operation({
  id: 'getWebhook',
  method: 'GET',
  path: '/api/v1/webhooks/{webhookId}',
  summary: { zh: '单个 Webhook', en: 'One webhook endpoint' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['webhook'],
  params: webhookParams,
  query: emptyShape,
  body: noBody,
  answer: webhookShape,
  faults: ['object.not_found'],
});

export const createWebhook = operation({
  id: 'createWebhook',
  method: 'POST',
  path: '/api/v1/webhooks',
  summary: { zh: '添加 Webhook 地址（密钥只显示一次）', en: 'Add a webhook endpoint; its key is shown only once' },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ url: urlField, types: typesField.default([]), description: descriptionField.default('') }),
  answer: z.object({ webhook: webhookShape, secret: secretField }),
  faults: ['webhook.too_many', 'object.not_found'],
});

export const updateWebhook = operation({
  id: 'updateWebhook',
  method: 'PUT',
  path: '/api/v1/webhooks/{webhookId}',
  summary: {
    zh: '修改、暂停或恢复 Webhook 地址；未写的项不变',
    en: 'Change, pause or resume a webhook endpoint; omitted settings stay unchanged',
  },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook'],
  params: webhookParams,
  query: emptyShape,
  body: z.strictObject({
    version: versionShape,
    url: urlField.optional(),
    types: typesField.optional(),
    description: descriptionField.optional(),
    state: z.enum(['active', 'paused']).optional(),
  }),
  answer: webhookShape,
  faults: ['object.not_found', 'object.changed'],
});

export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/v1/webhooks/{webhookId}/rotate-secret',
  summary: {
    zh: '更换签名密钥；过渡期内同时用新旧两个密钥签名',
    en: 'Rotate the signing key; for a while requests carry signatures with both keys',
  },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook'],
  params: webhookParams,
  query: emptyShape,
  body: z.strictObject({
    overlapHours: z.number().int().min(0).max(168).default(24).meta({ description: '0 ends the old key at once' }),
  }),
  answer: z.object({ webhook: webhookShape, secret: secretField }),
  faults: ['object.not_found', 'object.changed'],
});

export const deleteWebhook = operation({
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/v1/webhooks/{webhookId}',
  summary: { zh: '删除 Webhook 地址及其投递记录', en: 'Delete a webhook endpoint with its deliveries' },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook', 'notice'],
  params: webhookParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({ deleted: z.literal(true) }),
  faults: ['object.not_found'],
});

export const sendTestEvent = operation({
  id: 'sendTestEvent',
  method: 'POST',
  path: '/api/v1/webhooks/{webhookId}/test',
  summary: { zh: '发送一条测试事件', en: 'Send a test event' },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook'],
  // Each is a request of ours to an address of the caller's choice: thirty a minute are enough to try one, and no flood.
  cost: 100,
  params: webhookParams,
  query: emptyShape,
  body: emptyShape,
  answer: deliveryShape,
  faults: ['object.not_found', 'webhook.paused'],
});

export const listDeliveries = operation({
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/v1/webhooks/{webhookId}/deliveries',
  summary: { zh: '投递记录，新的在前', en: 'Deliveries, newest first' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['webhook'],
  params: webhookParams,
  query: z.strictObject({
    state: z.enum(['waiting', 'delivered', 'dead']).optional(),
    before: cursorShape
      .optional()
      .meta({ description: 'As `after`, or the last id of the page before', deprecated: true }),
    ...pageQueryOf({ most: 200, usual: 50 }),
  }),
  body: noBody,
  answer: z.object({ deliveries: z.array(deliveryShape), next: nextShape }),
  faults: ['object.not_found'],
});

export const redeliver = operation({
  id: 'redeliver',
  method: 'POST',
  path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
  summary: { zh: '重新投递（事件编号不变）', en: 'Deliver again, under the same event id' },
  roles: owners,
  right: 'owner',
  command: true,
  nouns: ['webhook'],
  cost: 20,
  params: z.strictObject({ webhookId: idShape, deliveryId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: deliveryShape,
  faults: ['object.not_found', 'webhook.paused', 'object.changed'],
});
