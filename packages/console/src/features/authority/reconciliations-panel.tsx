import { unjudgedText } from '@openbeian/model/reconciliation';
import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { anchors } from './sections-bar.tsx';
import { authorityWords } from './words.ts';

type Run = AnswerOf<'listReconciliations'>['reconciliations'][number];

/** Runs that compared both books, the newest first, with what they have come to. */
export function ReconciliationsPanel({ nameOf }: { readonly nameOf: (provinceCode: string) => string }) {
  const { t, instant } = useText(authorityWords);
  const pages = usePages();
  const runs = useAnswer('listReconciliations', { query: { limit: 10, ...pages.query } }, { refreshMs: 5_000 });
  const columns: Column<Run>[] = [
    {
      key: 'province',
      label: t.line.province,
      onCard: 'title',
      render: (row) => nameOf(row.provinceCode),
    },
    {
      key: 'startedAt',
      label: t.line.startedAt,
      render: (row) => <span className="number">{instant(row.startedAt)}</span>,
    },
    { key: 'state', label: t.line.state, onCard: 'state', render: (row) => <RunState run={row} /> },
    { key: 'counts', label: t.line.compared, render: (row) => <RunCounts run={row} /> },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <CallOff run={row} /> },
  ];
  return (
    <Panel flush anchor={anchors.reconciliations} title={t.line.reconciliations}>
      <p className="bar soft wrap">{t.line.runScope}</p>
      <Loaded query={runs}>
        {(answer) => (
          <Listing
            label={t.line.reconciliations}
            fits
            rows={answer.reconciliations}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<Empty title={t.line.noRuns} hint={t.line.noRunsHint} />}
            pages={pages}
            next={answer.next}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function RunCounts({ run }: { readonly run: Run }) {
  const { t, pick } = useText(authorityWords);
  const unjudged = unjudgedText(run);
  return (
    <div className="wrap">
      {t.line.counts(run)}
      {unjudged !== null && <div className="faint">{pick(unjudged)}</div>}
    </div>
  );
}

function RunState({ run: { ending, waitsUntil, because } }: { readonly run: Run }) {
  const { t, pick, instant } = useText(authorityWords);
  return (
    <div>
      <State tone={ending === null ? 'warn' : 'quiet'}>{t.line.runStates[ending ?? 'running']}</State>
      {waitsUntil !== null && because !== null && (
        <div className="faint wrap">
          {t.line.until(instant(waitsUntil))} {pick(because)}
        </div>
      )}
    </div>
  );
}

function CallOff({ run: { id, ending } }: { readonly run: Run }) {
  const { t } = useText(authorityWords);
  const { role } = useSession();
  const command = useCommand('callOffReconciliation');
  if (role !== 'operator' || ending !== null) return null;
  const callOff = () => command.mutate({ params: { reconciliationId: id } });
  return (
    <>
      <ProblemAlert error={command.error} />
      <Button size="small" type="text" loading={command.isPending} onClick={callOff}>
        {t.line.callOff}
      </Button>
    </>
  );
}

/** Has a province’s books compared. */
export function ReconcileButton({ provinceCode }: { readonly provinceCode: string }) {
  const { t } = useText(authorityWords);
  const message = useMessage();
  const command = useCommand('startReconciliation');
  const start = () =>
    command.mutate(
      { params: { provinceCode } },
      { onSuccess: ({ started }) => message.success(started ? t.line.started : t.line.underWay) },
    );
  return (
    <>
      <ProblemAlert error={command.error} />
      <Button size="small" type="text" loading={command.isPending} onClick={start}>
        {t.line.reconcile}
      </Button>
    </>
  );
}
