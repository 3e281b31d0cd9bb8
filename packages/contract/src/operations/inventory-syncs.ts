import { syncStates } from '@openbeian/model/work';
import { z } from 'zod';
import { inventoryDifferenceShape } from '../inventory-difference.ts';
import { operation } from '../operation.ts';
import { emptyShape, instantShape, noBody, textShape } from '../shapes.ts';

const nameShape = z.string().min(1).max(40).meta({
  description: '配置 inventory.sync 中的 name / As configured in inventory.sync',
});
const params = z.strictObject({ name: nameShape });
const count = z.number().int();

const syncShape = z.object({
  name: z.string(),
  cloud: z.string(),
  regions: z.array(z.string()),
  account: z.string(),
  everyHours: count,
  releaseGone: z.boolean().meta({
    description: '云厂商不再列出的，标记为已释放 / What the cloud no longer lists is marked as released',
  }),
  state: z.enum(syncStates).meta({
    description: '尚未运行、运行中、完成、等待确认、失败 / Not run yet, running, done, waits for an operator, failed',
  }),
  dueAt: instantShape
    .nullable()
    .meta({ description: '下次运行；为空表示立即 / When next; null: as soon as a worker is free' }),
  beganAt: instantShape.nullable(),
  endedAt: instantShape.nullable(),
  succeededAt: instantShape.nullable(),
  failures: count.meta({ description: '连续失败次数 / In a row' }),
  counts: z.object({ read: count, new: count, changed: count, gone: count, breaking: count }).nullable().meta({
    description: '最近一次：读取、新增、变更、不再列出、受影响 / Of the last run; null where nothing could be read',
  }),
  unread: z.array(textShape).meta({ description: '没有读到的内容及原因 / What was not read, and why' }),
  trouble: textShape.nullable().meta({
    description: '失败或等待的原因及应做什么 / Why it failed or waits, with what to do',
  }),
  isConfirmed: z.boolean().meta({ description: '已确认，等待运行 / Confirmed by an operator; it runs next' }),
});

export const listInventorySyncs = operation({
  id: 'listInventorySyncs',
  method: 'GET',
  path: '/api/v1/inventory-syncs',
  summary: {
    zh: '定期同步的云资源清单及最近一次的结果',
    en: 'Inventories that are read from clouds again and again, each with its last result',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['resource'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({ syncs: z.array(syncShape) }),
  faults: [],
});

export const getHeldSync = operation({
  id: 'getHeldSync',
  method: 'GET',
  path: '/api/v1/inventory-syncs/{name}/held',
  summary: {
    zh: '一项同步等待确认的差异',
    en: 'What a sync that waits for an operator would change',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['resource'],
  params,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    digest: z.string().meta({ description: '确认时原样带回 / Sent back to confirm just this' }),
    difference: inventoryDifferenceShape,
  }),
  faults: ['object.not_found'],
});

export const runInventorySync = operation({
  id: 'runInventorySync',
  method: 'POST',
  path: '/api/v1/inventory-syncs/{name}/run',
  summary: { zh: '立即同步一次', en: 'Have a sync run now' },
  roles: ['operator'],
  command: true,
  nouns: ['resource'],
  params,
  query: emptyShape,
  body: emptyShape,
  answer: emptyShape,
  faults: ['object.not_found'],
});

export const confirmInventorySync = operation({
  id: 'confirmInventorySync',
  method: 'POST',
  path: '/api/v1/inventory-syncs/{name}/confirm',
  summary: {
    zh: '确认等待中的差异：重新读取，超出所确认范围的仍会等待',
    en: 'Confirm what a sync waits for: the cloud is read again, and what goes beyond it waits again',
  },
  roles: ['operator'],
  command: true,
  nouns: ['resource'],
  params,
  query: emptyShape,
  body: z.strictObject({ digest: z.string().min(1).max(100) }),
  answer: emptyShape,
  faults: ['object.not_found', 'object.changed'],
});
