import { PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { later } from '../../parts/later.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { DueView } from '../filing/due-view.tsx';
import { FilingState } from '../filing/filing-state.tsx';
import { filingWords } from '../filing/words.ts';
import { useSession } from '../session/session-context.tsx';
import { overviewWords } from './words.ts';

const NothingToDo = later(async () => (await import('./nothing-to-do.tsx')).NothingToDo);

/** What waits for this customer, what will soon, and how much there is of everything. */
export function OverviewPage() {
  const { t } = useText(filingWords, overviewWords);
  const { displayName } = useSession();
  const resources = useAnswer('countResources', {});
  const todo = useAnswer('listFilings', { query: { group: 'with_customer', order: 'due' } }, { refreshMs: 30_000 });
  const waiting = useAnswer('listFilings', { query: { group: 'with_others', order: 'due' } }, { refreshMs: 30_000 });
  return (
    <Page
      title={t.overview.hello(displayName)}
      topic="page:overview"
      actions={
        <WriteButton type="primary" icon={<PlusOutlined />} to="/filings/new">
          {t.filing.start}
        </WriteButton>
      }
    >
      <Counts canFile={resources.data?.file} canIssue={resources.data?.issue} />
      <div className="columns">
        <Panel title={t.overview.todo}>
          <Loaded query={todo}>
            {(answer) => <FilingLines rows={answer.filings} more={answer.next !== null} empty={<NothingToDo />} />}
          </Loaded>
        </Panel>
        <Panel title={t.overview.waiting}>
          <Loaded query={waiting}>
            {(answer) => (
              <FilingLines rows={answer.filings} more={answer.next !== null} empty={t.overview.waitingEmpty} saysWhom />
            )}
          </Loaded>
        </Panel>
      </div>
      <Panel title={t.overview.soon}>
        <Loaded query={resources}>{(answer) => <EndingSoon rows={answer.ending.resources} />}</Loaded>
      </Panel>
    </Page>
  );
}

interface CountsProps {
  readonly canFile: number | undefined;
  readonly canIssue: number | undefined;
}

function Counts({ canFile, canIssue }: CountsProps) {
  const { t } = useText(overviewWords);
  const codes = useAnswer('countCodes', { query: { side: 'either' } });
  const issued = useAnswer('countCodes', { query: { side: 'issued' } });
  // Who has only been granted some finds them under another tab.
  const codesTab = issued.data?.states.unused === 0 ? 'granted' : 'issued';
  const records = useAnswer('countRecords', {});
  return (
    <ul className="counts">
      <Count to="/resources?show=file" label={t.overview.canFile} count={canFile} />
      <Count to="/resources?show=issue" label={t.overview.canIssue} count={canIssue} />
      <Count
        to={`/codes?tab=${codesTab}&state=unused`}
        label={t.overview.usableCodes}
        count={codes.data?.states.unused}
      />
      <Count to="/records" label={t.overview.records} count={records.data?.total} />
    </ul>
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

interface FilingLinesProps {
  readonly rows: readonly Filing[];
  /** There are more, in the list of filings. */
  readonly more: boolean;
  readonly empty: ReactNode;
  /** With whom it is, and since when: nobody here has to do anything about it. */
  readonly saysWhom?: boolean;
}

function FilingLines({ rows, more, empty, saysWhom = false }: FilingLinesProps) {
  const { t, pick, instant } = useText(filingWords, overviewWords);
  if (rows.length === 0) return <div className="soft">{empty}</div>;
  return (
    <ul className="lines">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="row" style={{ justifyContent: 'space-between' }}>
            <Link to={`/filings/${row.id}`}>
              <strong className="wrap">{row.domainName || row.subjectNumber}</strong>
            </Link>
            <FilingState filing={row} />
          </div>
          <div className="row faint" style={{ justifyContent: 'space-between' }}>
            <span>
              {pick(row.kindText)}
              {saysWhom && ` · ${t.overview.withSince(t.filing.owners[row.owner], instant(row.updatedAt))}`}
            </span>
            {row.dueAt && (
              <span>
                {t.filing.dueAt} <DueView dueAt={row.dueAt} brief />
              </span>
            )}
          </div>
        </li>
      ))}
      {more && (
        <li>
          <Link to="/filings?state=open">{t.filing.openOnly} …</Link>
        </li>
      )}
    </ul>
  );
}

type Ending = AnswerOf<'countResources'>['ending']['resources'][number];

function EndingSoon({ rows: soon }: { readonly rows: readonly Ending[] }) {
  const { t, pick, day } = useText(overviewWords);
  if (soon.length === 0) return <p className="soft">{t.overview.soonEmpty}</p>;
  return (
    <ul className="lines">
      {soon.map((row) => (
        <li key={row.id} className="row">
          <Link to={`/resources/${encodeURIComponent(row.id)}`} className="mono">
            {row.id}
          </Link>
          <span className="soft">{pick(row.productName)}</span>
          <span className="state warn long">{t.overview.soonLine(day(row.goodUntil))}</span>
        </li>
      ))}
    </ul>
  );
}
