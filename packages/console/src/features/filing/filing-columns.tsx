import { Link } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import type { Column } from '../../parts/listing.tsx';
import { DueView } from './due-view.tsx';
import { filingWords } from './words.ts';

/** The columns that every list of filings has; `pageOf` is where a filing is opened. */
export function useFilingColumns(pageOf: (filing: Filing) => string) {
  const { t, pick, instant } = useText(filingWords);
  return {
    domainName: {
      key: 'domainName',
      label: t.filing.domainName,
      onCard: 'title',
      render: (row) => (
        <div>
          <Link to={pageOf(row)}>
            <strong className="wrap">{row.domainName || row.subjectNumber}</strong>
          </Link>
          <div className="faint">{pick(row.kindText)}</div>
        </div>
      ),
      text: (row) => row.domainName,
    },
    kind: {
      key: 'kind',
      label: t.filing.kind,
      isExtra: true,
      render: (row) => pick(row.kindText),
      text: (row) => pick(row.kindText),
    },
    account: {
      key: 'account',
      label: t.filing.account,
      render: (row) => <AccountName id={row.accountId} />,
      text: (row) => row.accountId,
    },
    dueAt: {
      key: 'dueAt',
      label: t.filing.dueAt,
      render: (row) => <DueView dueAt={row.dueAt} brief />,
      text: (row) => row.dueAt,
    },
    startedAt: {
      key: 'startedAt',
      label: t.filing.startedAt,
      isExtra: true,
      render: (row) => <span className="number">{instant(row.startedAt)}</span>,
      text: (row) => row.startedAt,
    },
    updatedAt: {
      key: 'updatedAt',
      label: t.filing.updatedAt,
      render: (row) => <span className="number">{instant(row.updatedAt)}</span>,
      text: (row) => row.updatedAt,
    },
  } satisfies Record<string, Column<Filing>>;
}
