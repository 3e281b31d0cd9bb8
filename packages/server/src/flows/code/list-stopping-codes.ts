import { addDays, dayOf, daysBetween } from '@openbeian/model/calendar';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { FlowRequest } from '../command/step.ts';
import { type CodeView, codeViewOf, openCodeEvaluator } from './code-view.ts';

interface StoppingCode {
  readonly code: CodeView;
  readonly stopsOn: string;
  readonly daysLeft: number;
}

interface ListStoppingCodesInput {
  readonly days: number;
  readonly accountId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * The codes that stop within `days` days, found by the index of stop days; each is derived again for the answer, and one
 * that does not stop then after all is left out of its page.
 * @throws Fault `input.invalid` for an invalid cursor.
 */
export const listStoppingCodes = query(
  { id: 'listStoppingCodes', faults: [] },
  async (step, input: ListStoppingCodesInput) => {
    const { deps, tx, actor, at } = step;
    const day = dayOf(at);
    const issuerAccountId = actor.role === 'customer' ? ownAccount(actor) : (input.accountId ?? null);
    const filter = { from: addDays(day, 1), to: addDays(day, input.days), issuerAccountId };
    const after = input.after === undefined ? null : readCursor(step, input.after);
    const page = await tx.codeClock.listStopping(filter, after, input.limit);
    const found = await tx.codes.listByIds(page.map(({ codeId }) => codeId));
    const codes = new Map(found.map((code) => [code.id, code]));
    const evaluator = await openCodeEvaluator(step, found);
    const stopping = page.flatMap(({ codeId }): StoppingCode[] => {
      const code = codes.get(codeId);
      const row = code === undefined ? null : evaluator.rowOf(code.resourceId);
      if (code === undefined || row === null || code.usedAt !== null || code.revokedAt !== null) return [];
      const stopsOn = evaluator.stopsOnOf(row, code);
      if (stopsOn === null || stopsOn < filter.from || stopsOn > filter.to) return [];
      return [{ code: codeViewOf(evaluator, code), stopsOn, daysLeft: daysBetween(day, stopsOn) }];
    });
    const last = page.length === input.limit ? page.at(-1) : undefined;
    return {
      at: day,
      total: await tx.codeClock.countStopping(filter),
      indexing: await tx.codeClock.countPending(deps.policyFingerprint(day)),
      codes: stopping,
      next: last === undefined ? null : `${last.stopsOn}~${last.codeId}`,
    };
  },
);

function readCursor({ fault }: FlowRequest, text: string): { readonly stopsOn: string; readonly codeId: string } {
  const match = /^(\d{4}-\d\d-\d\d)~(.+)$/.exec(text);
  if (match !== null) return { stopsOn: match[1] ?? '', codeId: match[2] ?? '' };
  throw fault('input.invalid', {
    places: [{ path: 'query.after', expected: '`next` of the page before', expectedZh: '应为上一页答复中的 next' }],
  });
}
