import { z } from 'zod';
import { operation } from '../../operation.ts';
import { emptyShape, filingShape, nameProofShape } from '../../shapes.ts';
import { filingParams } from './step.ts';

export const askNameProof = operation({
  id: 'askNameProof',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/name-proof',
  summary: { zh: '获取域名所有权验证记录（TXT）', en: 'Get the TXT record that proves the domain' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: nameProofShape,
  faults: ['object.not_found'],
});

export const checkNameProof = operation({
  id: 'checkNameProof',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/name-proof/check',
  summary: { zh: '验证域名所有权', en: 'Look whether the domain is proven' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['filing'],
  cost: 5,
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ filing: filingShape, nameProof: nameProofShape }),
  faults: [
    'object.not_found',
    'object.changed',
    'filing.wrong_state',
    'name.not_proven',
    'name.lookup_failed',
    'idempotency.in_progress',
  ],
});
