import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useText } from '../language/language.tsx';
import type { Column } from './column.ts';
import { later } from './later.tsx';
import { isShown, useListSettings } from './list-settings.ts';
import type { ListTools as Tools } from './list-tools.tsx';
import './listing.css';
import { type Pages, PageTurner } from './page-turner.tsx';
import type { ReadPage } from './read-all.ts';
import { useIsWide } from './use-is-wide.ts';

export type { Column } from './column.ts';

const ListTools = later(async () => (await import('./list-tools.tsx')).ListTools) as typeof Tools;

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
  /** Under which the person's columns and density are kept, and the name of the exported file. Left out: nothing to choose. */
  readonly name?: string;
  /** Reads a page of all that the list finds, for a file. */
  readonly exported?: ReadPage<Row>;
  /** Texts wrap where the table would be wider than its place, instead of being scrolled to; on a narrow screen it scrolls. */
  readonly fits?: boolean;
}

/** Rows as a table, or as cards where there is no room for one; below them how many there are, and the way to the next page. */
export function Listing<Row extends object>({ columns: every, ...props }: ListingProps<Row>) {
  const { rows, empty, pages, next = null, total, name } = props;
  const { t } = useText();
  const [settings, changeSettings] = useListSettings(name);
  const columns = every.filter((column) => isShown(column, settings));
  const hasRoom = useIsWide(992);
  const isWhole = next === null && pages?.start === undefined;
  const count = total ?? (isWhole ? rows.length : null);
  return (
    <>
      {rows.length === 0 ? (
        empty
      ) : (
        <>
          {hasRoom ? (
            <RowTable {...props} columns={columns} isDense={settings.isDense} />
          ) : (
            <ul className="cards" aria-label={props.label}>
              {rows.map((row) => (
                <RowCard key={props.rowKey(row)} row={row} columns={columns} />
              ))}
            </ul>
          )}
          <div className="count-line">
            {count === null ? t.app.onPage(rows.length) : t.app.total(count)}
            {name !== undefined && (
              <ListTools
                name={name}
                columns={every}
                settings={settings}
                onSettings={changeSettings}
                exported={props.exported}
              />
            )}
          </div>
        </>
      )}
      {pages !== undefined && <PageTurner pages={pages} next={next} />}
    </>
  );
}

/** Where the server gives a list whole, so many rows are shown at once. */
const mostRows = 50;

function RowTable<Row extends object>(props: ListingProps<Row> & { readonly isDense: boolean }) {
  const { rows, columns, rowKey, label, pages, fits = false, isDense } = props;
  // Where there is room for narrow columns; those of a few letters could not be read.
  const wraps = useIsWide(1200) && fits;
  const [page, setPage] = useState(0);
  // One way of turning pages: the server's where it has them.
  const count = pages === undefined ? Math.ceil(rows.length / mostRows) : 1;
  const shown = Math.min(page, count - 1);
  const seen = pages === undefined ? rows.slice(shown * mostRows, (shown + 1) * mostRows) : rows;
  // What can be done stays in sight, however wide the table.
  const classOf = ({ onCard }: Column<Row>) => (onCard === 'actions' ? 'acts' : undefined);
  return (
    <>
      <div className="table">
        <table aria-label={label} className={`${wraps ? 'wraps' : ''}${isDense ? ' dense' : ''}`}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={classOf(column)} style={{ width: column.width }}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {seen.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.key} className={classOf(column)}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > 1 && <RowPages page={shown} count={count} onPage={setPage} />}
    </>
  );
}

interface RowPagesProps {
  readonly page: number;
  readonly count: number;
  readonly onPage: (page: number) => void;
}

function RowPages({ page, count, onPage }: RowPagesProps) {
  const { t } = useText();
  return (
    <div className="row" style={{ padding: 12 }}>
      <Button disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t.app.previousPage}
      </Button>
      <span className="number">
        {page + 1} / {count}
      </span>
      <Button disabled={page === count - 1} onClick={() => onPage(page + 1)}>
        {t.app.nextPage}
      </Button>
    </div>
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
