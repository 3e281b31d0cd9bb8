import { auditActionText } from '@openbeian/model/audit';
import { useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type AuditFilter, auditFilterOf, auditQueryOf, changedParams } from './audit-filter.ts';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { auditWords } from './words.ts';

type AuditRow = AnswerOf<'listAudit'>['rows'][number];

export function AuditPage() {
  const { t } = useText(auditWords);
  const [params, setParams] = useSearchParams();
  const filter = auditFilterOf(params);
  const query = auditQueryOf(filter);
  const pages = useAddressPages(JSON.stringify(query));
  const audit = useAnswer('listAudit', { query: { ...query, ...pages.query } });
  const change = (part: Partial<AuditFilter>) => setParams(changedParams(filter, part));
  const columns = useColumns(change);
  const named = audit.data?.rows.find(({ actorId }) => actorId === filter.actor);
  return (
    <Page title={t.audit.title} lead={t.audit.lead} topic="page:audit">
      <AuditFilterBar
        filter={filter}
        actorName={named?.actorName ?? null}
        onChange={change}
        onClear={() => setParams({})}
      />
      <Panel flush>
        <Loaded query={audit}>
          {(answer) => (
            <Listing
              fits
              name="audit"
              label={t.audit.title}
              rows={answer.rows}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.audit.empty} hint={t.audit.emptyHint} />}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function useColumns(onFilter: (part: Partial<AuditFilter>) => void): Column<AuditRow>[] {
  const { t, pick, word, instant } = useText(auditWords);
  return [
    { key: 'at', label: t.audit.at, render: (row) => <span className="number">{instant(row.at)}</span> },
    {
      key: 'action',
      label: t.audit.action,
      onCard: 'title',
      render: (row) => (
        <div>
          <strong>{pick(auditActionText(row.action))}</strong>
          <div className="faint mono wrap">{row.action}</div>
        </div>
      ),
    },
    {
      key: 'actor',
      label: t.audit.actor,
      render: (row) => (
        <div>
          {row.actorName !== null && <div className="wrap">{row.actorName}</div>}
          <div>{word({ ...t.role, system: t.audit.system }, row.actorRole)}</div>
          <IdButton id={row.actorId} onClick={() => onFilter({ actor: row.actorId })} />
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
        <div>
          <div>{word(t.audit.kinds, row.objectKind)}</div>
          {row.objectName !== null && <div className="wrap">{row.objectName}</div>}
          <IdButton id={row.objectId} onClick={() => onFilter({ object: row.objectId })} />
        </div>
      ),
    },
    {
      key: 'detail',
      label: t.audit.detail,
      render: (row) => <span className="faint mono detail">{detailOf(row.detail)}</span>,
    },
  ];
}

/** An id, which narrows the list to it. */
function IdButton({ id, onClick }: { readonly id: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="help-link mono clip short" title={id} onClick={onClick}>
      {id}
    </button>
  );
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
        <div className="faint mono clip short" title={`${t.audit.session} ${sessionId}`}>
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
