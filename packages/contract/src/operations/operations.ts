import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, noBody, provinceCodeShape, textShape, workKindShape } from '../shapes.ts';

const stateShape = z.enum(['ok', 'unknown', 'attention', 'failing']).meta({
  description: '正常、无法得知、需要处理、不工作 / As it should be, not known here, asks for somebody, does not work',
});
const finding = {
  state: stateShape,
  text: textShape,
  todo: textShape.nullable().meta({ description: '应做什么；正常时为空 / What to do; null where nothing is' }),
  link: z.string().nullable().meta({ description: '控制台的页面 / Path of a page of the console' }),
};
const actionShape = z
  .discriminatedUnion('act', [
    z.object({ act: z.literal('retry_parked'), kind: workKindShape }),
    z.object({ act: z.literal('resume_line'), provinceCode: provinceCodeShape }),
  ])
  .nullable()
  .meta({
    description:
      '可以立即执行的操作：retryParkedWork、resumeAuthorityLine / What can be done at once, by these operations',
  });

export const getOperations = operation({
  id: 'getOperations',
  method: 'GET',
  path: '/api/v1/operations',
  summary: {
    zh: '运行状态：数据库、进程、网关、管局线路、队列、邮件、密钥、证书等，各自是否正常及应做什么',
    en: 'State of operations: database, processes, gates, authority lines, queues, mail, keys, certificate: well, or what to do',
  },
  roles: ['operator'],
  command: false,
  nouns: ['job', 'line', 'webhook'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    state: stateShape.meta({ description: '最差的一项，不计无法得知的 / The worst item; `unknown` does not count' }),
    failing: z.number().int(),
    attention: z.number().int(),
    unknown: z.number().int(),
    items: z.array(
      z.object({
        id: z.enum([
          ...(['database', 'replica', 'migrations', 'servers', 'workers', 'clock'] as const),
          ...(['gates', 'lines', 'reconciliation'] as const),
          ...(['parked', 'hand_overs', 'messages', 'events', 'inventory_syncs', 'webhooks', 'mail'] as const),
          ...(['keys', 'files', 'certificate'] as const),
        ]),
        ...finding,
        parts: z.array(z.object({ id: z.string(), name: textShape, ...finding, action: actionShape })).meta({
          description: '逐个网关、线路、任务种类等 / Each gate, line or kind of work, where there are several',
        }),
      }),
    ),
  }),
  faults: [],
});
