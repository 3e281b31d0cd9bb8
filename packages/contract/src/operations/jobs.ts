import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, instantShape, noBody } from '../shapes.ts';

export const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  summary: { zh: '等待中和重试中的后台任务', en: 'Waiting and failing jobs' },
  roles: ['operator'],
  command: false,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    jobs: z.array(
      z.object({
        id: z.string(),
        topic: z.string(),
        attempts: z.number().int(),
        runAt: instantShape,
        lastError: z.string().nullable(),
      }),
    ),
  }),
  faults: [],
});
