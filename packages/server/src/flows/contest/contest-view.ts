import type { ContestRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
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
export interface ContestView extends Omit<ContestRow, 'holderFilingId' | 'holderAccountId' | 'decidedBy'> {
  readonly sides: ContestSides | null;
}

/** As `contestViewsOf`, of one. */
export async function contestViewOf(step: ViewStep, row: ContestRow): Promise<ContestView> {
  const [view] = await contestViewsOf(step, [row]);
  if (view === undefined) throw new Error('one row has one view');
  return view;
}

type ViewStep = Pick<Step, 'tx' | 'actor' | 'at'>;

/** The contests as the actor may see them, in the order of the rows; names are looked up for all of them at once. */
export async function contestViewsOf({ tx, actor, at }: ViewStep, rows: readonly ContestRow[]): Promise<ContestView[]> {
  const shownOf = ({ holderFilingId: _filing, holderAccountId: _account, decidedBy: _by, ...shown }: ContestRow) =>
    shown;
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

const isCustomer = ({ role }: Actor): boolean => role === 'customer';
