import { differenceKinds, differenceStates } from '@openbeian/model/reconciliation';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody, provinceCodeShape, textShape } from '../shapes.ts';

const kindShape = z.enum(differenceKinds);
const stateShape = z
  .enum(differenceStates)
  .meta({ description: '待处理、已重新报送、已转为待处理事项、已知晓 / open, sent again, a case was opened, seen' });

export const startReconciliation = operation({
  id: 'startReconciliation',
  method: 'POST',
  path: '/api/v1/authority-lines/{provinceCode}/reconciliations',
  summary: {
    zh: '与一个省的管局逐条对账，在后台进行',
    en: 'Have the records here compared with what a province’s authority has, one by one, in the background',
  },
  roles: ['operator'],
  command: true,
  nouns: ['line'],
  params: z.strictObject({ provinceCode: provinceCodeShape }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({
    started: z.boolean().meta({ description: 'false：该省已有对账在进行 / One of the line was under way' }),
    reconciliationId: z.string(),
  }),
  faults: ['object.not_found'],
});

export const callOffReconciliation = operation({
  id: 'callOffReconciliation',
  method: 'POST',
  path: '/api/v1/reconciliations/{reconciliationId}/call-off',
  summary: { zh: '中止一次对账，已发现的差异保留', en: 'Call a reconciliation off; what it has found stays' },
  roles: ['operator'],
  command: true,
  nouns: ['line'],
  params: z.strictObject({ reconciliationId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: emptyShape,
  faults: ['object.not_found', 'object.changed'],
});

export const listReconciliations = operation({
  id: 'listReconciliations',
  method: 'GET',
  path: '/api/v1/reconciliations',
  summary: { zh: '与管局的对账，新的在前', en: 'Reconciliations with authorities, the newest first' },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: emptyShape,
  query: z.strictObject({ ...pageQuery, provinceCode: provinceCodeShape.optional() }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    reconciliations: z.array(
      z.object({
        id: z.string(),
        provinceCode: z.string(),
        startedAt: instantShape,
        endedAt: instantShape.nullable(),
        ending: z.enum(['done', 'called_off']).nullable(),
        compared: z.number().int(),
        asked: z.number().int().meta({ description: '向管局查询的次数 / Questions to the authority' }),
        skipped: z.number().int().meta({
          description: '未比对：正在管局办理，或无法读取 / Not compared: with the authority now, or unreadable',
        }),
        waiting: z.number().int().meta({ description: '其中正在管局办理 / Of these, with the authority now' }),
        uncarried: z.number().int().meta({
          description: 'APP、小程序等接口不含的服务，未比对 / Services that the interface does not carry; not compared',
        }),
        unsaid: z.number().int().meta({
          description:
            '仅按域名和备案号比对：管局尚未下发其主体、证件和接入 / Compared by name and number only: the authority has not delivered the rest',
        }),
        found: z.number().int(),
        waitsUntil: instantShape.nullable(),
        because: textShape.safeExtend({ code: z.string() }).nullable(),
      }),
    ),
  }),
  faults: [],
});

export const listDifferences = operation({
  id: 'listDifferences',
  method: 'GET',
  path: '/api/v1/differences',
  summary: {
    zh: '本系统与管局备案的差异，新的在前，个人信息已隐藏',
    en: 'In what the records here and the authority’s differ, the newest first, with personal data masked',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: emptyShape,
  query: z.strictObject({
    ...pageQuery,
    provinceCode: provinceCodeShape.optional(),
    kind: kindShape.optional(),
    state: stateShape.optional(),
  }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    differences: z.array(
      z.object({
        id: z.string(),
        provinceCode: z.string(),
        kind: kindShape,
        state: stateShape,
        serviceNumber: z.string().nullable(),
        domainName: z.string().nullable(),
        ours: z.string().nullable().meta({ description: '本系统的内容 / What is on record here' }),
        theirs: z.string().nullable().meta({ description: '管局的内容 / What the authority has' }),
        foundAt: instantShape,
        confirmedAt: instantShape.meta({ description: '最近一次比对仍有差异 / When it was last found' }),
      }),
    ),
  }),
  faults: [],
});

const actShape = z
  .discriminatedUnion('repair', [
    z.strictObject({
      repair: z.literal('take_over'),
      accountId: idShape.optional().meta({
        description: '本系统没有的备案登记到哪个账号 / Whose a record is to be that is not here',
      }),
    }),
    z.strictObject({
      repair: z.literal('send_again'),
      filingPassword: z.string().min(1).max(64).optional().meta({
        description: '备案密码，新增接入时需要 / The organiser’s password with the authority, for an access',
      }),
    }),
    z.strictObject({ repair: z.literal('open_case') }),
    z.strictObject({ repair: z.literal('seen'), reason: z.string().trim().min(1).max(500) }),
  ])
  .meta({
    description: '采信管局、重新报送、转为待处理事项、已知晓 / take over, send again, open a case, seen',
  });

export const repairDifference = operation({
  id: 'repairDifference',
  method: 'POST',
  path: '/api/v1/differences/{differenceId}/repair',
  summary: {
    zh: '处理一处差异；处理前再比对一次，差异已不存在则不处理',
    en: 'Repair a difference; both sides are compared once more first, and what is gone is not repaired',
  },
  roles: ['operator'],
  command: true,
  nouns: ['line', 'record'],
  params: z.strictObject({ differenceId: idShape }),
  query: emptyShape,
  body: z.strictObject({ act: actShape }),
  answer: z.object({ state: z.enum([...stateShape.options, 'ended']) }),
  faults: [
    'object.not_found',
    'authority.difference_gone',
    'authority.repair_unfit',
    'authority.unreachable',
    'authority.line_stopped',
    'authority.not_sendable',
    'authority.occupied',
    'record.number_conflict',
    'idempotency.in_progress',
  ],
});
