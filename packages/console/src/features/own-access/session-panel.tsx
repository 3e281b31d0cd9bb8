import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ownAccessWords } from './words.ts';

type Row = AnswerOf<'listOwnSessions'>['sessions'][number];

export function SessionPanel({ own }: { readonly own: AnswerOf<'getOwnAccess'> }) {
  const { t, instant } = useText(ownAccessWords);
  const sessions = useAnswer('listOwnSessions', {});
  const end = useCommand('endOwnSession');
  const endOthers = useCommand('endOtherSessions');
  const columns: Column<Row>[] = [
    { key: 'device', label: t.own.device, onCard: 'title', render: ({ device }) => device || t.own.unknownDevice },
    { key: 'begun', label: t.own.begun, render: ({ createdAt }) => instant(createdAt) },
    { key: 'seen', label: t.own.seen, render: ({ lastSeenAt }) => instant(lastSeenAt) },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: ({ id, current }) =>
        current ? (
          t.own.here
        ) : (
          <Button size="small" onClick={() => end.mutate({ params: { sessionId: id }, body: {} })}>
            {t.own.end}
          </Button>
        ),
    },
  ];
  return (
    <Panel
      title={t.own.sessions}
      flush
      actions={
        <Button size="small" loading={endOthers.isPending} onClick={() => endOthers.mutate({ body: {} })}>
          {t.own.endOthers}
        </Button>
      }
    >
      <Loaded query={sessions}>
        {({ sessions: rows }) => (
          <Listing label={t.own.sessions} rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />
        )}
      </Loaded>
      <div className="below">
        <p className="soft">{t.own.limits(own.idleMinutes, own.absoluteHours)}</p>
        <ProblemAlert error={end.error ?? endOthers.error} />
      </div>
    </Panel>
  );
}
