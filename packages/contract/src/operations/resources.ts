import { z } from 'zod';
import { inventoryDifferenceShape } from '../inventory-difference.ts';
import { operation } from '../operation.ts';
import { nextShape, pageQuery, totalShape } from '../page.ts';
import {
  accountShape,
  dayShape,
  emptyShape,
  idShape,
  noBody,
  reasonShape,
  resourceShape,
  sharedCheckResultShape,
  textShape,
} from '../shapes.ts';

const searchShape = z.string().trim().min(1).max(200).optional().meta({
  description: 'A part of the id, the name or what else lists show of it, in any case of letters',
});

const askingShape = idShape.optional().meta({
  description: 'The filing that would be on it: what the filing holds itself is not counted against it',
});

export const putInventory = operation({
  id: 'putInventory',
  method: 'PUT',
  path: '/api/v1/inventory',
  summary: { zh: '导入资源清单（账号与云资源）', en: 'Import an inventory of accounts and resources' },
  roles: ['operator'],
  command: true,
  nouns: ['account', 'resource', 'notice'],
  bodyKiB: 'inventory',
  cost: 100,
  params: emptyShape,
  query: emptyShape,
  body: z
    .record(z.string(), z.unknown())
    .meta({ description: 'The inventory’s shape (docs: inventory); unknown keys are refused with their path' }),
  answer: z.object({ accounts: z.number().int(), resources: z.number().int(), changed: z.array(z.string()) }),
  faults: ['server.busy'],
});

const inOrder = 'in the order of account and id, each by its characters’ numbers';
const boundary = (zh: string) => idShape.optional().meta({ description: zh });

export const compareInventory = operation({
  id: 'compareInventory',
  method: 'POST',
  path: '/api/v1/inventory-comparison',
  summary: {
    zh: '预览导入：与现有账号、云资源的差异，以及会影响的授权码、备案（不写入）',
    en: 'What importing an inventory would change, and the codes and filings it would break; nothing is written',
  },
  roles: ['operator'],
  command: false,
  nouns: ['account', 'resource', 'code', 'filing', 'record'],
  bodyKiB: 'inventory',
  cost: 60,
  params: emptyShape,
  query: z.strictObject({
    complete: z.enum(['no', 'accounts', 'all']).default('no').meta({
      description:
        'accounts: the inventory names every resource of its accounts, of its products; all: of every account. What it does not name is `gone` then',
    }),
    products: z
      .string()
      .regex(/^[^,/]+\/[^,/]+(?:,[^,/]+\/[^,/]+)*$/)
      .max(4000)
      .optional()
      .meta({ description: 'With `complete`: of which products (`provider/product`), instead of those that it names' }),
    afterAccount: boundary(
      `Of an inventory in parts: this part is what follows this resource, ${inOrder}. Its account was counted with the part before`,
    ),
    afterResource: boundary('See `afterAccount`'),
    untilAccount: boundary('As `afterAccount`: up to and with this resource'),
    untilResource: boundary('See `untilAccount`'),
  }),
  body: z.record(z.string(), z.unknown()).meta({ description: 'As for putInventory' }),
  answer: inventoryDifferenceShape,
  faults: ['server.busy'],
});

export const checkInventory = operation({
  id: 'checkInventory',
  method: 'POST',
  path: '/api/v1/check',
  summary: { zh: '按清单判断能否备案、能否生成授权码（不保存）', en: 'Check an inventory without storing it' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  bodyKiB: 256,
  cost: 60,
  params: emptyShape,
  query: z.strictObject({ at: dayShape.optional() }),
  body: z
    .record(z.string(), z.unknown())
    .meta({ description: 'An inventory of at most 300 resources, fewer where the answer would be long' }),
  answer: z.object({
    at: dayShape,
    results: z.array(sharedCheckResultShape),
    reasons: z.array(reasonShape).meta({ description: 'What the results refer to, each reason once' }),
  }),
  faults: ['server.busy'],
});

export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/v1/accounts',
  summary: { zh: '账号列表', en: 'List accounts' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['account'],
  params: emptyShape,
  query: z.strictObject({ search: searchShape, ...pageQuery }),
  body: noBody,
  answer: z.object({ accounts: z.array(accountShape), next: nextShape }),
  faults: [],
});

export const countAccounts = operation({
  id: 'countAccounts',
  method: 'GET',
  path: '/api/v1/account-counts',
  summary: { zh: '账号数', en: 'Count accounts' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['account'],
  params: emptyShape,
  query: z.strictObject({ search: searchShape }),
  body: noBody,
  answer: totalShape,
  faults: [],
});

/** Ids do not contain commas or spaces; more than there are on any page. */
const mostNamed = 100;

export const nameAccounts = operation({
  id: 'nameAccounts',
  method: 'GET',
  path: '/api/v1/account-names',
  summary: {
    zh: '账号的名称；客户仅限自己的账号和与之授权过的账号',
    en: 'Names of accounts; customers: of their own, and of those with which they exchanged codes',
  },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['account'],
  params: emptyShape,
  query: z.strictObject({
    ids: z
      .string()
      .max(mostNamed * 130)
      .transform((text) => [...new Set(text.split(',').filter((id) => id !== ''))])
      .pipe(z.array(idShape).max(mostNamed))
      .meta({ description: 'Ids with commas between them, at most 100' }),
  }),
  body: noBody,
  answer: z.object({
    accounts: z
      .array(z.object({ id: z.string(), displayName: z.string() }))
      .meta({ description: 'Those that there are and that the caller may know' }),
  }),
  faults: [],
});

export const setAccountAgency = operation({
  id: 'setAccountAgency',
  method: 'PUT',
  path: '/api/v1/accounts/{accountId}/agency',
  summary: {
    zh: '允许或不允许账号为其他主体备案',
    en: 'Allow an account to file for other organisers, or no longer',
  },
  roles: ['operator'],
  command: true,
  nouns: ['account', 'filing'],
  params: z.strictObject({ accountId: idShape }),
  query: emptyShape,
  body: z.strictObject({ mayFileForOthers: z.boolean() }),
  answer: accountShape,
  faults: ['object.not_found'],
});

export const findAccounts = operation({
  id: 'findAccounts',
  method: 'GET',
  path: '/api/v1/account-search',
  summary: {
    zh: '按编号或完整名称查找账号（用于授权）',
    en: 'Find accounts by their id or whole name, to grant a code',
  },
  roles: ['customer'],
  command: false,
  nouns: ['account'],
  cost: 20,
  params: emptyShape,
  query: z.strictObject({
    name: z.string().trim().min(1).max(200).meta({
      description: 'The whole id or the whole name, in any case of letters; a part of it finds nothing',
    }),
  }),
  body: noBody,
  answer: z.object({
    accounts: z.array(z.object({ id: z.string(), displayName: z.string() })).max(5),
  }),
  faults: [],
});

export const listResources = operation({
  id: 'listResources',
  method: 'GET',
  path: '/api/v1/resources',
  summary: { zh: '云资源及其备案判断', en: 'List resources with their eligibility' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'resources:read',
  command: false,
  // The quota that is left goes with the codes and filings on a resource.
  nouns: ['resource', 'code', 'filing'],
  params: emptyShape,
  query: z.strictObject({
    accountId: idShape.optional(),
    search: searchShape,
    show: z.enum(['all', 'file', 'issue', 'blocked']).default('all').meta({
      description: 'file, issue: eligible for it today; blocked: ineligible or indeterminate for one of them',
    }),
    filingId: askingShape,
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ at: dayShape, resources: z.array(resourceShape), next: nextShape }),
  faults: ['object.not_found'],
});

export const getResource = operation({
  id: 'getResource',
  method: 'GET',
  path: '/api/v1/resources/{resourceId}',
  summary: { zh: '一台云资源', en: 'Get a resource' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'resources:read',
  command: false,
  nouns: ['resource', 'code', 'filing'],
  params: z.strictObject({ resourceId: idShape }),
  query: z.strictObject({ filingId: askingShape }),
  body: noBody,
  answer: resourceShape,
  faults: ['object.not_found'],
});

export const countResources = operation({
  id: 'countResources',
  method: 'GET',
  path: '/api/v1/resource-counts',
  summary: {
    zh: '本账号的云资源数：可备案、可生成授权码、不符合条件、即将不符合条件',
    en: 'Count the account’s resources: eligible, ineligible, and soon ineligible',
  },
  roles: ['customer'],
  scope: 'resources:read',
  command: false,
  nouns: ['resource', 'code', 'filing'],
  params: emptyShape,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(400).default(30).meta({ description: 'How far ahead `ending` looks' }),
  }),
  body: noBody,
  answer: totalShape.extend({
    at: dayShape,
    file: z.number().int().meta({ description: 'May be filed on' }),
    issue: z.number().int().meta({ description: 'May issue codes' }),
    blocked: z.number().int().meta({ description: 'Ineligible or indeterminate for one of them' }),
    ending: z.object({
      total: z.number().int(),
      resources: z
        .array(z.object({ id: z.string(), productName: textShape, goodUntil: dayShape }))
        .meta({ description: 'At most 20, the first to end first' }),
    }),
  }),
  faults: [],
});
