import { addDays, type Day } from '../calendar/day.ts';
import { type CodeRow, type CodeTableName, type CodeTables, rowsOn, valueOf } from '../code-tables/index.ts';
import type { TableRows } from './to-map.ts';

interface DownloadedRow {
  readonly Id?: number | undefined;
  readonly Mc?: string | undefined;
  /** 0: no longer valid. */
  readonly Sfyx?: number | undefined;
}
type Rows = readonly DownloadedRow[] | undefined;

/** The code tables of a download (`JCDM`), as far as they are read; anything may be missing. */
export interface TablesToRead {
  readonly Jcdm_xx?:
    | {
        readonly Dwxz_dms?: { readonly Dwxz_xx?: Rows } | undefined;
        readonly Zjlx_dms?: { readonly Zjlx_xx?: Rows } | undefined;
        readonly Wzjylx_dms?: { readonly Wzjylx_xx?: Rows } | undefined;
        readonly Wzfwlx_dms?: { readonly Wzfwlx_xx?: Rows } | undefined;
        readonly Wzjrfs_dms?: { readonly Wzjrfs_xx?: Rows } | undefined;
        readonly Yylb_dms?: { readonly Yylb?: Rows } | undefined;
        readonly Fjwjgs_dms?: { readonly Fjwjgs?: Rows } | undefined;
        readonly Fjytlx_dms?: { readonly Fjzjlx?: Rows } | undefined;
        readonly Hsyj_dms?: { readonly Hsyj?: Rows } | undefined;
        readonly Zxly_dms?:
          | {
              readonly Zxly_xx?:
                | readonly (Omit<DownloadedRow, 'Mc'> & { readonly Nr?: string | undefined })[]
                | undefined;
            }
          | undefined;
        readonly Wbacl_dms?:
          | {
              readonly Wbacl_xx?:
                | readonly { readonly Id?: number | undefined; readonly Ztmc?: string | undefined }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** A row as the authority names it. */
export interface NamedRow {
  readonly id: number;
  readonly zh: string;
  readonly isValid: boolean;
}

/** A row that only a person can place: which of our words it is does not follow from its name. */
export interface UnplacedRow extends NamedRow {
  readonly table: 'natures' | 'certificates';
}

export interface DownloadedTables {
  /** Our tables with what was downloaded laid over them. Those that the download does not have are as they were. */
  readonly tables: CodeTables;
  readonly unplaced: readonly UnplacedRow[];
  /** Tables that the form does not have, as they came; null where the download does not have them. */
  readonly others: {
    readonly cancellationReasons: readonly NamedRow[] | null;
    readonly attachmentFormats: readonly NamedRow[] | null;
    readonly attachmentPurposes: readonly NamedRow[] | null;
    readonly verificationOpinions: readonly NamedRow[] | null;
    readonly unfiledResults: readonly NamedRow[] | null;
  };
}

/**
 * Code tables of a download over those that are used: names are the authority’s, rows that it has no longer can be chosen until the
 * day before and are still read in old filings, new rows can be chosen from that day on.
 * @param asOf the day of the download
 */
export function tablesOfDownload(
  { Jcdm_xx: from = {} }: TablesToRead,
  tables: CodeTables,
  asOf: Day,
): DownloadedTables {
  const natures = named(from.Dwxz_dms?.Dwxz_xx);
  const certificates = named(from.Zjlx_dms?.Zjlx_xx);
  const plain = {
    'website-contents': named(from.Wzfwlx_dms?.Wzfwlx_xx),
    'pre-approvals': named(from.Wzjylx_dms?.Wzjylx_xx),
    'access-methods': named(from.Wzjrfs_dms?.Wzjrfs_xx),
    languages: named(from.Yylb_dms?.Yylb),
  };
  return {
    tables: {
      ...tables,
      natures: overlaid(tables.natures, natures, asOf),
      certificates: overlaid(tables.certificates, certificates, asOf),
      'website-contents': extended(tables['website-contents'], plain['website-contents'], asOf),
      'pre-approvals': extended(tables['pre-approvals'], plain['pre-approvals'], asOf),
      'access-methods': extended(tables['access-methods'], plain['access-methods'], asOf),
      languages: extended(tables.languages, plain.languages, asOf),
    },
    unplaced: [...unplaced('natures', natures, tables), ...unplaced('certificates', certificates, tables)],
    others: {
      cancellationReasons: named(from.Zxly_dms?.Zxly_xx?.map(({ Nr, ...row }) => ({ ...row, Mc: Nr }))),
      attachmentFormats: named(from.Fjwjgs_dms?.Fjwjgs),
      attachmentPurposes: named(from.Fjytlx_dms?.Fjzjlx),
      verificationOpinions: named(from.Hsyj_dms?.Hsyj),
      unfiledResults: named(from.Wbacl_dms?.Wbacl_xx?.map(({ Id, Ztmc }) => ({ Id, Mc: Ztmc }))),
    },
  };
}

/** Each number once, the first of two; rows without number or name are none. */
function named(rows: Rows): readonly NamedRow[] | null {
  if (rows === undefined) return null;
  const found = new Map<number, NamedRow>();
  for (const { Id, Mc = '', Sfyx } of rows) {
    const zh = Mc.trim();
    if (Id !== undefined && zh !== '' && !found.has(Id)) found.set(Id, { id: Id, zh, isValid: Sfyx !== 0 });
  }
  return [...found.values()];
}

interface Table<Row extends CodeRow> {
  readonly asOf: string;
  readonly items: Row[];
}

/** Known rows with their new names, or ended. */
function overlaid<Row extends CodeRow, T extends Table<Row>>(table: T, rows: readonly NamedRow[] | null, asOf: Day): T {
  if (rows === null) return table;
  const byId = new Map(rows.map((row) => [row.id, row] as const));
  return { ...table, asOf, items: table.items.map((item) => ofNow(item, byId.get(item.id), asOf)) };
}

function ofNow<Row extends CodeRow>(item: Row, row: NamedRow | undefined, asOf: Day): Row {
  const { validTo, ...rest } = item;
  if (row?.isValid === true) {
    // One that had ended and is back can be chosen again. What was spread is the row, with or without its end.
    const again = (validTo !== undefined && validTo < asOf ? { ...rest, validFrom: asOf } : item) as Row;
    return { ...again, zh: row.zh };
  }
  return validTo !== undefined && validTo < asOf ? item : { ...item, validTo: addDays(asOf, -1) };
}

/** The same, and rows that are new. */
function extended<Row extends CodeRow, T extends Table<Row>>(table: T, rows: readonly NamedRow[] | null, asOf: Day): T {
  const known = new Set(table.items.map(({ id }) => id));
  const added = (rows ?? []).filter(({ id, isValid }) => isValid && !known.has(id));
  const over = overlaid<Row, T>(table, rows, asOf);
  // These tables ask nothing of a row but its number and names; English there is none.
  const items = [...over.items, ...added.map(({ id, zh }) => ({ id, zh, en: zh, validFrom: asOf }) as Row)];
  return { ...over, items };
}

function unplaced(table: UnplacedRow['table'], rows: readonly NamedRow[] | null, tables: CodeTables): UnplacedRow[] {
  const known = new Set(tables[table].items.map(({ id }) => id));
  return (rows ?? []).filter(({ id, isValid }) => isValid && !known.has(id)).map((row) => ({ ...row, table }));
}

/**
 * The rows of the authority’s tables by our words, on a day.
 *
 * [K]: the numbers of the server places. The entry form has a bit for each province, and of its other tables bit n is row n + 1.
 */
export function tableRowsOf(tables: CodeTables, at: Day): TableRows {
  const people = rowsOn(tables.certificates, at).filter(({ holder }) => holder === 'person');
  return {
    languages: wordsOf(tables, 'languages', at),
    places: new Map(rowsOn(tables['server-places'], at).map(({ division, id }) => [division, id + 1] as const)),
    certificates: new Map(people.map((row) => [valueOf(row), row.id] as const)),
  };
}

const wordsOf = (tables: CodeTables, name: CodeTableName, at: Day): ReadonlyMap<string, number> =>
  new Map(rowsOn<CodeRow>(tables[name], at).map((row) => [valueOf(row), row.id] as const));
