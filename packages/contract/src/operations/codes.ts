import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { codeShape, codeStates, emptyShape, idShape, noBody, reasonShape, textShape } from '../shapes.ts';

const searchField = z.string().trim().min(1).max(200).optional().meta({
  description: 'In the note in any case of letters, or the last four characters, or the other account, to the letter',
});
const codeParams = z.strictObject({ codeId: idShape });
const clearCode = z.string().min(1).max(64);

export const issueCodes = operation({
  id: 'issueCodes',
  method: 'POST',
  path: '/api/v1/resources/{resourceId}/codes',
  summary: { zh: '生成备案授权码', en: 'Issue filing codes on a resource' },
  roles: ['customer'],
  scope: 'codes:issue',
  command: true,
  nouns: ['code'],
  params: z.strictObject({ resourceId: idShape }),
  query: emptyShape,
  body: z.strictObject({
    count: z.number().int().min(1).max(20).default(1),
    granteeAccountId: idShape.nullable().default(null),
    note: z.string().max(200).default(''),
  }),
  answer: z.object({ codes: z.array(z.object({ clear: clearCode, code: codeShape })) }),
  faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted', 'object.changed'],
});

export const listCodes = operation({
  id: 'listCodes',
  method: 'GET',
  path: '/api/v1/codes',
  summary: { zh: '授权码列表', en: 'List codes' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'codes:read',
  command: false,
  // A code is suspended while its resource does not qualify, and bound and used by filings.
  nouns: ['code', 'resource', 'filing'],
  params: emptyShape,
  query: z.strictObject({
    side: z
      .enum(['issued', 'granted'])
      .default('issued')
      .meta({ description: 'Issued by my account, or granted to it' }),
    resourceId: idShape.optional(),
    accountId: idShape.optional().meta({ description: 'Issued by this account or granted to it, on top of `side`' }),
    state: z.enum(codeStates).optional(),
    search: searchField,
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({
    codes: z.array(codeShape),
    next: nextShape,
  }),
  faults: [],
});

export const countCodes = operation({
  id: 'countCodes',
  method: 'GET',
  path: '/api/v1/code-counts',
  summary: { zh: '本账号各状态的授权码数', en: 'Count the account’s codes by state' },
  roles: ['customer'],
  scope: 'codes:read',
  command: false,
  nouns: ['code', 'resource', 'filing'],
  params: emptyShape,
  query: z.strictObject({
    side: z
      .enum(['issued', 'granted', 'either'])
      .default('issued')
      .meta({ description: 'As in the list; `either` counts a code that is both once' }),
    resourceId: idShape.optional(),
    search: searchField,
  }),
  body: noBody,
  answer: z.object({
    total: z.number().int(),
    // fromEntries forgets which keys there are.
    states: z.object(
      Object.fromEntries(codeStates.map((state) => [state, z.number().int()])) as Record<
        (typeof codeStates)[number],
        z.ZodInt
      >,
    ),
  }),
  faults: [],
});

export const getCode = operation({
  id: 'getCode',
  method: 'GET',
  path: '/api/v1/codes/{codeId}',
  summary: { zh: '一个授权码', en: 'Get a code' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'codes:read',
  command: false,
  nouns: ['code', 'resource', 'filing'],
  params: codeParams,
  query: emptyShape,
  body: noBody,
  answer: codeShape,
  faults: ['object.not_found'],
});

export const grantCode = operation({
  id: 'grantCode',
  method: 'POST',
  path: '/api/v1/codes/{codeId}/grant',
  summary: {
    zh: '授权给账号（未使用前可改）',
    en: 'Grant a code to an account; can be changed while the code is unused',
  },
  roles: ['customer'],
  scope: 'codes:grant',
  command: true,
  nouns: ['code'],
  params: codeParams,
  query: emptyShape,
  body: z.strictObject({ granteeAccountId: idShape }),
  answer: codeShape,
  faults: ['object.not_found', 'code.wrong_state'],
});

export const repointCode = operation({
  id: 'repointCode',
  method: 'POST',
  path: '/api/v1/codes/{codeId}/repoint',
  summary: {
    zh: '将未使用的授权码更换到自己的其他云资源',
    en: 'Move an unused code to another resource of the same account',
  },
  roles: ['customer'],
  scope: 'codes:issue',
  command: true,
  nouns: ['code'],
  params: codeParams,
  query: emptyShape,
  body: z.strictObject({ resourceId: idShape }),
  answer: codeShape,
  faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted', 'code.wrong_state', 'code.not_repointable'],
});

export const revokeCode = operation({
  id: 'revokeCode',
  method: 'POST',
  path: '/api/v1/codes/{codeId}/revoke',
  summary: { zh: '撤销未使用的授权码', en: 'Revoke an unused code' },
  roles: ['customer'],
  scope: 'codes:revoke',
  command: true,
  nouns: ['code'],
  params: codeParams,
  query: emptyShape,
  body: emptyShape,
  answer: codeShape,
  faults: ['object.not_found', 'code.wrong_state'],
});

export const revealCode = operation({
  id: 'revealCode',
  method: 'POST',
  path: '/api/v1/codes/{codeId}/reveal',
  summary: { zh: '再次查看完整授权码（留审计记录）', en: 'Reveal the full code (audited)' },
  roles: ['customer'],
  scope: 'codes:reveal',
  command: true,
  nouns: [],
  params: codeParams,
  query: emptyShape,
  body: z.strictObject({ reason: z.string().min(2).max(200) }),
  answer: z.object({ clear: clearCode }),
  faults: ['object.not_found'],
});

export const verifyCode = operation({
  id: 'verifyCode',
  method: 'POST',
  path: '/api/v1/codes/verify',
  summary: { zh: '核验授权码能否用于本账号的备案', en: 'Verify whether a code works for an account and a domain' },
  roles: ['customer', 'reviewer', 'operator'],
  scope: 'codes:verify',
  command: false,
  nouns: ['code', 'resource', 'filing', 'record'],
  asksAuthorityAbout: 'domainName',
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ code: clearCode, accountId: idShape, domainName: z.string().max(253).optional() }),
  answer: z.object({
    usable: z.boolean(),
    reasons: z.array(reasonShape),
    name: z
      .object({
        domainName: z.string(),
        status: z.enum(['not_filed', 'filed_here', 'filed_here_other_account', 'filed_elsewhere', 'unknown']),
        filing: z.enum(['first_or_add_site', 'access', 'move_account', 'none']).nullable(),
        message: textShape,
      })
      .optional()
      .meta({ description: 'Only with `domainName`, and only for a code that the asker may know' }),
  }),
  faults: ['auth.too_many_attempts'],
});
