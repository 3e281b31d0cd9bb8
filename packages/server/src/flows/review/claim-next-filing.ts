import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { filingViewOf } from '../filing/filing-view.ts';
import { type QueueInput, queueFilterOf } from './review-queue.ts';

const msPerMinute = 60_000;

/**
 * Claims the most urgent filing of the filter that nobody has, in one statement, so that of many reviewers at once each gets another
 * one; null where there is none.
 */
export const claimNextFiling = command(
  { id: 'claimNextFiling', faults: [] },
  async (
    step,
    {
      overdue,
      secondLook,
      ...input
    }: Omit<QueueInput, 'overdue' | 'secondLook' | 'claim' | 'claimedBy'> & {
      readonly overdue?: boolean | undefined;
      readonly secondLook?: boolean | undefined;
    },
  ) => {
    const { deps, tx, actor, at } = step;
    const until = new Date(Date.parse(at) + deps.claims.minutes * msPerMinute).toISOString();
    const filter = {
      ...queueFilterOf(step, { ...input, overdue: overdue === true ? 'true' : undefined }),
      secondLook,
    };
    const filingId = await tx.reviews.claimNext(filter, { holderId: actor.userId, at, until });
    const filing = filingId === null ? null : await tx.filings.find(filingId);
    if (filing === null) return { filing: null };
    await recordAudit(step, 'FilingClaimed', { kind: 'filing', id: filing.id }, { until });
    return { filing: filingViewOf(deps, filing, actor) };
  },
);
