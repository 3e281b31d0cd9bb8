import { z } from 'zod';
import { operation } from '../operation.ts';
import { accountShape, checkResultShape, dayShape, emptyShape, idShape, noBody, resourceShape } from '../shapes.ts';

export const putInventory = operation({
  id: 'putInventory',
  method: 'PUT',
  path: '/api/v1/inventory',
  summary: { zh: '导入资源清单（账号与云资源）', en: 'Load an inventory of accounts and resources' },
  roles: ['operator'],
  command: true,
  params: emptyShape,
  query: emptyShape,
  body: z
    .record(z.string(), z.unknown())
    .meta({ description: 'The inventory’s shape (docs: inventory); unknown keys are refused with their path' }),
  answer: z.object({ accounts: z.number().int(), resources: z.number().int(), changed: z.array(z.string()) }),
  faults: [],
});

export const checkInventory = operation({
  id: 'checkInventory',
  method: 'POST',
  path: '/api/v1/check',
  summary: { zh: '按清单判断能否备案、能否生成授权码（不保存）', en: 'Check an inventory without storing it' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  params: emptyShape,
  query: z.strictObject({ at: dayShape.optional() }),
  body: z.record(z.string(), z.unknown()),
  answer: z.object({ at: dayShape, results: z.array(checkResultShape) }),
  faults: [],
});

export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/v1/accounts',
  summary: { zh: '账号列表', en: 'List accounts' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({ accounts: z.array(accountShape) }),
  faults: [],
});

export const listResources = operation({
  id: 'listResources',
  method: 'GET',
  path: '/api/v1/resources',
  summary: { zh: '云资源及其备案判断', en: 'List resources with what may be filed and issued on them' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'resources:read',
  command: false,
  params: emptyShape,
  query: z.strictObject({ accountId: idShape.optional() }),
  body: noBody,
  answer: z.object({ at: dayShape, resources: z.array(resourceShape) }),
  faults: [],
});

export const getResource = operation({
  id: 'getResource',
  method: 'GET',
  path: '/api/v1/resources/{resourceId}',
  summary: { zh: '一台云资源', en: 'One resource' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'resources:read',
  command: false,
  params: z.strictObject({ resourceId: idShape }),
  query: emptyShape,
  body: noBody,
  answer: resourceShape,
  faults: ['object.not_found'],
});
