import { workKindNames, workKinds } from '@openbeian/model/work';
import { Button } from 'antd';
import { type AnswerOf, call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State } from '../../parts/state.tsx';
import { FilingLink } from './filing-link.tsx';
import { LastError } from './last-error.tsx';
import { jobWords } from './words.ts';

type Failure = AnswerOf<'listWorkFailures'>['failures'][number];

/** Background work that failed, with its cause; an operator retries it or takes it out of the work. */
export function WorkFailures() {
  const { t, pick } = useText(jobWords);
  const [kind, setKind] = useAddressChoice('kind', workKinds);
  const [show, setShow] = useAddressChoice('failed', ['parked']);
  const narrowed = { ...(kind && { kind }), parked: show === 'parked' ? 'true' : 'false' } as const;
  const pages = usePages(JSON.stringify(narrowed));
  const failures = useAnswer(
    'listWorkFailures',
    { query: { ...narrowed, ...pages.query } },
    { refreshMs: 10_000, keepPrevious: true },
  );
  const counts = useAnswer('countWorkFailures', {}, { refreshMs: 10_000 });
  const columns = useColumns();
  return (
    <Panel flush title={t.job.failures} beside={<span className="faint">{t.job.failuresLead}</span>}>
      <div className="bar filters">
        <NarrowBy
          label={t.job.kind}
          values={workKinds}
          textOf={(value) => pick(workKindNames[value])}
          chosen={kind}
          onChange={setKind}
          width={220}
        />
        <NarrowBy
          label={t.job.retryAt}
          values={['parked']}
          textOf={() => t.job.parkedOnly}
          chosen={show}
          onChange={setShow}
        />
      </div>
      <Loaded query={failures}>
        {(answer) => (
          <>
            <Listing
              name="work-failures"
              exported={readFailures(narrowed)}
              label={t.job.failures}
              fits
              rows={answer.failures}
              rowKey={(row) => `${row.kind} ${row.itemId}`}
              columns={columns}
              empty={<Empty title={t.job.noFailures} />}
              total={
                kind === undefined ? ((show === 'parked' ? counts.data?.parked : counts.data?.total) ?? null) : null
              }
              pages={pages}
              next={answer.next}
            />
            <RetryAll kinds={[...new Set(answer.failures.filter(isParked).map(({ kind }) => kind))]} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** All that is found, page after page. */
const readFailures =
  (narrowed: InputOf<'listWorkFailures'>['query']): ReadPage<Failure> =>
  async (after) => {
    const query = { ...narrowed, limit: 500, ...(after ? { after } : {}) };
    const page = await call('listWorkFailures', { query });
    return { rows: page.failures, next: page.next };
  };

function useColumns(): Column<Failure>[] {
  const { t, pick, instant } = useText(jobWords);
  return [
    {
      key: 'kind',
      label: t.job.kind,
      onCard: 'title',
      render: (row) => (
        <div>
          {pick(workKindNames[row.kind])}
          <div className="faint mono">{row.itemId}</div>
        </div>
      ),
      text: (row) => `${pick(workKindNames[row.kind])} (${row.itemId})`,
    },
    {
      key: 'filing',
      label: t.job.filing,
      render: (row) => <FilingLink filingId={row.filingId} />,
      text: (row) => row.filingId,
    },
    {
      key: 'failures',
      label: t.job.failed,
      render: (row) => <span className="number">{row.failures}</span>,
      text: (row) => row.failures,
    },
    {
      key: 'retryAt',
      label: t.job.retryAt,
      onCard: 'state',
      render: (row) =>
        row.retryAt === null ? (
          <State tone="bad">{t.job.parked}</State>
        ) : (
          <span className="number">{instant(row.retryAt)}</span>
        ),
      text: (row) => row.retryAt ?? t.job.parked,
    },
    {
      key: 'lastError',
      label: t.job.lastError,
      render: (row) => <LastError {...row} />,
      text: (row) => (row.lastFault === null ? row.lastError : pick(row.lastFault)),
    },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <Actions failure={row} /> },
  ];
}

const isParked = ({ retryAt }: Failure): boolean => retryAt === null;

/** For each kind of which something parked is shown: all of it at once, after a cause that they shared. */
function RetryAll({ kinds }: { readonly kinds: readonly Failure['kind'][] }) {
  const { t, pick } = useText(jobWords);
  const retry = useCommand('retryParkedWork');
  const retryAll = async (kind: Failure['kind']) => {
    let answer = await retry.mutateAsync({ params: { kind } });
    while (answer.left > 0 && answer.retried > 0) answer = await retry.mutateAsync({ params: { kind } });
  };
  if (kinds.length === 0) return null;
  return (
    <>
      <ProblemAlert error={retry.error} />
      <span className="row" style={{ padding: '0 12px 12px' }}>
        {kinds.map((kind) => (
          <ConfirmButton
            key={kind}
            title={t.job.retryAll(pick(workKindNames[kind]))}
            lead={t.job.retryAllLead}
            pending={retry.isPending}
            onConfirm={() => retryAll(kind)}
          >
            {t.job.retryAll(pick(workKindNames[kind]))}
          </ConfirmButton>
        ))}
      </span>
    </>
  );
}

function Actions({ failure }: { readonly failure: Failure }) {
  const { t } = useText(jobWords);
  const retry = useCommand('retryWork');
  const park = useCommand('parkWork');
  const { kind, itemId } = failure;
  const params = { kind, itemId };
  return (
    <>
      <ProblemAlert error={retry.error ?? park.error} />
      <span className="row">
        <Button size="small" type="text" loading={retry.isPending} onClick={() => retry.mutate({ params })}>
          {t.job.retry}
        </Button>
        {failure.retryAt !== null && (
          <Button size="small" type="text" loading={park.isPending} onClick={() => park.mutate({ params })}>
            {t.job.park}
          </Button>
        )}
      </span>
    </>
  );
}
