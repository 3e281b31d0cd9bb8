import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { SupportViewsButton } from './support-views.tsx';
import { supportWords } from './words.ts';

type Access = AnswerOf<'listSupportAccesses'>['accesses'][number];

/** Who looked at an account by support access, when and why; the customer's own account unless one is named. */
export function SupportHistory({ accountId }: { readonly accountId?: string }) {
  const { t } = useText(supportWords);
  const pages = usePages(accountId ?? '');
  const query = { ...(accountId !== undefined && { accountId }), ...pages.query, limit: 10 };
  const accesses = useAnswer('listSupportAccesses', { query }, { keepPrevious: true });
  const end = useCommand('endSupportAccess');
  const columns = useColumns((accessId) => end.mutateAsync({ params: { accessId }, body: {} }));
  return (
    <>
      <Loaded query={accesses}>
        {({ accesses: rows, next }) => (
          <Listing
            label={t.support.history}
            rows={rows}
            rowKey={({ id }) => id}
            columns={columns}
            empty={<Empty title={t.support.none} />}
            pages={pages}
            next={next}
          />
        )}
      </Loaded>
      <ProblemAlert error={end.error} />
    </>
  );
}

function useColumns(onEnd: (accessId: string) => Promise<unknown>): Column<Access>[] {
  const { t, instant } = useText(supportWords);
  const { role, support } = useSession();
  const mayEnd = role === 'operator' || (role === 'customer' && support === null);
  const stateOf = ({ endedBy }: Access) => (endedBy === null ? t.support.over : t.support.overBy[endedBy]);
  return [
    {
      key: 'who',
      label: t.support.who,
      onCard: 'title',
      render: ({ operatorName }) => <strong className="wrap">{operatorName}</strong>,
    },
    {
      key: 'state',
      label: t.support.state,
      onCard: 'state',
      render: (row) => (
        <State tone={row.active ? 'warn' : 'quiet'}>{row.active ? t.support.active : stateOf(row)}</State>
      ),
    },
    { key: 'why', label: t.support.why, render: ({ reason }) => <span className="wrap">{reason}</span> },
    { key: 'begun', label: t.support.begun, render: ({ begunAt }) => instant(begunAt) },
    { key: 'ended', label: t.support.ended, render: ({ endedAt, until }) => instant(endedAt ?? until) },
    { key: 'viewed', label: t.support.viewed, render: ({ id }) => <SupportViewsButton accessId={id} /> },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: ({ id, active }) =>
        active &&
        mayEnd && (
          <ConfirmButton title={t.support.end} lead={t.support.endSure} pending={false} onConfirm={() => onEnd(id)}>
            {t.support.end}
          </ConfirmButton>
        ),
    },
  ];
}
