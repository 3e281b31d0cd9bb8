import { Grid, Table } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly render: (row: Row) => ReactNode;
  /** Of the table's column, in pixels. */
  readonly width?: number;
  /** `title` heads the row's card on a phone, `state` is beside it, `actions` below it, `wide` is left out there. */
  readonly onCard?: 'title' | 'state' | 'actions' | 'wide';
}

interface ListingProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Shown instead when there are no rows. */
  readonly empty: ReactNode;
  readonly label: string;
  /** How many there are on all pages; null when nobody has counted. Left out: the rows are all there are. */
  readonly total?: number | null;
  /** Texts wrap where the table would be wider than its place, instead of being scrolled to; on a narrow screen it scrolls. */
  readonly fits?: boolean;
}

/** Rows as a table, or as cards where there is no room for one. */
export function Listing<Row extends object>({
  rows,
  columns,
  rowKey,
  empty,
  label,
  total = rows.length,
  fits = false,
}: ListingProps<Row>) {
  const { t } = useText();
  const screens = Grid.useBreakpoint();
  if (rows.length === 0) return empty;
  const count = <div className="count-line">{total === null ? t.app.onPage(rows.length) : t.app.total(total)}</div>;
  if (screens.lg === false) {
    return (
      <>
        <ul className="cards" aria-label={label}>
          {rows.map((row) => (
            <RowCard key={rowKey(row)} row={row} columns={columns} />
          ))}
        </ul>
        {count}
      </>
    );
  }
  return (
    <>
      <Table<Row>
        aria-label={label}
        dataSource={[...rows]}
        rowKey={rowKey}
        columns={columns.map((column) => ({
          key: column.key,
          title: column.label,
          render: (_value: unknown, row: Row) => column.render(row),
          ...(column.width ? { width: column.width } : {}),
          // What can be done stays in sight, however wide the table.
          ...(column.onCard === 'actions' ? { fixed: 'end' as const } : {}),
        }))}
        // Where there is room for narrow columns, from 1200 px on; columns of a few letters could not be read.
        {...(fits && screens.xl !== false ? {} : { scroll: { x: 'max-content' } })}
        pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      />
      {count}
    </>
  );
}

function RowCard<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly Column<Row>[] }) {
  const titles = columns.filter((column) => column.onCard === 'title');
  const states = columns.filter((column) => column.onCard === 'state');
  const actions = columns.filter((column) => column.onCard === 'actions');
  const facts = columns.filter((column) => column.onCard === undefined);
  return (
    <li>
      <div className="head">
        <div>
          {titles.map((column) => (
            <div key={column.key}>{column.render(row)}</div>
          ))}
        </div>
        {states.map((column) => (
          <div key={column.key}>{column.render(row)}</div>
        ))}
      </div>
      <dl>
        {facts.map((column) => (
          <div key={column.key}>
            <dt>{column.label}</dt>
            <dd>{column.render(row)}</dd>
          </div>
        ))}
      </dl>
      {actions.length > 0 && (
        <div className="acts">
          {actions.map((column) => (
            <div key={column.key}>{column.render(row)}</div>
          ))}
        </div>
      )}
    </li>
  );
}
