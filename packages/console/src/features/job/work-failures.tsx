import { workKindNames } from '@openbeian/model/work';
import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { FilingLink } from './filing-link.tsx';
import { jobWords } from './words.ts';

type Failure = AnswerOf<'listWorkFailures'>['failures'][number];

/** Background work that failed, with its cause; an operator retries it or takes it out of the work. */
export function WorkFailures() {
  const { t, pick, instant } = useText(jobWords);
  const pages = usePages();
  const failures = useAnswer('listWorkFailures', { query: pages.query }, { refreshMs: 10_000 });
  const counts = useAnswer('countWorkFailures', {}, { refreshMs: 10_000 });
  const columns: Column<Failure>[] = [
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
    },
    { key: 'filing', label: t.job.filing, render: (row) => <FilingLink filingId={row.filingId} /> },
    { key: 'failures', label: t.job.failed, render: (row) => <span className="number">{row.failures}</span> },
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
    },
    { key: 'lastError', label: t.job.lastError, render: (row) => <span className="wrap">{row.lastError}</span> },
    { key: 'actions', label: '', render: (row) => <Actions failure={row} /> },
  ];
  return (
    <Panel flush title={t.job.failures} beside={<span className="faint">{t.job.failuresLead}</span>}>
      <Loaded query={failures}>
        {(answer) => (
          <>
            <Listing
              label={t.job.failures}
              rows={answer.failures}
              rowKey={(row) => `${row.kind} ${row.itemId}`}
              columns={columns}
              empty={<Empty title={t.job.noFailures} />}
              total={counts.data?.total ?? null}
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
      <span className="row">
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
