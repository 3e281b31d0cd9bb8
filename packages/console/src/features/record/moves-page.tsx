import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, type InputOf } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import { BeginMoveDialog, ConfirmMoveDialog, type Move } from './move-dialogs.tsx';
import { actWords } from './words.ts';

/** Records that go from one account to another: begun here or there, confirmed by the other side. */
export function MovesPage() {
  const { t } = useText(actWords);
  const isCustomer = useSession().role === 'customer';
  const { narrowed, pages, moves } = useMoves();
  const [params, setParams] = useSearchParams();
  // Whoever comes from a record has chosen what is moved.
  const [begins, setBegins] = useState(isCustomer && params.has('subject'));
  const [confirming, setConfirming] = useState<Move | null>(null);
  const columns = useColumns(setConfirming);
  const close = () => {
    setBegins(false);
    // Another move begins with nothing chosen, and so does the page when it is loaded again.
    setParams(
      (now) => {
        now.delete('subject');
        return now;
      },
      { replace: true },
    );
  };
  return (
    <Page
      title={t.move.title}
      lead={t.move.lead}
      topic="page:records"
      actions={
        isCustomer && (
          <WriteButton type="primary" onClick={() => setBegins(true)}>
            {t.move.begin}
          </WriteButton>
        )
      }
    >
      <StateBar />
      <Panel flush>
        <Loaded query={moves}>
          {(answer) => (
            <Listing
              name="moves"
              exported={readMoves(narrowed)}
              label={t.move.title}
              rows={answer.moves}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={narrowed === undefined ? t.move.empty : t.move.noMatch} />}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      {begins && <BeginMoveDialog onClose={close} />}
      {confirming && <ConfirmMoveDialog move={confirming} onClose={() => setConfirming(null)} />}
    </Page>
  );
}

const tones = { waiting: 'warn', moved: 'good', refused: 'bad', withdrawn: 'quiet', lapsed: 'quiet' } as const;
const states = ['waiting', 'moved', 'refused', 'withdrawn', 'lapsed'] as const;

/** The list that the page's address asks for. */
function useMoves() {
  const [state] = useAddressChoice('state', states);
  const narrowed = state && { state };
  const pages = useAddressPages(JSON.stringify(narrowed));
  const query = { ...narrowed, ...pages.query };
  const moves = useAnswer('listMoves', { query }, { refreshMs: 30_000, keepPrevious: true });
  return { narrowed, pages, moves };
}

function StateBar() {
  const { t } = useText(actWords);
  const [state, setState] = useAddressChoice('state', states);
  return (
    <div className="bar filters">
      <NarrowBy
        label={t.move.state}
        values={states}
        textOf={(value) => t.move.states[value]}
        chosen={state}
        onChange={setState}
      />
    </div>
  );
}

/** All that is found, page after page. */
const readMoves =
  (narrowed: InputOf<'listMoves'>['query']): ReadPage<Move> =>
  async (after) => {
    const query = { ...narrowed, limit: 500, ...(after ? { after } : {}) };
    const page = await call('listMoves', { query });
    return { rows: page.moves, next: page.next };
  };

function useColumns(onConfirm: (move: Move) => void): Column<Move>[] {
  const { t, instant } = useText(actWords);
  return [
    {
      key: 'subjectNumber',
      label: t.move.subjectNumber,
      onCard: 'title',
      render: (row) => <strong className="number">{row.subjectNumber}</strong>,
      text: (row) => row.subjectNumber,
    },
    {
      key: 'state',
      label: t.move.state,
      onCard: 'state',
      render: (row) => <State tone={tones[row.state]}>{t.move.states[row.state]}</State>,
      text: (row) => t.move.states[row.state],
    },
    {
      key: 'from',
      label: t.move.from,
      render: (row) => (row.fromAccountId === null ? t.move.hidden : <AccountName id={row.fromAccountId} />),
      text: (row) => row.fromAccountId,
    },
    {
      key: 'to',
      label: t.move.to,
      render: (row) => (row.toAccountId === null ? t.move.hidden : <AccountName id={row.toAccountId} />),
      text: (row) => row.toAccountId,
    },
    {
      key: 'begunAt',
      label: t.move.begunAt,
      isExtra: true,
      render: (row) => <span className="number">{instant(row.begunAt)}</span>,
      text: (row) => row.begunAt,
    },
    {
      key: 'until',
      label: t.move.until,
      render: (row) => <span className="number">{instant(row.until)}</span>,
      text: (row) => row.until,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => <MoveActions move={row} onConfirm={onConfirm} />,
    },
  ];
}

function MoveActions({ move, onConfirm }: { readonly move: Move; readonly onConfirm: (move: Move) => void }) {
  const { t, pick } = useText(actWords);
  const message = useMessage();
  const end = useCommand('endMove');
  const mayEnd = move.actions.includes('withdraw') || move.actions.includes('refuse');
  const ending = () =>
    end.mutate(
      { params: { moveId: move.id }, body: {} },
      {
        onSuccess: () => message.success(t.move.ended),
        onError: (error) => message.error(pick(problemParts(error).text)),
      },
    );
  return (
    <div className="row">
      {move.actions.includes('confirm') && (
        <WriteButton type="primary" onClick={() => onConfirm(move)}>
          {t.move.confirm}
        </WriteButton>
      )}
      {mayEnd && (
        <WriteButton loading={end.isPending} onClick={ending}>
          {move.actions.includes('withdraw') ? t.move.withdraw : t.move.refuse}
        </WriteButton>
      )}
    </div>
  );
}
