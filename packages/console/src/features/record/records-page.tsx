import { Button, Dropdown } from 'antd';
import { useContext, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { type AnswerOf, call } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { addressOf } from '../../parts/address-filter.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State } from '../../parts/state.tsx';
import { ReadOnlyReason, WriteButton } from '../../parts/write-button.tsx';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { ActDialog } from './act-dialog.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { DemandDialog } from './demand-dialog.tsx';
import { DemandsPanel } from './demands-panel.tsx';
import { footerHtml } from './footer-html.ts';
import { type RecordFilter, type RecordQuery, recordFilterOf, recordQueryOf } from './record-filter.ts';
import { RecordFilterBar } from './record-filter-bar.tsx';
import { UseRecordDialog } from './use-record-dialog.tsx';
import { actWords, recordWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

export function RecordsPage() {
  const { t } = useText(recordWords, actWords);
  const { filter, query, isNarrowed, pages, records, total, change, clear } = useRecords();
  const [acting, setActing] = useState<Acting | null>(null);
  const columns = useColumns(setActing);
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
      <RecordFilterBar filter={filter} onChange={change} onClear={clear} />
      <Panel flush>
        <Loaded query={records}>
          {(answer) => (
            <Listing
              name="records"
              fits
              label={t.record.title}
              exported={readRecords(query)}
              rows={answer.records}
              rowKey={(row) => row.serviceNumber}
              columns={columns}
              empty={<NoRecords onClear={isNarrowed ? clear : null} />}
              total={total}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      {acting !== null && <ActingDialog acting={acting} onClose={() => setActing(null)} />}
    </Page>
  );
}

/** The list that the page's address asks for, and how to change what it asks. */
function useRecords() {
  const [params, setParams] = useSearchParams();
  const filter = recordFilterOf(params);
  const query = recordQueryOf(filter);
  const isNarrowed = Object.keys(query).length > 0;
  const pages = useAddressPages(JSON.stringify(query));
  const records = useAnswer('listRecords', { query: { ...query, ...pages.query } }, { keepPrevious: true });
  const counts = useAnswer('countRecords', {});
  const change = (part: Partial<RecordFilter>) => setParams(addressOf({ ...filter, ...part }), { replace: true });
  const total = isNarrowed ? null : (counts.data?.total ?? null);
  return { filter, query, isNarrowed, pages, records, total, change, clear: () => setParams({}, { replace: true }) };
}

/** Nothing there yet, or nothing that the filter lets through. */
function NoRecords({ onClear }: { readonly onClear: (() => void) | null }) {
  const { t } = useText(recordWords);
  if (onClear === null) return <Empty title={t.record.empty} hint={t.record.emptyHint} />;
  return <Empty title={t.record.noMatch} action={<Button onClick={onClear}>{t.list.clearFilter}</Button>} />;
}

function ActingDialog({ acting, onClose }: { readonly acting: Acting; readonly onClose: () => void }) {
  const Dialog = dialogs[acting.as];
  return <Dialog record={acting.record} onClose={onClose} />;
}

const dialogs = { act: ActDialog, use: UseRecordDialog, cancel: CancelDialog, demand: DemandDialog } as const;

/** All that the filter finds, page after page. */
const readRecords =
  (query: RecordQuery): ReadPage<FilingRecord> =>
  async (after) => {
    const { records, next } = await call('listRecords', {
      query: { ...query, limit: 500, ...(after ? { after } : {}) },
    });
    return { rows: records, next };
  };

/** Which dialog is open about which record. */
interface Acting {
  readonly as: 'act' | 'use' | 'demand' | 'cancel';
  readonly record: FilingRecord;
}

/** What is filed, and through whom. */
function useSiteColumns(): Column<FilingRecord>[] {
  const { t, word, pick } = useText(recordWords, resourceWords);
  const own = useAnswer('getDeployment', {}).data;
  // Others' names are in no answer; this provider's is.
  const providerName = (id: string) => (id === own?.provider ? pick(own.name) : id);
  return [
    {
      key: 'name',
      label: t.record.name,
      render: (row) => (
        <div>
          <div className="wrap">{row.domainName}</div>
          <div className="faint wrap">{row.serviceName}</div>
        </div>
      ),
      text: (row) => row.domainName,
    },
    {
      key: 'serviceName',
      label: t.record.serviceName,
      isExtra: true,
      render: (row) => row.serviceName,
      text: (row) => row.serviceName,
    },
    {
      key: 'kind',
      label: t.record.kind,
      render: (row) => word(t.factValue, row.serviceKind),
      text: (row) => word(t.factValue, row.serviceKind),
    },
    {
      key: 'accesses',
      label: t.record.accesses,
      render: (row) => row.accesses.map(providerName).join(', ') || '—',
      text: (row) => row.accesses.join(' '),
    },
  ];
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
      text: (row) => row.serviceNumber,
    },
    {
      key: 'subjectNumber',
      label: t.record.subjectNumber,
      isExtra: true,
      render: (row) => <span className="number">{row.subjectNumber}</span>,
      text: (row) => row.subjectNumber,
    },
    {
      key: 'state',
      label: t.record.state,
      onCard: 'state',
      render: (row) => <State tone={row.state === 'filed' ? 'good' : 'bad'}>{word(t.factValue, row.state)}</State>,
      text: (row) => word(t.factValue, row.state),
    },
    ...useSiteColumns(),
    {
      key: 'recordedAt',
      label: t.record.recordedAt,
      render: (row) => <span className="number">{instant(row.recordedAt)}</span>,
      text: (row) => row.recordedAt,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      // Below each other, so that every other column has room.
      width: 260,
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
      {role === 'customer' && record.state === 'filed' && record.here && <PoliceFiling />}
      {record.here && record.serviceKind === 'website' && (
        <CopyButton text={footerHtml(record.serviceNumber)} label={t.record.copyFooter} />
      )}
    </div>
  );
}

/** The filing at the public security that follows, where this deployment says it is made. */
function PoliceFiling() {
  const { pick } = useText();
  const { policeFiling = null } = useAnswer('getDeployment', {}).data ?? {};
  if (policeFiling === null) return null;
  return (
    <a href={policeFiling.url} target="_blank" rel="noreferrer">
      {pick(policeFiling.text)}
    </a>
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
