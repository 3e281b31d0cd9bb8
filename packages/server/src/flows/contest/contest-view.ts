import type { ContestRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { Step } from '../command/step.ts';
import { isProven } from '../filing/name-proof.ts';

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

export async function contestViewOf(
  { tx, actor, at }: Pick<Step, 'tx' | 'actor' | 'at'>,
  row: ContestRow,
): Promise<ContestView> {
  const { holderFilingId, holderAccountId, decidedBy: _by, ...shown } = row;
  if (isCustomer(actor)) return { ...shown, sides: null };
  const isProvenBy = async (accountId: string) => isProven(await tx.nameProofs.find(accountId, row.domainName), at);
  const sides = {
    holderFilingId,
    holderAccountId,
    nameProven: await isProvenBy(row.accountId),
    holderNameProven: await isProvenBy(holderAccountId),
  };
  return { ...shown, sides };
}

const isCustomer = ({ role }: Actor): boolean => role === 'customer';
