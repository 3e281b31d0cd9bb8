import { auditActionText } from '@openbeian/model/audit';
import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import type { Column } from '../../parts/column.ts';
import { later } from '../../parts/later.tsx';
import type { AuditFilter } from './audit-filter.ts';
import { auditWords } from './words.ts';

export type AuditRow = AnswerOf<'listAudit'>['rows'][number] & {
  /** Of an exported row: the detail as one text. */
  readonly said?: string;
};

/** The words of every feature that is audited: fetched beside the rows, not before the page. */
const DetailView = later(async () => (await import('./detail-view.tsx')).DetailView);

/** @param names what the ids in details are called now */
export function useAuditColumns(
  onFilter: (part: Partial<AuditFilter>) => void,
  names: ReadonlyMap<string, string>,
): Column<AuditRow>[] {
  const { t, pick, instant } = useText(auditWords);
  return [
    {
      key: 'at',
      label: t.audit.at,
      render: (row) => <span className="number">{instant(row.at)}</span>,
      text: (row) => row.at,
    },
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
      text: (row) => `${pick(auditActionText(row.action))} (${row.action})`,
    },
    ...useWhoColumns(onFilter),
    {
      key: 'detail',
      label: t.audit.detail,
      render: (row) => <DetailView detail={row.detail} names={names} />,
      text: (row) => row.said ?? '',
    },
  ];
}

/** Who did it, from where, and to what. */
function useWhoColumns(onFilter: (part: Partial<AuditFilter>) => void): Column<AuditRow>[] {
  const { t, word } = useText(auditWords);
  return [
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
      text: (row) => named(row.actorName, row.actorId),
    },
    {
      key: 'source',
      label: t.audit.source,
      render: (row) => <Source address={row.address} sessionId={row.sessionId} />,
      text: (row) => [row.address, row.sessionId].filter((one) => one !== null).join(' '),
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
      text: (row) => `${word(t.audit.kinds, row.objectKind)} ${named(row.objectName, row.objectId)}`,
    },
  ];
}

const named = (name: string | null, id: string): string => (name === null ? id : `${name} (${id})`);

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
