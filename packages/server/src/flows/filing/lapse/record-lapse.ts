import type { FilingRow } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { isCodeSpentByEnding, releaseHolding } from '../holding/release-holding.ts';

/**
 * Returns what a filing that lapses holds, and keeps what undoing that takes. A code that the policy says is spent by it stays
 * bound until the lapse cannot be undone any more.
 */
export async function recordLapse(step: Step<'code.wrong_state'>, filing: FilingRow): Promise<void> {
  const { tx, at, actor } = step;
  const { id: filingId, state, dueAt, codeId } = filing;
  const keptCodeId = codeId !== null && (await isCodeSpentByEnding(step, codeId)) ? codeId : null;
  const spends = await tx.quota.listLiveOfFiling(filingId);
  const spendIds = spends.map(({ spendId }) => spendId);
  const swept = actor.role === 'system';
  await tx.lapses.insert({ filingId, lapsedAt: at, state, dueAt, spendIds, keptCodeId, swept });
  await releaseHolding(step, filing, keptCodeId === null ? 'ended' : 'kept');
}
