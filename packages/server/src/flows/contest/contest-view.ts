import { isFault } from '@openbeian/model/fault';
import { z } from 'zod';
import { type ContestRow, isSealed, sealingContexts } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';

/** What speaks for whom, for those who decide and look after it. */
interface ContestSides {
  readonly holderFilingId: string;
  readonly holderAccountId: string;
  /** Whether the account has shown that the name is its own. */
  readonly nameProven: boolean;
  readonly holderNameProven: boolean;
}

/** A contest; `sides` null for customers, who do not learn whose the other filing is. */
export interface ContestView
  extends Omit<ContestRow, 'holderFilingId' | 'holderAccountId' | 'decidedBy' | 'sealedStatement'> {
  /** What the account says; null where no key opens it. */
  readonly statement: string | null;
  readonly sides: ContestSides | null;
}

/** As `contestViewsOf`, of one. */
async function contestViewOf(step: ViewStep, row: ContestRow): Promise<ContestView> {
  const [view] = await contestViewsOf(step, [row]);
  if (view === undefined) throw new Error('one row has one view');
  return view;
}

/** What is kept under an idempotency key: never the statement. */
const contestId = z.object({ contestId: z.string() });
export type ContestId = z.output<typeof contestId>;

/** For `onceForKeyPresenting`: the contest as it is now. */
export const presentContest = {
  stored: contestId,
  present: async (step: Step, { contestId: id }: ContestId): Promise<ContestView> => {
    const row = await step.tx.contests.find(id);
    if (row === null) throw new Error('a contest is never deleted');
    return contestViewOf(step, row);
  },
};

type ViewStep = Pick<Step, 'deps' | 'tx' | 'actor' | 'at'>;

/** The contests as the actor may see them, in the order of the rows; names are looked up for all of them at once. */
export async function contestViewsOf(step: ViewStep, rows: readonly ContestRow[]): Promise<ContestView[]> {
  const { deps, tx, actor, at } = step;
  const shownOf = (row: ContestRow) => {
    const {
      holderFilingId: _filing,
      holderAccountId: _account,
      decidedBy: _by,
      sealedStatement: _sealed,
      ...shown
    } = row;
    return { ...shown, statement: statementOf(deps, row) };
  };
  if (isCustomer(actor)) return rows.map((row) => ({ ...shownOf(row), sides: null }));
  const asked = rows.flatMap(({ accountId, holderAccountId, domainName }) =>
    [accountId, holderAccountId].map((one) => ({ accountId: one, domainName })),
  );
  const proven = new Set(
    (await tx.nameProofs.listProven(asked, at)).map(({ accountId, domainName }) => `${accountId} ${domainName}`),
  );
  return rows.map((row) => {
    const { holderFilingId, holderAccountId, domainName } = row;
    const isProvenBy = (accountId: string) => proven.has(`${accountId} ${domainName}`);
    const sides = {
      holderFilingId,
      holderAccountId,
      nameProven: isProvenBy(row.accountId),
      holderNameProven: isProvenBy(holderAccountId),
    };
    return { ...shownOf(row), sides };
  });
}

function statementOf({ vault }: FlowDeps, { id, sealedStatement }: ContestRow): string | null {
  if (!isSealed(sealedStatement)) return sealedStatement;
  try {
    return vault.open(sealedStatement, sealingContexts.contests(id));
  } catch (error) {
    // One that no key opens hides no other.
    if (isFault(error)) return null;
    throw error;
  }
}

const isCustomer = ({ role }: Actor): boolean => role === 'customer';
