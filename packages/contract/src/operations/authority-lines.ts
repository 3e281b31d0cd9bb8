import { authorityCaseKinds } from '@openbeian/model/authority-case';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { dayShape, emptyShape, idShape, instantShape, noBody, provinceCodeShape, textShape } from '../shapes.ts';

const troubleShape = textShape.safeExtend({
  code: z.string().meta({ description: '管局返回的代码，或本系统的原因 / `msg_code`, or a word of our own' }),
});
const filingOf = {
  filingId: z.string().nullable().meta({ description: '所属订单；与订单无关的为空 / The filing that it is about' }),
  domainName: z.string().nullable(),
};
const lineParams = z.strictObject({ provinceCode: provinceCodeShape });

export const listAuthorityLines = operation({
  id: 'listAuthorityLines',
  method: 'GET',
  path: '/api/v1/authority-lines',
  summary: {
    zh: '到各省管局的线路：是否可用及原因、最近一次交互、报送序号、等待和待处理的数量',
    en: 'Lines to the authorities by province: open or why not, last exchange, sequence, what waits',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    lines: z
      .array(
        z.object({
          provinceCode: z.string(),
          state: z.enum(['open', 'closed', 'stopped']),
          closedUntil: instantShape.nullable(),
          stoppedAt: instantShape.nullable(),
          because: troubleShape.nullable(),
          downloadsWait: z
            .object({ until: instantShape.nullable(), because: troubleShape.nullable() })
            .nullable()
            .meta({
              description:
                '下载暂停至何时及原因，如管局维护；报送不受影响 / Until when no files are fetched and why, as in maintenance; uploads go on',
            }),
          lastOperation: z.string().nullable(),
          lastCode: z.number().int().nullable(),
          lastAt: instantShape.nullable(),
          acceptedSequence: z.number().int().meta({ description: '0: none yet' }),
          waiting: z.number().int().meta({ description: '等待管局结果的订单数 / Filings that wait for the authority' }),
          oldestWaitingAt: instantShape.nullable(),
          withOperator: z.number().int(),
          openCases: z.number().int(),
          sendingSince: instantShape.nullable().meta({
            description: '尚不清楚管局是否收到的报送，自何时起 / A package that the authority may have or not',
          }),
        }),
      )
      .meta({ description: '没有线路的部署为空 / Empty where there are no such lines' }),
  }),
  faults: [],
});

export const resumeAuthorityLine = operation({
  id: 'resumeAuthorityLine',
  method: 'POST',
  path: '/api/v1/authority-lines/{provinceCode}/resume',
  summary: { zh: '恢复一条已停止的管局线路', en: 'Resume a line to an authority that was stopped' },
  roles: ['operator'],
  command: true,
  nouns: ['line'],
  params: lineParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ resumed: z.boolean().meta({ description: 'false: it was not stopped' }) }),
  faults: ['object.not_found'],
});

export const listAuthorityPackages = operation({
  id: 'listAuthorityPackages',
  method: 'GET',
  path: '/api/v1/authority-lines/{provinceCode}/packages',
  summary: { zh: '向一个省报送的数据包，新的在前', en: 'Packages sent over a line, the newest first' },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: lineParams,
  query: z.strictObject(pageQuery),
  body: noBody,
  answer: z.object({
    next: nextShape,
    packages: z.array(
      z.object({
        id: z.string(),
        sequence: z.number().int(),
        state: z.enum(['sending', 'accepted', 'unsent']),
        bytes: z.number().int(),
        madeAt: instantShape,
        tries: z.number().int(),
        answeredAt: instantShape.nullable(),
        answerCode: z.number().int().nullable(),
        ...filingOf,
      }),
    ),
  }),
  faults: ['object.not_found'],
});

export const listAuthorityFiles = operation({
  id: 'listAuthorityFiles',
  method: 'GET',
  path: '/api/v1/authority-lines/{provinceCode}/files',
  summary: { zh: '最近从一个省下载的文件，新的在前', en: 'The newest files downloaded over a line' },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: lineParams,
  query: z.strictObject({ limit: pageQuery.limit }),
  body: noBody,
  answer: z.object({
    files: z.array(
      z.object({
        id: z.string(),
        fileName: z.string(),
        fetchedAt: instantShape,
        acknowledgedAt: instantShape.nullable(),
        trouble: z.string().nullable().meta({ description: '无法读取的原因 / Why it could not be read' }),
      }),
    ),
  }),
  faults: ['object.not_found'],
});

const caseShape = z.object({
  id: z.string(),
  provinceCode: z.string(),
  kind: z.string().meta({ description: '待处理事项的种类 / What it is' }),
  openedAt: instantShape,
  about: z.string().nullable().meta({
    description:
      '通知所涉的域名、备案号或名称（已遮盖）；其他事项为空 / What a notice is about, masked; null for other cases',
  }),
  waits: z.boolean().meta({
    description:
      '该事项所属的订单是否只等待对该事项的处理；等待时不能只标为已阅 / Whether its filing waits for what is decided about it; then it cannot be settled as merely seen',
  }),
  answers: z.array(z.object({ id: z.number().int(), zh: z.string() })).meta({
    description:
      '核实任务、未备案网站：该省代码表中可选的核实意见或处理结果 / Rows of the province’s tables that an answer is chosen from',
  }),
  downloadId: z.string().nullable().meta({
    description: '带来该事项的文件，同一份通知的各项相同 / The file that brought it: one for all entries of a notice',
  }),
  ...filingOf,
});

export const listAuthorityCases = operation({
  id: 'listAuthorityCases',
  method: 'GET',
  path: '/api/v1/authority-cases',
  summary: {
    zh: '管局线路上待运营人员处理的事项，新的在前',
    en: 'What came over the lines and waits for an operator, the newest first',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: emptyShape,
  query: z.strictObject({
    ...pageQuery,
    provinceCode: provinceCodeShape.optional(),
    kind: z.enum(authorityCaseKinds).optional(),
  }),
  body: noBody,
  answer: z.object({ next: nextShape, cases: z.array(caseShape) }),
  faults: [],
});

const documentParams = z.strictObject({ kind: z.enum(['package', 'file', 'case', 'record']), documentId: idShape });
const documentAnswer = z.object({
  content: z.unknown().meta({ description: '按接口的字段名 / By the names of the interface' }),
});

export const getAuthorityDocument = operation({
  id: 'getAuthorityDocument',
  method: 'GET',
  path: '/api/v1/authority-documents/{kind}/{documentId}',
  summary: {
    zh: '数据包、下载的文件、待处理事项或管局备案的内容，个人信息已隐藏',
    en: 'The content of a package, a downloaded file, a case or the authority’s record of a difference, with personal data masked',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['line'],
  params: documentParams,
  query: emptyShape,
  body: noBody,
  answer: documentAnswer,
  faults: ['object.not_found'],
});

export const revealAuthorityDocument = operation({
  id: 'revealAuthorityDocument',
  method: 'POST',
  path: '/api/v1/authority-documents/{kind}/{documentId}/reveal',
  summary: {
    zh: '查看未脱敏的数据包、下载的文件、待处理事项或管局备案（计入查看次数，记入审计）',
    en: 'Reveal the content of a package, a downloaded file, a case or the authority’s record (counted in the shift, audited)',
  },
  roles: ['operator'],
  command: true,
  nouns: [],
  params: documentParams,
  query: emptyShape,
  body: emptyShape,
  answer: documentAnswer,
  faults: ['object.not_found', 'reveal.quota_spent'],
});

const actShape = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('seen') }),
    z.strictObject({
      act: z.literal('send_again'),
      corrected: z
        .boolean()
        .default(false)
        .meta({ description: '按订单现在的内容重新生成 / Built from the filing as it is now' }),
    }),
    z.strictObject({ act: z.literal('return_to_customer') }),
    z.strictObject({
      act: z.literal('approved_under'),
      subjectNumber: z.string().min(1).max(60),
      serviceNumber: z.string().min(1).max(60),
    }),
    z.strictObject({ act: z.literal('is_about'), filingId: idShape }),
    z.strictObject({ act: z.literal('read_again') }),
    z.strictObject({
      act: z.literal('answer_task'),
      isTrue: z.boolean().meta({ description: '信息属实 / What is on record is true' }),
      verifier: z.string().trim().min(1).max(128).meta({ description: '核实人姓名 / Who has verified it' }),
      opinion: z.string().trim().min(1).max(1024).meta({ description: '核实意见 / Opinion' }),
      errors: z.string().trim().max(4000).default('').meta({ description: '错误信息 / What is wrong' }),
    }),
    z.strictObject({
      act: z.literal('report_unfiled'),
      result: z
        .number()
        .int()
        .min(1)
        .max(999)
        .meta({ description: '处理结果在管局代码表中的编号 / Number in the authority’s table' }),
      handling: z.string().trim().min(1).max(255).meta({ description: '处理意见 / What was done' }),
      doneOn: dayShape.meta({ description: '处理时限 / By when it is done' }),
    }),
  ])
  .meta({
    description:
      '已知晓、重新报送、退回客户、按管局页面登记通过、指明所属订单、重新读取文件、上报核实结果、上报未备案网站的处理结果 / seen, send again, return, approved, is about, read again, answer a task, report an unfiled site',
  });

export const settleAuthorityCase = operation({
  id: 'settleAuthorityCase',
  method: 'POST',
  path: '/api/v1/authority-cases/{caseId}/settle',
  summary: { zh: '处理管局线路上的一个事项', en: 'Settle a case of a line to an authority' },
  roles: ['operator'],
  command: true,
  nouns: ['line', 'filing'],
  params: z.strictObject({ caseId: idShape }),
  query: emptyShape,
  body: z.strictObject({ act: actShape }),
  answer: emptyShape,
  faults: [
    'object.not_found',
    'object.changed',
    'authority.case_unfit',
    'authority.case_open',
    'record.number_conflict',
    'idempotency.in_progress',
  ],
});

export const settleAuthorityCases = operation({
  id: 'settleAuthorityCases',
  method: 'POST',
  path: '/api/v1/authority-cases/settle',
  summary: {
    zh: '将多个事项一并处理为已知晓，注明同一原因；所涉有订单的事项须逐个处理',
    en: 'Settle many cases at once as seen, with one reason; those of a filing are settled one by one',
  },
  roles: ['operator'],
  command: true,
  bodyKiB: 128,
  nouns: ['line'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    caseIds: z.array(idShape).min(1).max(200),
    reason: z.string().trim().min(1).max(500).meta({ description: '原因，记入审计 / Why; the audit has it' }),
  }),
  answer: z.object({
    settled: z.number().int(),
    left: z
      .number()
      .int()
      .meta({ description: '已由他人处理，或属于订单的 / Settled by somebody else meanwhile, or of a filing' }),
  }),
  faults: ['object.not_found'],
});
