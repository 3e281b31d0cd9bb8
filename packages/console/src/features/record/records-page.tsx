import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { resourceWords } from '../resource/words.ts';
import { footerHtml } from './footer-html.ts';
import { recordWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

export function RecordsPage() {
  const { t } = useText(recordWords);
  const pages = usePages();
  const records = useAnswer('listRecords', { query: pages.query });
  const counts = useAnswer('countRecords', {});
  const columns = useColumns();
  return (
    <Page title={t.record.title} lead={t.record.lead} topic="page:records">
      <Panel flush>
        <Loaded query={records}>
          {(answer) => (
            <>
              <Listing
                label={t.record.title}
                rows={answer.records}
                rowKey={(row) => row.serviceNumber}
                columns={columns}
                empty={<Empty title={t.record.empty} hint={t.record.emptyHint} />}
                total={counts.data?.total ?? null}
              />
              <PageTurner pages={pages} next={answer.next} />
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function useColumns(): Column<FilingRecord>[] {
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
      render: (row) =>
        row.state === 'filed' &&
        row.serviceKind === 'website' && (
          <CopyButton text={footerHtml(row.serviceNumber)} label={t.record.copyFooter} />
        ),
    },
  ];
}
