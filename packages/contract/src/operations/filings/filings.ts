import {
  authorityKinds,
  claimFilters,
  openingKinds,
  serviceKinds,
  smsStateOrder,
  subjectKinds,
} from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../../operation.ts';
import { nextShape, pageQuery, totalShape } from '../../page.ts';
import {
  dayShape,
  emptyShape,
  filingEventShape,
  filingShape,
  instantShape,
  lastFaultShape,
  nameProofShape,
  noBody,
  notCarriedShape,
  provinceCodeShape,
  routeShape,
  stateShape,
  textShape,
} from '../../shapes.ts';
import { everyone, filingParams } from './step.ts';

const filingFilter = {
  state: stateShape.optional(),
  group: z.enum(['open', 'with_customer', 'with_others']).optional().meta({
    description:
      'open: not ended; with_customer: the customer acts next, also by the SMS or because a reviewer asks; with_others: open, and the customer waits',
  }),
  claim: z.enum(claimFilters).default('all').meta({
    description:
      'mine: claimed by the asker; unclaimed: by nobody. For the provider’s people; of no effect for customers',
  }),
};

/** What lists are narrowed by, and counts are not. */
const filingNarrowing = {
  kind: z.enum(authorityKinds).optional(),
  serviceKind: z.enum(serviceKinds).optional(),
  provinceCode: provinceCodeShape.optional(),
  search: z.string().trim().min(1).max(200).optional().meta({
    description: 'A part of the domain, the filing number or the service’s name, in any case of letters',
  }),
  due: z.enum(['overdue', 'day', 'week']).optional().meta({
    description: 'overdue: due before now; day, week: due within 24 hours or 7 days, or overdue',
  }),
  from: dayShape.optional().meta({ description: 'First day on which they were started, in Shanghai' }),
  to: dayShape.optional().meta({ description: 'Last day on which they were started, in Shanghai' }),
};

/** What a filing is started with: the certificate, what is filed, and where. */
const startShape = z.strictObject({
  domainName: z.string().min(1).max(300),
  serviceKind: z.enum(serviceKinds).default('website'),
  subjectKind: z.enum(subjectKinds),
  nature: z.string().min(1).max(40).optional().meta({
    description:
      '单位性质，见 listNatures；不填时取 subjectKind 下可使用该证件的第一种 / Nature of the organiser; unless said, the first of `subjectKind` with that certificate',
  }),
  provinceCode: provinceCodeShape,
  certificateType: z.string().min(1).max(40),
  certificateNumber: z.string().min(1).max(40),
  /** The organiser was filed with another certificate, or with another nature, than this one. */
  subjectChanged: z.enum(['certificate', 'nature']).optional(),
  subjectNumber: z.string().min(1).max(60).optional().meta({
    description:
      '已有的主体备案号：与记录一致时，答复才包含该主体的备案情况 / The organiser’s ICP number, if it has one: what is on record of a certificate is told to whoever knows it, or has filed as the organiser here',
  }),
  serviceNumber: z.string().min(1).max(60).optional().meta({
    description:
      '网站或 APP 已有的备案号；仅在本部署不能向管局查询时（getDeployment 的 authorityByHand）使用 / The number under which the name is filed, if it is; of use only where this deployment cannot ask the authority (`authorityByHand` of `getDeployment`)',
  }),
});

export const startFiling = operation({
  id: 'startFiling',
  method: 'POST',
  path: '/api/v1/filings',
  summary: { zh: '发起备案：系统判断备案类型', en: 'Start a filing; the system determines its type' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing'],
  cost: 10,
  asksAuthorityAbout: 'domainName',
  params: emptyShape,
  query: emptyShape,
  body: startShape,
  answer: z.object({ filing: filingShape, route: routeShape }),
  faults: [
    'account.not_verified',
    'filing.too_many_drafts',
    'filing.not_needed',
    'filing.kind_not_offered',
    'filing.already_open',
    'filing.conflict',
    'authority.unreachable',
    'idempotency.in_progress',
  ],
});

export const findFilingRoute = operation({
  id: 'findFilingRoute',
  method: 'POST',
  path: '/api/v1/filing-routes',
  summary: {
    zh: '判断备案类型并检查冲突（不发起备案）',
    en: 'Which filing a start would lead to, and which conflicts there are; starts none',
  },
  roles: ['customer'],
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  cost: 10,
  asksAuthorityAbout: 'domainName',
  params: emptyShape,
  query: emptyShape,
  body: startShape,
  answer: z.object({
    route: routeShape,
    startable: z
      .enum(openingKinds)
      .nullable()
      .meta({ description: 'What `startFiling` would open; null: nothing is filed here' }),
    conflicts: z.array(
      z
        .object({
          code: z.string(),
          blocks: z.boolean().meta({ description: 'No filing is possible before it is solved' }),
          message: textShape,
          remedy: textShape,
          source: z.string(),
          filingId: z
            .string()
            .nullable()
            .meta({ description: 'The account’s own filing that is in the way, if one is' }),
        })
        .meta({ id: 'FilingConflict' }),
    ),
  }),
  faults: ['authority.unreachable'],
});

export const startRecordFiling = operation({
  id: 'startRecordFiling',
  method: 'POST',
  path: '/api/v1/record-filings',
  summary: {
    zh: '对已备案的主体或服务发起变更、注销或取消接入：系统判断备案类型',
    en: 'Start a change, a cancellation or the end of an access of something on record; the system determines the type',
  },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing', 'record'],
  cost: 5,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    number: z
      .string()
      .min(1)
      .max(100)
      .meta({ description: '主体备案号，或网站、APP 备案号 / The number of an organiser or of a service' }),
    wants: z.enum(['change', 'cancel', 'end_access']).meta({
      description:
        'change: 变更；有核查要求的服务即为整改 / a correction where one is demanded; cancel: 注销; end_access: 取消接入，仅服务 / of services',
    }),
    becomes: z
      .strictObject({
        subjectKind: z.enum(subjectKinds),
        nature: z.string().min(1).max(40).optional(),
        certificateType: z.string().min(1).max(40),
        certificateNumber: z.string().min(1).max(40),
      })
      .optional()
      .meta({
        description:
          '主体证件或性质变化时填写新的证件 / The new certificate, where the organiser’s certificate or nature changes',
      }),
  }),
  answer: z.object({ filing: filingShape }),
  faults: [
    'object.not_found',
    'account.not_verified',
    'filing.too_many_drafts',
    'filing.already_open',
    'filing.precondition_unmet',
    'filing.subject_in_other_account',
  ],
});

export const copyFiling = operation({
  id: 'copyFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/copies',
  summary: {
    zh: '用已填订单为下一个域名发起备案',
    en: 'Start a filing for another name with what this one was filled in with',
  },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing'],
  cost: 10,
  asksAuthorityAbout: 'domainName',
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ domainName: z.string().min(1).max(300) }),
  answer: z.object({ filing: filingShape, route: routeShape }),
  faults: [
    'object.not_found',
    'account.not_verified',
    'filing.too_many_drafts',
    'filing.not_needed',
    'filing.kind_not_offered',
    'filing.already_open',
    'filing.conflict',
    'authority.unreachable',
    'idempotency.in_progress',
  ],
});

export const listFilings = operation({
  id: 'listFilings',
  method: 'GET',
  path: '/api/v1/filings',
  summary: { zh: '备案订单列表', en: 'List filings' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: emptyShape,
  query: z.strictObject({
    ...filingFilter,
    ...filingNarrowing,
    order: z.enum(['newest', 'due']).default('newest').meta({
      description:
        'newest: the last started first; due: the earliest due date first, filings without one last. What `due` narrows is by due date, what `from` and `to` narrow by start',
    }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ filings: z.array(filingShape), next: nextShape }),
  faults: [],
});

export const countFilings = operation({
  id: 'countFilings',
  method: 'GET',
  path: '/api/v1/filing-counts',
  summary: { zh: '各状态的备案订单数', en: 'Count filings by state' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: emptyShape,
  query: z.strictObject(filingFilter),
  body: noBody,
  answer: totalShape.extend({
    states: z.partialRecord(stateShape, z.number().int()).meta({ description: 'States without filings are left out' }),
  }),
  faults: [],
});

export const getFiling = operation({
  id: 'getFiling',
  method: 'GET',
  path: '/api/v1/filings/{filingId}',
  summary: { zh: '备案订单详情及办理记录', en: 'Get a filing with its history' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    filing: filingShape,
    events: z.array(filingEventShape),
    nameProof: nameProofShape.nullable().meta({ description: 'Null once the filing has ended' }),
    handOver: z
      .object({
        text: textShape.meta({ description: 'How it goes, in plain words' }),
        job: z
          .object({
            id: z.string(),
            attempts: z.number().int().meta({ description: 'How often it failed' }),
            nextAt: instantShape.nullable().meta({ description: 'Next attempt; null while it is parked' }),
            lastError: z.string().nullable(),
            lastFault: lastFaultShape,
            notCarried: notCarriedShape.default([]).meta({
              description:
                '接口不能报送而搁置的内容；有则询问者可改为手工录入（takeOverByHand） / What it is parked for since the line does not carry it; where there is any, whoever asks may take it over by hand (takeOverByHand)',
            }),
          })
          .nullable()
          .meta({ description: 'For the provider’s people only' }),
      })
      .nullable()
      .meta({ description: '提交管局的情况，等待提交期间给出 / While it waits to be sent to the authority' }),
    site: z.object({ text: textShape, source: z.string(), asOf: dayShape.nullable() }).nullable().default(null).meta({
      description: 'Whether the site may be reached meanwhile, in that province; null once the filing has ended',
    }),
    sms: z
      .object({
        pageUrl: z.string().nullable(),
        dueAt: instantShape.nullable().meta({ description: 'Until when all confirm it; null once it failed' }),
        people: z.array(
          z.object({
            who: z.enum(['subject_principal', 'service_principal']),
            text: textShape,
            mobile: z.string().nullable().meta({ description: 'Masked' }),
            state: z
              .enum(smsStateOrder)
              .nullable()
              .meta({ description: 'As the authority said last; null: it has said nothing of this person' }),
            stateText: textShape.nullable(),
            code: z.string().nullable().meta({ description: 'Result code of the authority’s page' }),
            codeText: textShape.nullable(),
            changedAt: instantShape.nullable(),
            resends: z.number().int().meta({ description: 'How often it was sent again' }),
            resendsLeft: z.number().int(),
            triesLeft: z.number().int(),
          }),
        ),
        tries: z.number().int().meta({ description: 'With so many wrong codes by one person the filing is returned' }),
        resends: z.number().int().meta({ description: 'How often the SMS is sent again within the time' }),
        source: z.string(),
      })
      .nullable()
      .default(null)
      .meta({
        description:
          'Who confirms the SMS, and how far each is as the authority says; while it is due and once it failed',
      }),
    smsPageUrl: z.string().nullable().meta({ description: 'Where the SMS is confirmed, while it is due' }),
  }),
  faults: ['object.not_found'],
});
