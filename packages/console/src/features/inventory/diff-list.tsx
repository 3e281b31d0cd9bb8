import { tableColumns } from '@openbeian/model/inventory-table';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { factText } from '../resource/facts.ts';
import { resourceWords } from '../resource/words.ts';
import type { Comparison } from './run-pieces.ts';
import { inventoryWords } from './words.ts';

/** The lists of a comparison, in the order in which they matter. */
export const diffParts = ['breaking', 'changed', 'new', 'gone', 'accounts'] as const;
export type DiffPart = (typeof diffParts)[number];

interface DiffListProps {
  readonly part: DiffPart;
  readonly comparison: Comparison;
}

/** One list of a comparison. */
export function DiffList({ part, comparison }: DiffListProps) {
  switch (part) {
    case 'breaking':
      return <Breaking rows={comparison.breaking} />;
    case 'changed':
      return <Changed rows={comparison.changed} />;
    case 'new':
      return <Named part={part} rows={comparison.new.map((id) => ({ id }))} />;
    case 'gone':
      return <Named part={part} rows={comparison.gone} />;
    case 'accounts':
      return <Accounts rows={comparison.accounts} />;
  }
}

const linked = (id: string): ReactNode => (
  <Link className="mono" to={`/resources/${encodeURIComponent(id)}`}>
    {id}
  </Link>
);

type BreakRow = Comparison['breaking'][number];

function Breaking({ rows }: { readonly rows: readonly BreakRow[] }) {
  const { t } = useText(inventoryWords);
  const words = t.inventory.preview;
  const affected = ({ codes, filings, services }: BreakRow) => [
    ...codes.map(({ id, tail }) => [`/codes/${id}`, words.code(tail)] as const),
    ...filings.map(({ id, domainName }) => [`/filings/${id}`, words.filing(domainName)] as const),
    ...services.map(
      ({ number, domainName }) => [`/records/${encodeURIComponent(number)}`, words.record(domainName)] as const,
    ),
  ];
  const columns: Column<BreakRow>[] = [
    { key: 'id', label: words.resource, onCard: 'title', render: ({ id }) => linked(id) },
    { key: 'accountId', label: words.account, render: ({ accountId }) => <span className="mono">{accountId}</span> },
    {
      key: 'affects',
      label: words.affects,
      render: (row) =>
        affected(row).map(([to, text]) => (
          <div key={to}>{to.startsWith('/codes') ? text : <Link to={to}>{text}</Link>}</div>
        )),
    },
    {
      key: 'why',
      label: words.why,
      render: ({ reasons }) => (
        <div style={{ whiteSpace: 'normal', minWidth: 240 }}>
          <ReasonList reasons={reasons} />
        </div>
      ),
    },
  ];
  return <Listing label={words.part.breaking} rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />;
}

type ChangedRow = Comparison['changed'][number];

function Changed({ rows }: { readonly rows: readonly ChangedRow[] }) {
  const { t, pick } = useText(inventoryWords, resourceWords);
  const words = t.inventory.preview;
  const nameOf = (field: string) => {
    const column = tableColumns.find(({ key }) => key === field);
    return column === undefined ? field : pick(column.name);
  };
  const valueOf = (value: unknown) => (value === null ? words.absent : factText(value, t));
  const columns: Column<ChangedRow>[] = [
    { key: 'id', label: words.resource, onCard: 'title', render: ({ id }) => linked(id) },
    {
      key: 'fields',
      label: words.fields,
      render: ({ fields }) => (
        <ul className="lines" style={{ whiteSpace: 'normal' }}>
          {fields.map(({ field, before, after }) => (
            <li key={field} className="wrap">
              {t.app.labelled(nameOf(field), '')}
              <del className="faint">{valueOf(before)}</del>
              {' → '}
              <strong>{valueOf(after)}</strong>
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return <Listing label={words.part.changed} rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />;
}

interface NamedRow {
  readonly id: string;
  readonly accountId?: string;
}

function Named({ part, rows }: { readonly part: 'new' | 'gone'; readonly rows: readonly NamedRow[] }) {
  const { t } = useText(inventoryWords);
  const words = t.inventory.preview;
  const isNew = part === 'new';
  const columns: Column<NamedRow>[] = [
    {
      key: 'id',
      label: words.resource,
      onCard: 'title',
      render: ({ id }) => (isNew ? <span className="mono">{id}</span> : linked(id)),
    },
    ...(isNew
      ? []
      : [
          {
            key: 'accountId',
            label: words.account,
            render: ({ accountId = '' }: NamedRow) => <span className="mono">{accountId}</span>,
          },
        ]),
  ];
  return <Listing label={words.part[part]} rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />;
}

type AccountRow = Comparison['accounts'][number];

function Accounts({ rows }: { readonly rows: readonly AccountRow[] }) {
  const { t } = useText(inventoryWords, resourceWords);
  const words = t.inventory.preview;
  const columns: Column<AccountRow>[] = [
    { key: 'id', label: words.account, onCard: 'title', render: ({ id }) => <span className="mono">{id}</span> },
    {
      key: 'realName',
      label: words.realName,
      render: ({ before, after }) => (
        <span>
          {before === null ? `${words.isNew} · ` : <del className="faint">{factText(before, t)}</del>}
          {before !== null && ' → '}
          <strong>{factText(after, t)}</strong>
        </span>
      ),
    },
  ];
  return <Listing label={words.part.accounts} rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />;
}
