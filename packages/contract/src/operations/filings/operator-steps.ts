import { z } from 'zod';
import { operation } from '../../operation.ts';
import { cursorShape, nextShape, pageQuery } from '../../page.ts';
import { emptyShape, filingShape, instantShape, noBody, stateShape, textShape } from '../../shapes.ts';
import { expectedVersion, step } from './step.ts';

export const recallFiling = operation({
  id: 'recallFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/recall',
  summary: { zh: '运营人员撤回长时间未返回结果的订单', en: 'An operator recalls a stuck filing' },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'gate'],
  body: z.strictObject({ ...expectedVersion, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const lapseFiling = operation({
  id: 'lapseFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/lapse',
  summary: {
    zh: '运营人员关闭客户长期未处理的订单',
    en: 'An operator closes a filing that its customer has abandoned',
  },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'code', 'gate'],
  body: z.strictObject({ ...expectedVersion, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'code.wrong_state'],
});

const undoFaults = [
  'filing.wrong_state',
  'filing.reopen_ended',
  'filing.already_open',
  'filing.held_by_other_account',
  'filing.superseded',
  'filing.subject_in_other_account',
  'filing.name_in_other_account',
  'filing.too_many_drafts',
  'quota.exhausted',
  'code.not_usable',
  'code.wrong_state',
] as const;

export const reopenFiling = operation({
  id: 'reopenFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/reopen',
  summary: {
    zh: '运营人员恢复超期关闭的订单：回到关闭前的状态，重新占用授权码或名额；与其后发生的情况冲突时拒绝并说明原因',
    en: 'An operator reopens a filing that lapsed: it is as it was before and holds its code or quota again; refused with the reason where something since is against it',
  },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'code', 'gate'],
  body: z.strictObject({ ...expectedVersion, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'object.changed', ...undoFaults],
});

const lapsedWithin = {
  from: instantShape.meta({ description: '含 / Included' }),
  to: instantShape.meta({ description: '含 / Included' }),
};

export const listLapsedFilings = operation({
  id: 'listLapsedFilings',
  method: 'GET',
  path: '/api/v1/lapsed-filings',
  summary: { zh: '某段时间内超期关闭的订单', en: 'Filings that lapsed between two instants' },
  roles: ['operator'],
  command: false,
  nouns: ['filing'],
  params: emptyShape,
  query: z.strictObject({ ...lapsedWithin, ...pageQuery }),
  body: noBody,
  answer: z.object({
    lapses: z.array(
      z.object({
        filing: filingShape,
        lapsedAt: instantShape,
        state: stateShape.meta({ description: 'What it lapsed from' }),
        swept: z.boolean().meta({ description: 'By the clock; otherwise an operator closed it' }),
        until: instantShape.meta({ description: 'Until when it can be reopened' }),
      }),
    ),
    next: nextShape,
  }),
  faults: [],
});

export const reopenLapsedFilings = operation({
  id: 'reopenLapsedFilings',
  method: 'POST',
  path: '/api/v1/lapsed-filings/reopen',
  summary: {
    zh: '恢复某段时间内由系统超期关闭的全部订单，例如服务器时钟有误之后；一次 20 项，next 不为空时请以其为 after 再次请求',
    en: 'Reopen all filings that the clock closed between two instants, for example after a clock was wrong; 20 at once, ask again with `next` as `after` while there is one',
  },
  roles: ['operator'],
  command: true,
  nouns: ['filing', 'code', 'gate'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    ...lapsedWithin,
    comment: z.string().min(2).max(500),
    after: cursorShape.optional(),
  }),
  answer: z.object({
    reopened: z.number().int(),
    refused: z
      .array(z.object({ filingId: z.string(), domainName: z.string(), code: z.string(), message: textShape }))
      .meta({ description: 'Those that stay closed, and why' }),
    next: nextShape,
  }),
  faults: [],
});
