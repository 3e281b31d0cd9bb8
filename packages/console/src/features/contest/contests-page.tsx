import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { useAddressText } from '../../parts/use-address-text.ts';
import { useSession } from '../session/session-context.tsx';
import type { Contest } from './contest.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { contestWords } from './words.ts';

/** What accounts say is theirs although another account holds it; operators decide. A customer sees its own. */
export function ContestsPage() {
  const { t } = useText(contestWords);
  const isCustomer = useSession().role === 'customer';
  // A customer comes for the decision, whoever decides for what is left to do.
  const [shown, setShown] = useAddressText('show');
  const undecided = shown === '' ? !isCustomer : shown === 'undecided';
  const [deciding, setDeciding] = useState<Contest | null>(null);
  const pages = useAddressPages(String(undecided));
  const query = { undecided: undecided ? ('true' as const) : ('false' as const), ...pages.query };
  const contests = useAnswer('listContests', { query }, { refreshMs: 30_000 });
  const columns = useColumns(setDeciding);
  return (
    <Page
      title={isCustomer ? t.contest.ownTitle : t.contest.title}
      lead={isCustomer ? t.contest.ownLead : t.contest.lead}
      topic="page:contests"
    >
      <div className="bar">
        <Checkbox checked={undecided} onChange={(event) => setShown(event.target.checked ? 'undecided' : 'all')}>
          {t.contest.onlyOpen}
        </Checkbox>
      </div>
      <Panel flush>
        <Loaded query={contests}>
          {(answer) => (
            <Listing
              label={t.contest.title}
              rows={answer.contests}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.contest.empty} />}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      {deciding && <DecideDialog contest={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  );
}

function useColumns(onDecide: (contest: Contest) => void): Column<Contest>[] {
  const { t } = useText(contestWords);
  const { role } = useSession();
  const isCustomer = role === 'customer';
  const columns: (Column<Contest> & { readonly staffOnly?: boolean })[] = [
    {
      key: 'domainName',
      label: t.contest.about,
      onCard: 'title',
      render: (row) => <About contest={row} isLink={isCustomer} />,
    },
    { key: 'decision', label: t.contest.decision, onCard: 'state', render: (row) => <Decision contest={row} /> },
    {
      key: 'contestant',
      staffOnly: true,
      label: t.contest.contestant,
      render: ({ filingId, accountId, sides }) => (
        <Side filingId={filingId} accountId={accountId} proven={sides?.nameProven} />
      ),
    },
    {
      key: 'holder',
      staffOnly: true,
      label: t.contest.holder,
      render: ({ sides }) =>
        sides && (
          <Side filingId={sides.holderFilingId} accountId={sides.holderAccountId} proven={sides.holderNameProven} />
        ),
    },
    {
      key: 'statement',
      label: t.contest.statement,
      render: (row) => <Statement contest={row} />,
    },
    {
      key: 'actions',
      staffOnly: true,
      label: '',
      onCard: 'actions',
      render: (row) =>
        role === 'operator' &&
        row.decision === null && (
          <Button size="small" onClick={() => onDecide(row)}>
            {t.contest.decide}
          </Button>
        ),
    },
  ];
  return columns.filter(({ staffOnly = false }) => !(staffOnly && isCustomer));
}

function About({ contest, isLink }: { readonly contest: Contest; readonly isLink: boolean }) {
  const { t, instant } = useText(contestWords);
  const { filingId, domainName, about, openedAt } = contest;
  return (
    <div>
      {isLink ? (
        <Link to={`/filings/${filingId}`} className="wrap">
          {domainName}
        </Link>
      ) : (
        <strong className="wrap">{domainName}</strong>
      )}
      <div className="faint">{t.contest.aboutSince(t.contest.abouts[about], instant(openedAt))}</div>
    </div>
  );
}

/** What the account says, and what came of it. */
function Statement({ contest }: { readonly contest: Contest }) {
  const { t } = useText(contestWords);
  return (
    <div className="wrap" style={{ maxWidth: 280 }}>
      {contest.statement ?? t.contest.statementUnreadable}
      {contest.decision === 'closed' && <div className="soft">{t.contest.closedNote}</div>}
      {contest.reasons && <div className="soft">{t.contest.reasonsGiven(contest.reasons)}</div>}
    </div>
  );
}

function Decision({ contest: { decision } }: { readonly contest: Contest }) {
  const { t } = useText(contestWords);
  if (decision === null) return <State tone="warn">{t.contest.undecided}</State>;
  return <State tone={decision === 'upheld' ? 'good' : 'quiet'}>{t.contest.decided[decision]}</State>;
}

interface SideProps {
  readonly filingId: string;
  readonly accountId: string;
  readonly proven: boolean | undefined;
}

/** One of the two filings, and whether its account has proven the domain. */
function Side({ filingId, accountId, proven }: SideProps) {
  const { t } = useText(contestWords);
  return (
    <div>
      <Link to={`/filings/${filingId}`} className="mono">
        <AccountName id={accountId} />
      </Link>
      {proven !== undefined && <div className="faint">{proven ? t.contest.proven : t.contest.unproven}</div>}
    </div>
  );
}
