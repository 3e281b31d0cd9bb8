import { Button, Modal } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useSession } from '../session/session-context.tsx';
import { personWords } from './words.ts';

type Person = AnswerOf<'listPeople'>['people'][number];
type Row = AnswerOf<'listPersonSessions'>['sessions'][number];

/** Somebody's sessions, which operators end. */
export function PersonSessions({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t, instant } = useText(personWords);
  const { role } = useSession();
  const sessions = useAnswer('listPersonSessions', { params: { personId: person.id } });
  const end = useCommand('endPersonSessions');
  const endOne = useCommand('endPersonSession');
  const columns: Column<Row>[] = [
    {
      key: 'device',
      label: t.person.device,
      onCard: 'title',
      render: ({ device }) => device || t.person.unknownDevice,
    },
    { key: 'begun', label: t.person.begun, render: ({ createdAt }) => instant(createdAt) },
    { key: 'seen', label: t.person.seen, render: ({ lastSeenAt }) => instant(lastSeenAt) },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: ({ id, current }) =>
        current
          ? t.person.here
          : role === 'operator' && (
              <Button
                size="small"
                loading={endOne.isPending && endOne.variables?.params.sessionId === id}
                onClick={() => endOne.mutate({ params: { personId: person.id, sessionId: id }, body: {} })}
              >
                {t.person.endSession}
              </Button>
            ),
    },
  ];
  return (
    <Modal open title={`${t.person.sessions} · ${person.displayName}`} onCancel={onClose} footer={null} width={720}>
      <Loaded query={sessions}>
        {({ sessions: rows }) => (
          <Listing
            label={t.person.sessions}
            rows={rows}
            rowKey={({ id }) => id}
            columns={columns}
            empty={<Empty title={t.person.noSessions} />}
          />
        )}
      </Loaded>
      {role === 'operator' && sessions.data?.sessions.length !== 0 && (
        <ConfirmButton
          title={t.person.endSessionsTitle(person.displayName)}
          lead={t.person.endSessionsLead}
          pending={end.isPending}
          onConfirm={() => end.mutateAsync({ params: { personId: person.id }, body: {} })}
        >
          {t.person.endSessions}
        </ConfirmButton>
      )}
      <ProblemAlert error={end.error ?? endOne.error} />
    </Modal>
  );
}
