import type { ContestRow, NewNotice } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { newNotice } from '../notice/new-notice.ts';

/** A notice about one of the two filings; nobody learns whose the other is. */
async function tell(
  step: Step,
  notice: Pick<NewNotice, 'accountId' | 'type' | 'about' | 'detail'> & { readonly filingId: string },
): Promise<void> {
  await step.tx.notices.add(newNotice(step, notice));
}

/** The operators are to decide, and whoever holds the name or certificate is to know. */
export async function tellOfContest(step: Step, contest: ContestRow, holderDomainName: string): Promise<void> {
  const { id, about, filingId, domainName, holderFilingId, holderAccountId } = contest;
  const type = 'FilingContested' as const;
  await tell(step, { accountId: null, type, about: id, filingId, detail: { side: 'provider', about, domainName } });
  const detail = { side: 'holder', about, domainName: holderDomainName };
  await tell(step, { accountId: holderAccountId, type, about: id, filingId: holderFilingId, detail });
}

/** The other side's filing ended before anybody decided; `side` is who is told. */
export async function tellOfClosing(
  step: Step,
  contest: ContestRow,
  { side, state }: { readonly side: 'contestant' | 'holder'; readonly state: 'filed' | 'abandoned' },
): Promise<void> {
  const { accountId, filingId, domainName, holderAccountId, holderFilingId } = contest;
  const about = `decision of ${contest.id}`;
  const told =
    side === 'contestant' ? { accountId, filingId } : { accountId: holderAccountId, filingId: holderFilingId };
  const detail = { side, decision: 'closed', state, about: contest.about, domainName };
  await tell(step, { ...told, type: 'ContestDecided', about, detail });
}

/** It is to be decided after all, and the decision is told then. */
export const untellOfClosing = ({ tx }: Step, { id, accountId, holderAccountId }: ContestRow): Promise<void> =>
  tx.notices.takeBack(`decision of ${id}`, [accountId, holderAccountId]);

/** Both sides learn the decision, with its reasons. */
export async function tellOfDecision(
  step: Step,
  contest: ContestRow,
  {
    decision,
    reasons,
    holderDomainName,
  }: {
    readonly decision: 'upheld' | 'dismissed';
    readonly reasons: string;
    readonly holderDomainName: string;
  },
): Promise<void> {
  const type = 'ContestDecided' as const;
  const about = `decision of ${contest.id}`;
  const { accountId, filingId, domainName, holderAccountId, holderFilingId } = contest;
  await tell(step, { accountId, type, about, filingId, detail: { side: 'contestant', decision, reasons, domainName } });
  const detail = { side: 'holder', decision, reasons, domainName: holderDomainName };
  await tell(step, { accountId: holderAccountId, type, about, filingId: holderFilingId, detail });
}
