import { Button } from 'antd';
import { useMemo } from 'react';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import { Listing } from '../../parts/listing.tsx';
import { loadPart } from '../../parts/load-part.ts';
import { Panel } from '../../parts/panel.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useShownTheme } from '../../parts/theme-choice.ts';
import { mostBars, shownOf } from './plot-data.ts';
import { heightOf } from './plot-option.ts';
import type { Span, StatisticsTable } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

const loadPlots = () => import('./plot-view.tsx');
const PlotView = later(async () => (await loadPlots()).PlotView);

interface StatisticsPanelProps {
  readonly table: StatisticsTable;
  readonly span: Span;
  /** On paper the numbers stand open beneath the plot. */
  readonly isReport?: boolean;
}

/** One question: a plot, its picture as a file, and the same numbers as a table. */
export function StatisticsPanel({ table, span, isReport = false }: StatisticsPanelProps) {
  const { t, pick } = useText(statisticsWords);
  const plot = useMemo(() => shownOf(table.plot), [table]);
  const title = pick(table.title);
  const count = table.plot.categories.length;
  if (table.rows.length === 0 || plot.series.length === 0)
    return (
      <Panel title={title}>
        <Empty title={t.stats.empty} />
      </Panel>
    );
  return (
    <Panel title={title} actions={<PictureButtons table={table} span={span} />}>
      <div style={{ minHeight: heightOf(plot, 1000) }}>
        <PlotView data={plot} label={t.stats.plotOf(title)} />
      </div>
      {table.plot.kind === 'bars' && count > mostBars && <p className="faint">{t.stats.first(mostBars, count)}</p>}
      <details open={isReport}>
        <summary>{t.stats.numbers(table.rows.length)}</summary>
        {isReport ? <PlainTable table={table} /> : <NumbersTable table={table} />}
      </details>
    </Panel>
  );
}

/** Always a table, whole: on paper nobody turns a page of it. */
function PlainTable({ table: { title, columns, rows } }: Pick<StatisticsPanelProps, 'table'>) {
  const { pick } = useText();
  return (
    <div className="table">
      <table className="wraps" aria-label={pick(title)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.en} scope="col">
                {pick(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join(' ')}>
              {columns.map((column, place) => (
                <td
                  key={column.en}
                  className={place === 0 && column !== statisticsWords.stats.day ? undefined : 'number'}
                >
                  {row[place]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NumbersTable({ table: { key, title, columns, rows } }: Pick<StatisticsPanelProps, 'table'>) {
  const { pick } = useText();
  return (
    <Listing<StatisticsTable['rows'][number]>
      label={pick(title)}
      rows={rows}
      rowKey={(row) => `${key} ${row.join(' ')}`}
      fits
      empty={null}
      columns={columns.map((label, place) => ({
        key: String(place),
        label: pick(label),
        render: (row) => (
          <span className={place === 0 && columns[0] !== statisticsWords.stats.day ? 'wrap' : 'number'}>
            {row[place]}
          </span>
        ),
        ...(place === 0 && { onCard: 'title' as const }),
      }))}
    />
  );
}

function PictureButtons({ table, span: { from, to } }: Pick<StatisticsPanelProps, 'table' | 'span'>) {
  const { t, pick } = useText(statisticsWords);
  const title = pick(table.title);
  const theme = useShownTheme();
  const save = async (format: 'PNG' | 'SVG') => {
    const { pictureOf, bitmapOf } = await loadPart(loadPlots);
    const picture = pictureOf(shownOf(table.plot), { title, subtitle: t.stats.fromTo(from, to) }, theme);
    const name = `${table.key}-${from}-${to}.${format.toLowerCase()}`;
    if (format === 'SVG') saveFile(name, 'image/svg+xml', picture.svg);
    else saveFile(name, 'image/png', await bitmapOf(picture));
  };
  return (
    <span className="row screen-only">
      {(['PNG', 'SVG'] as const).map((format) => (
        <Button key={format} size="small" aria-label={t.stats.saveAs(format, title)} onClick={() => save(format)}>
          {format}
        </Button>
      ))}
    </span>
  );
}
