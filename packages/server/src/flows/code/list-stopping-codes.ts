import { addDays, dayOf, daysBetween } from '@openbeian/model/calendar';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { type CodeView, codeViewOf, openCodeEvaluator } from './code-view.ts';

interface StoppingCode {
  readonly code: CodeView;
  readonly stopsOn: string;
  readonly daysLeft: number;
}

interface ListStoppingCodesInput extends PageInput {
  readonly days: number;
  readonly accountId?: string | undefined;
}

const byStopDay: ListOrder<{ readonly stopsOn: string; readonly codeId: string }> = {
  name: 'stopping-codes',
  columns: ['day', 'text'],
  positionOf: ({ stopsOn, codeId }) => [stopsOn, codeId],
};

/**
 * The codes that stop within `days` days, found by the index of stop days; each is derived again for the answer, and one
 * that does not stop then after all is left out of its page.
 * @throws Fault `input.invalid` for an invalid cursor.
 */
export const listStoppingCodes = query(
  { id: 'listStoppingCodes', faults: [], mayLag: true },
  async (step, input: ListStoppingCodesInput) => {
    const { deps, tx, actor, at } = step;
    const day = dayOf(at);
    const issuerAccountId = actor.role === 'customer' ? ownAccount(actor) : (input.accountId ?? null);
    const filter = { from: addDays(day, 1), to: addDays(day, input.days), issuerAccountId };
    const { rows: page, next } = await pageOf(byStopDay, input, (rows) =>
      tx.codeClock.listStopping({ ...filter, ...rows }),
    );
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
    return {
      at: day,
      total: await tx.codeClock.countStopping(filter),
      indexing: await tx.codeClock.countPending(deps.policyFingerprint(day)),
      codes: stopping,
      next,
    };
  },
);
