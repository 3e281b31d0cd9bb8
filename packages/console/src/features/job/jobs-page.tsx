import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { FilingLink } from './filing-link.tsx';
import { jobWords } from './words.ts';
import { WorkFailures } from './work-failures.tsx';

type Job = AnswerOf<'listJobs'>['jobs'][number];

export function JobsPage() {
  const { t, word, instant } = useText(jobWords);
  const pages = useAddressPages();
  const jobs = useAnswer('listJobs', { query: pages.query }, { refreshMs: 10_000 });
  const counts = useAnswer('countJobs', {}, { refreshMs: 10_000 });
  const columns: Column<Job>[] = [
    {
      key: 'topic',
      label: t.job.topic,
      onCard: 'title',
      render: (row) => (
        <div>
          {word(t.job.topics, row.topic)}
          <div className="faint mono">{row.id}</div>
        </div>
      ),
    },
    {
      key: 'filing',
      label: t.job.filing,
      render: (row) => <FilingLink filingId={row.filingId} name={row.domainName} provinceCode={row.provinceCode} />,
    },
    {
      key: 'attempts',
      label: t.job.attempts,
      onCard: 'state',
      render: (row) => <State tone={row.attempts > 0 ? 'warn' : 'quiet'}>{row.attempts}</State>,
    },
    { key: 'runAt', label: t.job.runAt, render: (row) => <span className="number">{instant(row.runAt)}</span> },
    {
      key: 'lastError',
      label: t.job.lastError,
      render: (row) => <LastError text={row.lastError} />,
    },
  ];
  return (
    <Page title={t.job.title} lead={t.job.lead} topic="page:jobs">
      <Panel flush>
        <Loaded query={jobs}>
          {(answer) => (
            <Listing
              name="jobs"
              label={t.job.title}
              rows={answer.jobs}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.job.empty} hint={t.job.emptyHint} />}
              total={counts.data?.total ?? null}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      <WorkFailures />
    </Page>
  );
}

const LastError = ({ text }: { readonly text: string | null }) => (
  <span className="wrap" style={{ whiteSpace: 'normal' }}>
    {text ?? '—'}
  </span>
);
