import { Grid, Table } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';
import { type Pages, PageTurner } from './page-turner.tsx';

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
  /** How many there are on all pages, where somebody has counted. */
  readonly total?: number | null;
  /** Where the server gives the list in pages: those, and what its answer says of the next one. */
  readonly pages?: Pages;
  readonly next?: string | null;
  /** Texts wrap where the table would be wider than its place, instead of being scrolled to; on a narrow screen it scrolls. */
  readonly fits?: boolean;
}

/** Rows as a table, or as cards where there is no room for one; below them how many there are, and the way to the next page. */
export function Listing<Row extends object>(props: ListingProps<Row>) {
  const { rows, empty, pages, next = null, total } = props;
  const { t } = useText();
  const screens = Grid.useBreakpoint();
  const isWhole = next === null && pages?.start === undefined;
  const count = total ?? (isWhole ? rows.length : null);
  return (
    <>
      {rows.length === 0 ? (
        empty
      ) : (
        <>
          {screens.lg === false ? (
            <ul className="cards" aria-label={props.label}>
              {rows.map((row) => (
                <RowCard key={props.rowKey(row)} row={row} columns={props.columns} />
              ))}
            </ul>
          ) : (
            <RowTable {...props} isWide={screens.xl !== false} />
          )}
          <div className="count-line">{count === null ? t.app.onPage(rows.length) : t.app.total(count)}</div>
        </>
      )}
      {pages !== undefined && <PageTurner pages={pages} next={next} />}
    </>
  );
}

function RowTable<Row extends object>(props: ListingProps<Row> & { readonly isWide: boolean }) {
  const { rows, columns, rowKey, label, pages, fits = false, isWide } = props;
  return (
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
      {...(fits && isWide ? {} : { scroll: { x: 'max-content' } })}
      // One way of turning pages: the server's where it has them.
      pagination={pages === undefined && rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
    />
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
        {facts.map((column) => {
          const shown = column.render(row);
          // A label without anything beside it says nothing.
          if (shown === null) return null;
          return (
            <div key={column.key}>
              <dt>{column.label}</dt>
              <dd>{shown}</dd>
            </div>
          );
        })}
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
