import {
  filingKinds,
  filingStates,
  type RevealReason,
  revealReasons,
  serviceKinds,
  subjectKinds,
} from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../../operation.ts';
import {
  dayShape,
  emptyShape,
  filingShape,
  findingShape,
  formShape,
  noBody,
  provinceCodeShape,
  textShape,
} from '../../shapes.ts';
import { everyone, expectedVersion, filingParams } from './step.ts';

export const getFilingForm = operation({
  id: 'getFilingForm',
  method: 'GET',
  path: '/api/v1/filings/{filingId}/form',
  summary: { zh: '备案表单：栏目、已填内容、当前检查结果', en: 'Get the form with its values and current findings' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: formShape,
  faults: ['object.not_found'],
});

/** What is saved, and what the sender saw of it. */
const saving = {
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing'],
  bodyKiB: 128,
  cost: 3,
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({
    ...expectedVersion,
    values: z.record(z.string(), z.unknown()),
    base: z.record(z.string(), z.unknown()).optional().meta({
      description:
        '各栏目修改前看到的值；有此项时，他人改了其他栏目也可保存，同一栏目被改过的返回 object.changed 并指明栏目 / What was seen of each field before: the filing may then have moved on, unless somebody changed the same fields, which are named',
    }),
  }),
  answer: z.object({ filing: filingShape, form: formShape }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
} as const;

export const saveFilingForm = operation({
  id: 'saveFilingForm',
  method: 'PUT',
  path: '/api/v1/filings/{filingId}/form',
  summary: { zh: '保存表单（可分次）', en: 'Save the form (can be saved in parts)' },
  ...saving,
});

export const correctFilingForm = operation({
  id: 'correctFilingForm',
  method: 'PUT',
  path: '/api/v1/filings/{filingId}/corrections',
  summary: { zh: '只修改被退回的栏目', en: 'Save corrections of the refused fields only' },
  ...saving,
});

export const checkFiling = operation({
  id: 'checkFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/check',
  summary: { zh: '提交前检查', en: 'Check before submitting' },
  roles: ['customer', 'reviewer'],
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ findings: z.array(findingShape) }),
  faults: ['object.not_found'],
});

export const revealFilingForm = operation({
  id: 'revealFilingForm',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/reveal',
  summary: {
    zh: '查看未脱敏的备案信息（须说明原因，记入审计）',
    en: 'Reveal personal fields (reason required, audited)',
  },
  roles: ['customer', 'reviewer', 'operator'],
  scope: 'filings:reveal',
  command: true,
  nouns: [],
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({
    // Object.keys forgets which keys there are.
    because: z
      .enum(Object.keys(revealReasons) as RevealReason[])
      .optional()
      .meta({ description: 'Compulsory for the provider’s people' }),
    reason: z.string().min(2).max(200),
  }),
  answer: z.object({ values: z.record(z.string(), z.unknown()) }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.not_claimed',
    'filing.claimed_by_other',
    'reveal.quota_spent',
  ],
});

const choiceShape = z.object({ value: z.string(), label: textShape });

export const listNatures = operation({
  id: 'listNatures',
  method: 'GET',
  path: '/api/v1/natures',
  summary: { zh: '单位性质及各自可用的证件', en: 'List natures of organisers with the certificates of each' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    natures: z.array(choiceShape.extend({ subjectKind: z.enum(subjectKinds), certificates: z.array(choiceShape) })),
  }),
  faults: [],
});

export const getOwnSubject = operation({
  id: 'getOwnSubject',
  method: 'GET',
  path: '/api/v1/own-subject',
  summary: {
    zh: '本账号的实名类型，及其名下最近备案的主体',
    en: 'How the account is verified, and the organiser on record of it, the latest of several',
  },
  roles: ['customer'],
  scope: 'filings:read',
  command: false,
  nouns: ['account', 'record'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    realName: z.string(),
    mayFileForOthers: z.boolean().meta({ description: 'For organisers other than itself' }),
    subject: z
      .object({
        number: z.string(),
        /** Null for an individual. */
        unitName: z.string().nullable(),
        subjectKind: z.enum(subjectKinds),
        provinceCode: z.string(),
        nature: z.string().nullable().meta({ description: 'Null: it was not filed here' }),
        certificateType: z.string().nullable().meta({ description: 'Null: it was not filed here' }),
      })
      .nullable(),
  }),
  faults: [],
});

const ruleShown = z.object({
  rule: z.string(),
  message: textShape,
  remedy: textShape.nullable(),
  when: z.array(textShape).meta({ description: 'Needed only where all of these hold; none: always' }),
  source: z.string().nullable(),
  asOf: z.string(),
});

export const listPreparations = operation({
  id: 'listPreparations',
  method: 'GET',
  path: '/api/v1/preparations',
  summary: { zh: '备案前需要准备什么', en: 'What a filing will need, before it is started' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: [],
  params: emptyShape,
  query: z.strictObject({
    nature: z.string().min(1).max(40),
    provinceCode: provinceCodeShape,
    kind: z.enum(filingKinds).default('first'),
    serviceKind: z.enum(serviceKinds).default('website'),
  }),
  body: noBody,
  answer: z.object({
    certificates: z.array(choiceShape),
    groups: z.array(z.object({ topic: z.string(), title: textShape, items: z.array(ruleShown) })),
    course: z
      .object({
        preconditions: z.array(textShape),
        materials: z.array(z.object({ key: z.string(), text: textShape, when: textShape })),
        sms: z.array(textShape).meta({ description: 'Whose phone confirms it; nobody’s where there is none' }),
        site: textShape.nullable().meta({
          description: 'Whether the site may be reached meanwhile, in that province; null: it is not filed here',
        }),
        siteSource: z.string().nullable().default(null),
        siteAsOf: dayShape.nullable().default(null),
      })
      .meta({ description: 'What the type itself takes' }),
    steps: z.array(textShape),
    limits: z.array(
      z.object({
        // Object.keys forgets which keys there are, and that there is one.
        state: z.enum(Object.keys(filingStates) as [keyof typeof filingStates]),
        text: textShape,
        amount: z.number().int(),
        unit: z.enum(['hours', 'days', 'working_days']),
        remindAfter: z
          .array(z.number().int())
          .default([])
          .meta({ description: 'The customer is reminded so many units after the state began' }),
        source: z.string().nullable().default(null),
        asOf: dayShape.nullable().default(null),
      }),
    ),
  }),
  faults: [],
});

export const readAppCertificate = operation({
  id: 'readAppCertificate',
  method: 'POST',
  path: '/api/v1/app-certificates',
  summary: {
    zh: '读取 APP 签名证书的公钥与指纹',
    en: 'Read public key and fingerprints of an app’s signing certificate',
  },
  roles: ['customer'],
  scope: 'filings:read',
  command: false,
  nouns: [],
  bodyKiB: 80,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    certificate: z.string().min(1).max(24_000).meta({
      description: 'PEM，或 DER 的 base64；不接受私钥 / PEM, or DER in base64; private keys are refused',
    }),
  }),
  answer: z.object({
    publicKey: z.string().meta({ description: 'Hexadecimal: the modulus, or the point of an elliptic curve' }),
    md5: z.string(),
    sha1: z.string(),
    sha256: z.string(),
  }),
  faults: [],
});
