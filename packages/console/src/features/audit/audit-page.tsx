import { auditActionText } from '@openbeian/model/audit';
import { Input } from 'antd';
import { useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { filingWords } from '../filing/words.ts';
import { auditWords } from './words.ts';

type AuditRow = AnswerOf<'listAudit'>['rows'][number];

export function AuditPage() {
  const { t } = useText(auditWords);
  const [params, setParams] = useSearchParams();
  const objectId = params.get('object') ?? '';
  const pages = usePages(objectId);
  const audit = useAnswer('listAudit', { query: { ...(objectId && { objectId }), ...pages.query } });
  const columns = useColumns((id) => setParams({ object: id }));
  return (
    <Page title={t.audit.title} lead={t.audit.lead} topic="page:audit">
      <div className="bar">
        <Input.Search
          key={objectId}
          allowClear
          defaultValue={objectId}
          onSearch={(value) => setParams(value.trim() ? { object: value.trim() } : {})}
          placeholder={t.audit.filter}
          aria-label={t.audit.filter}
          style={{ width: 380, maxWidth: '100%' }}
        />
      </div>
      <Panel flush>
        <Loaded query={audit}>
          {(answer) => (
            <>
              <Listing
                label={t.audit.title}
                rows={answer.rows}
                rowKey={(row) => row.id}
                columns={columns}
                empty={<Empty title={t.audit.empty} hint={t.audit.emptyHint} />}
                {...(pages.start === undefined && answer.next === null ? {} : { total: null })}
              />
              <PageTurner pages={pages} next={answer.next} />
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function useColumns(onObject: (id: string) => void): Column<AuditRow>[] {
  const { t, pick, word, instant } = useText(auditWords, filingWords);
  return [
    { key: 'at', label: t.audit.at, render: (row) => <span className="number">{instant(row.at)}</span> },
    {
      key: 'action',
      label: t.audit.action,
      onCard: 'title',
      render: (row) => (
        <div>
          <strong>{pick(auditActionText(row.action))}</strong>
          <div className="faint mono">{row.action}</div>
        </div>
      ),
    },
    {
      key: 'actor',
      label: t.audit.actor,
      render: (row) => (
        <div>
          {word({ ...t.role, system: t.filing.owners.worker }, row.actorRole)}
          <div className="faint mono clip" title={row.actorId}>
            {row.actorId}
          </div>
        </div>
      ),
    },
    {
      key: 'source',
      label: t.audit.source,
      render: (row) => <Source address={row.address} sessionId={row.sessionId} />,
    },
    {
      key: 'object',
      label: t.audit.object,
      render: (row) => (
        <button
          type="button"
          className="help-link mono clip"
          title={row.objectId}
          onClick={() => onObject(row.objectId)}
        >
          {row.objectId}
        </button>
      ),
    },
    {
      key: 'detail',
      label: t.audit.detail,
      render: (row) => <span className="faint mono detail">{detailOf(row.detail)}</span>,
    },
  ];
}

/** Where somebody asked from; background work and commands have neither. */
function Source({ address, sessionId }: Pick<AuditRow, 'address' | 'sessionId'>) {
  const { t } = useText(auditWords);
  return (
    <div>
      {address !== null && (
        <div className="mono" title={t.audit.address}>
          {address}
        </div>
      )}
      {sessionId !== null && (
        <div className="faint mono clip" title={`${t.audit.session} ${sessionId}`}>
          {sessionId}
        </div>
      )}
    </div>
  );
}

function detailOf(detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  if (typeof detail !== 'object') return JSON.stringify(detail);
  return Object.entries(detail)
    .map(([key, value]) => `${key}: ${textOf(value)}`)
    .join('\n');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return JSON.stringify(value);
}
