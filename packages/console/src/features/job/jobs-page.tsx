import { type AnswerOf, call } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { FilingLink } from './filing-link.tsx';
import { LastError } from './last-error.tsx';
import { jobWords } from './words.ts';
import { WorkFailures } from './work-failures.tsx';

type Job = AnswerOf<'listJobs'>['jobs'][number];

export function JobsPage() {
  const { t } = useText(jobWords);
  const [show, setShow] = useAddressChoice('jobs', ['failing']);
  const narrowed = { failing: show === 'failing' ? 'true' : 'false' } as const;
  const pages = useAddressPages(JSON.stringify(narrowed));
  const jobs = useAnswer(
    'listJobs',
    { query: { ...narrowed, ...pages.query } },
    { refreshMs: 10_000, keepPrevious: true },
  );
  const counts = useAnswer('countJobs', {}, { refreshMs: 10_000 });
  const columns = useColumns();
  return (
    <Page title={t.job.title} lead={t.job.lead} topic="page:jobs">
      <div className="bar filters">
        <NarrowBy
          label={t.job.topic}
          values={['failing']}
          textOf={() => t.job.failingOnly}
          chosen={show}
          onChange={setShow}
        />
      </div>
      <Panel flush>
        <Loaded query={jobs}>
          {(answer) => (
            <Listing
              name="jobs"
              exported={async (after) => {
                const page = await call('listJobs', {
                  query: { ...narrowed, limit: 500, ...(after ? { after } : {}) },
                });
                return { rows: page.jobs, next: page.next };
              }}
              label={t.job.title}
              fits
              rows={answer.jobs}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.job.empty} hint={t.job.emptyHint} />}
              total={(show === 'failing' ? counts.data?.failing : counts.data?.total) ?? null}
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

function useColumns(): Column<Job>[] {
  const { t, word, pick, instant } = useText(jobWords);
  return [
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
      text: (row) => `${word(t.job.topics, row.topic)} (${row.id})`,
    },
    {
      key: 'filing',
      label: t.job.filing,
      render: (row) => <FilingLink filingId={row.filingId} name={row.domainName} provinceCode={row.provinceCode} />,
      text: (row) => row.domainName ?? row.filingId,
    },
    {
      key: 'attempts',
      label: t.job.attempts,
      onCard: 'state',
      render: (row) => <State tone={row.attempts > 0 ? 'warn' : 'quiet'}>{row.attempts}</State>,
      text: (row) => row.attempts,
    },
    {
      key: 'runAt',
      label: t.job.runAt,
      render: (row) => <span className="number">{instant(row.runAt)}</span>,
      text: (row) => row.runAt,
    },
    {
      key: 'lastError',
      label: t.job.lastError,
      render: (row) => <LastError {...row} />,
      text: (row) => (row.lastFault === null ? row.lastError : pick(row.lastFault)),
    },
  ];
}
