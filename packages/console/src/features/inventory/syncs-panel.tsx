import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { DiffList, diffParts } from './diff-list.tsx';
import './inventory.css';
import { syncPanelWords } from './sync-words.ts';
import { inventoryWords } from './words.ts';

type Sync = AnswerOf<'listInventorySyncs'>['syncs'][number];

const tones = { waiting: 'quiet', running: 'warn', done: 'good', held: 'bad', failed: 'bad' } as const;

/** Inventories that the worker reads from clouds, each with its last result; nothing where none is configured. */
export function SyncsPanel() {
  const { t, instant } = useText(syncPanelWords);
  const syncs = useAnswer('listInventorySyncs', {}, { refreshMs: 5_000 });
  const [shown, setShown] = useState<string | null>(null);
  if (syncs.data !== undefined && syncs.data.syncs.length === 0) return null;
  const review = (name: string) => setShown(shown === name ? null : name);
  return (
    <Panel flush title={t.sync.title}>
      <Loaded query={syncs}>
        {(answer) => (
          <Listing
            label={t.sync.title}
            rows={answer.syncs}
            rowKey={({ name }) => name}
            columns={columnsOf({ t, instant }, shown, review)}
            empty={null}
          />
        )}
      </Loaded>
      {shown !== null && <Held key={shown} name={shown} onDone={() => setShown(null)} />}
    </Panel>
  );
}

type Text = Pick<ReturnType<typeof useText<[typeof syncPanelWords]>>, 't' | 'instant'>;

function columnsOf({ t, instant }: Text, shown: string | null, onReview: (name: string) => void): Column<Sync>[] {
  return [
    {
      key: 'name',
      label: t.sync.name,
      onCard: 'title',
      render: ({ name, regions }) => (
        <>
          <strong>{name}</strong>
          <div className="faint wrap">{regions.join(t.app.comma)}</div>
        </>
      ),
    },
    {
      key: 'state',
      label: t.sync.state,
      onCard: 'state',
      render: ({ state, isConfirmed }) => (
        <State tone={tones[state]}>{state === 'held' && isConfirmed ? t.sync.confirmed : t.sync.states[state]}</State>
      ),
    },
    { key: 'result', label: t.sync.result, render: (sync) => <Result sync={sync} /> },
    {
      key: 'dueAt',
      label: t.sync.next,
      render: ({ dueAt, everyHours }) => (
        <>
          <span className="number">{dueAt === null ? t.sync.soon : instant(dueAt)}</span>
          <div className="faint">{t.sync.every(everyHours)}</div>
        </>
      ),
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (sync) => (
        <div className="row">
          {sync.state === 'held' && !sync.isConfirmed && (
            <Button size="small" onClick={() => onReview(sync.name)}>
              {shown === sync.name ? t.sync.hide : t.sync.review}
            </Button>
          )}
          <RunNow sync={sync} />
        </div>
      ),
    },
  ];
}

/** When it ended and what it came to; what it could not read. */
function Result({
  sync: { beganAt, endedAt, succeededAt, counts, trouble, unread, failures },
}: {
  readonly sync: Sync;
}) {
  const { t, pick, instant } = useText(syncPanelWords);
  if (endedAt === null) return <span className="faint">{t.sync.none}</span>;
  const seconds = beganAt === null ? 0 : Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(beganAt)) / 1000));
  return (
    <div className="wrap" style={{ whiteSpace: 'normal', minWidth: 240, maxWidth: 460 }}>
      <span className="number">{instant(endedAt)}</span> <span className="faint">{t.sync.took(seconds)}</span>
      {counts !== null && <div>{t.sync.counts(counts)}</div>}
      {trouble !== null && <div style={{ whiteSpace: 'pre-line' }}>{pick(trouble)}</div>}
      {failures > 0 && (
        <div className="faint">
          {t.sync.failures(failures)}
          {succeededAt !== null && t.sync.succeeded(instant(succeededAt))}
        </div>
      )}
      {unread.length > 0 && (
        <details>
          <summary>{t.sync.unread(unread.length)}</summary>
          <ul className="lines">
            {unread.map((text) => (
              <li key={text.en} className="wrap">
                {pick(text)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function RunNow({ sync: { name, state } }: { readonly sync: Sync }) {
  const { t } = useText(syncPanelWords);
  const message = useMessage();
  const command = useCommand('runInventorySync');
  const run = () => command.mutate({ params: { name } }, { onSuccess: () => message.success(t.sync.asked) });
  return (
    <>
      <ProblemAlert error={command.error} />
      <Button
        size="small"
        type="text"
        loading={command.isPending}
        disabled={state === 'running'}
        aria-label={t.sync.runOf(name)}
        onClick={run}
      >
        {t.sync.run}
      </Button>
    </>
  );
}

/** What it waits for, as a comparison, and the way to agree to just that. */
function Held({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const { t } = useText(syncPanelWords, inventoryWords);
  const message = useMessage();
  const held = useAnswer('getHeldSync', { params: { name } });
  const command = useCommand('confirmInventorySync');
  return (
    <Loaded query={held}>
      {({ digest, difference }) => (
        <div className="stack" style={{ padding: '12px 0' }}>
          <div className="row" style={{ padding: '0 20px' }}>
            <strong>{t.sync.changesOf(name)}</strong>
            <ConfirmButton
              title={t.sync.confirm}
              lead={t.sync.confirmLead}
              pending={command.isPending}
              onConfirm={async () => {
                await command.mutateAsync({ params: { name }, body: { digest } });
                message.success(t.sync.agreed);
                onDone();
              }}
            >
              {t.sync.confirm}
            </ConfirmButton>
          </div>
          <ProblemAlert error={command.error} />
          {difference.leftOut > 0 && (
            <Alert type="info" showIcon title={t.inventory.preview.leftOut(difference.leftOut)} />
          )}
          {diffParts
            .filter((part) => difference[part].length > 0)
            .map((part) => (
              <section key={part} aria-label={t.inventory.preview.part[part]}>
                <h3 style={{ padding: '0 20px' }}>{`${t.inventory.preview.part[part]} ${difference[part].length}`}</h3>
                <DiffList part={part} comparison={difference} />
              </section>
            ))}
        </div>
      )}
    </Loaded>
  );
}
