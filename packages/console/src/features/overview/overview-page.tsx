import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Filing, Resource } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { byDue } from '../filing/due.ts';
import { DueView } from '../filing/due-view.tsx';
import { FilingState } from '../filing/filing-state.tsx';
import { isOpen } from '../filing/progress.ts';
import { filingWords } from '../filing/words.ts';
import { endsSoon } from '../resource/filter.ts';
import { useSession } from '../session/session-context.tsx';
import { overviewWords } from './words.ts';

/** What waits for this customer, what will soon, and how much there is of everything. */
export function OverviewPage() {
  const { t } = useText(filingWords, overviewWords);
  const { displayName } = useSession();
  const resources = useAnswer('listResources', {});
  const filings = useAnswer('listFilings', {}, { refreshMs: 30_000 });
  const codes = useAnswer('countCodes', { query: { side: 'either' } });
  const issued = useAnswer('countCodes', { query: { side: 'issued' } });
  // Who has only been granted some finds them under another tab.
  const codesTab = issued.data?.states.unused === 0 ? 'granted' : 'issued';
  const records = useAnswer('listRecords', {});
  const rows = resources.data?.resources ?? [];
  return (
    <Page
      title={t.overview.hello(displayName)}
      topic="page:overview"
      actions={
        <Link to="/filings/new">
          <Button type="primary" icon={<PlusOutlined />}>
            {t.filing.start}
          </Button>
        </Link>
      }
    >
      <ul className="counts">
        <Count
          to="/resources?show=file"
          label={t.overview.canFile}
          count={resources.data && rows.filter((row) => row.check.file.outcome === 'eligible').length}
        />
        <Count
          to="/resources?show=issue"
          label={t.overview.canIssue}
          count={resources.data && rows.filter((row) => row.check.issue.outcome === 'eligible').length}
        />
        <Count
          to={`/codes?tab=${codesTab}&state=unused`}
          label={t.overview.usableCodes}
          count={codes.data?.states.unused}
        />
        <Count to="/records" label={t.overview.records} count={records.data?.records.length} />
      </ul>
      <div className="columns">
        <Panel title={t.overview.todo}>
          <Loaded query={filings}>
            {(answer) => (
              <FilingLines
                rows={answer.filings.filter((row) => row.owner === 'customer' || row.state === 'awaiting_sms')}
                empty={t.overview.todoEmpty}
              />
            )}
          </Loaded>
        </Panel>
        <Panel title={t.overview.waiting}>
          <Loaded query={filings}>
            {(answer) => (
              <FilingLines
                rows={answer.filings.filter(
                  (row) => isOpen(row.state) && row.owner !== 'customer' && row.state !== 'awaiting_sms',
                )}
                empty={t.overview.waitingEmpty}
              />
            )}
          </Loaded>
        </Panel>
      </div>
      <Panel title={t.overview.soon}>
        <Loaded query={resources}>{(answer) => <EndingSoon rows={answer.resources} today={answer.at} />}</Loaded>
      </Panel>
    </Page>
  );
}

function Count({
  to,
  label,
  count,
}: {
  readonly to: string;
  readonly label: string;
  readonly count: number | undefined;
}) {
  return (
    <li>
      <Link to={to}>
        <strong>{count ?? '–'}</strong>
        <span>{label}</span>
      </Link>
    </li>
  );
}

function FilingLines({ rows, empty }: { readonly rows: readonly Filing[]; readonly empty: string }) {
  const { t, pick } = useText(filingWords);
  if (rows.length === 0) return <p className="soft">{empty}</p>;
  return (
    <ul className="lines">
      {byDue(rows).map((row) => (
        <li key={row.id}>
          <div className="row" style={{ justifyContent: 'space-between' }}>
            <Link to={`/filings/${row.id}`}>
              <strong className="wrap">{row.domainName}</strong>
            </Link>
            <FilingState filing={row} />
          </div>
          <div className="row faint" style={{ justifyContent: 'space-between' }}>
            <span>{pick(row.kindText)}</span>
            {row.dueAt && (
              <span>
                {t.filing.dueAt} <DueView dueAt={row.dueAt} brief />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function EndingSoon({ rows, today }: { readonly rows: readonly Resource[]; readonly today: string }) {
  const { t, pick, day } = useText(overviewWords);
  const soon = rows
    .flatMap((row) => {
      const until = endsSoon(row, today, 30);
      return until === null ? [] : [{ row, until }];
    })
    .sort((a, b) => a.until.localeCompare(b.until));
  if (soon.length === 0) return <p className="soft">{t.overview.soonEmpty}</p>;
  return (
    <ul className="lines">
      {soon.map(({ row, until }) => (
        <li key={row.id} className="row">
          <Link to={`/resources/${encodeURIComponent(row.id)}`} className="mono">
            {row.id}
          </Link>
          <span className="soft">{pick(row.productName)}</span>
          <span className="state warn long">{t.overview.soonLine(day(until))}</span>
        </li>
      ))}
    </ul>
  );
}
