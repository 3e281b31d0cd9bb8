import { Button, Dropdown } from 'antd';
import { useContext, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { ReadOnlyReason, WriteButton } from '../../parts/write-button.tsx';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { ActDialog } from './act-dialog.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { DemandDialog } from './demand-dialog.tsx';
import { DemandsPanel } from './demands-panel.tsx';
import { footerHtml } from './footer-html.ts';
import { UseRecordDialog } from './use-record-dialog.tsx';
import { actWords, recordWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

export function RecordsPage() {
  const { t } = useText(recordWords, actWords);
  const pages = useAddressPages();
  const records = useAnswer('listRecords', { query: pages.query });
  const counts = useAnswer('countRecords', {});
  const [acting, setActing] = useState<Acting | null>(null);
  const columns = useColumns(setActing);
  const close = () => setActing(null);
  return (
    <Page
      title={t.record.title}
      lead={t.record.lead}
      topic="page:records"
      actions={
        <Link to="/moves">
          <Button>{t.move.title}</Button>
        </Link>
      }
    >
      <DemandsPanel />
      <Panel flush>
        <Loaded query={records}>
          {(answer) => (
            <Listing
              label={t.record.title}
              rows={answer.records}
              rowKey={(row) => row.serviceNumber}
              columns={columns}
              empty={<Empty title={t.record.empty} hint={t.record.emptyHint} />}
              total={counts.data?.total ?? null}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      {acting?.as === 'act' && <ActDialog record={acting.record} onClose={close} />}
      {acting?.as === 'use' && <UseRecordDialog record={acting.record} onClose={close} />}
      {acting?.as === 'cancel' && <CancelDialog record={acting.record} onClose={close} />}
      {acting?.as === 'demand' && <DemandDialog record={acting.record} onClose={close} />}
    </Page>
  );
}

/** Which dialog is open about which record. */
interface Acting {
  readonly as: 'act' | 'use' | 'demand' | 'cancel';
  readonly record: FilingRecord;
}

function useColumns(onAct: (acting: Acting) => void): Column<FilingRecord>[] {
  const { t, word, instant } = useText(recordWords, resourceWords);
  return [
    {
      key: 'serviceNumber',
      label: t.record.serviceNumber,
      onCard: 'title',
      render: (row) => (
        <div>
          <strong className="number">{row.serviceNumber}</strong>
          <div className="faint">
            {t.record.subjectNumber} <span className="number">{row.subjectNumber}</span>
          </div>
        </div>
      ),
    },
    {
      key: 'state',
      label: t.record.state,
      onCard: 'state',
      render: (row) => <State tone={row.state === 'filed' ? 'good' : 'bad'}>{word(t.factValue, row.state)}</State>,
    },
    {
      key: 'name',
      label: t.record.name,
      render: (row) => (
        <div>
          <div className="wrap">{row.domainName}</div>
          <div className="faint wrap">{row.serviceName}</div>
        </div>
      ),
    },
    { key: 'kind', label: t.record.kind, render: (row) => word(t.factValue, row.serviceKind) },
    { key: 'accesses', label: t.record.accesses, render: (row) => row.accesses.join(', ') || '—' },
    {
      key: 'recordedAt',
      label: t.record.recordedAt,
      render: (row) => <span className="number">{instant(row.recordedAt)}</span>,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => (row.state === 'filed' || row.shellSubject) && <RecordActions record={row} onAct={onAct} />,
    },
  ];
}

interface RecordActionsProps {
  readonly record: FilingRecord;
  readonly onAct: (acting: Acting) => void;
}

/** What its owner can do with a record in force, or with its organiser alone, and what the provider's people can ask for. */
function RecordActions({ record, onAct }: RecordActionsProps) {
  const { t } = useText(recordWords, actWords);
  const { role } = useSession();
  return (
    <div className="row">
      {role === 'customer' && (
        <>
          <WriteButton onClick={() => onAct({ as: 'act', record })}>{t.act.open}</WriteButton>
          <MoreActions record={record} onAct={onAct} />
        </>
      )}
      {record.state === 'filed' && (role === 'reviewer' || role === 'operator') && (
        <WriteButton onClick={() => onAct({ as: 'demand', record })}>{t.demand.make}</WriteButton>
      )}
      {record.state === 'filed' && role === 'operator' && (
        <WriteButton onClick={() => onAct({ as: 'cancel', record })}>{t.cancel.title}</WriteButton>
      )}
      {record.here && record.serviceKind === 'website' && (
        <CopyButton text={footerHtml(record.serviceNumber)} label={t.record.copyFooter} />
      )}
    </div>
  );
}

/** What is no filing: another resource of the account, another account. */
function MoreActions({ record, onAct }: RecordActionsProps) {
  const { t } = useText(actWords);
  const navigate = useNavigate();
  const isReadOnly = useContext(ReadOnlyReason) !== null;
  const items = [
    ...(record.here ? [{ key: 'use', label: t.act.use, onClick: () => onAct({ as: 'use', record }) }] : []),
    {
      key: 'move',
      label: t.act.move,
      onClick: () => void navigate(`/moves?subject=${encodeURIComponent(record.subjectNumber)}`),
    },
  ];
  return (
    <Dropdown menu={{ items }} disabled={isReadOnly} trigger={['click']}>
      <Button>{t.act.more}</Button>
    </Dropdown>
  );
}
