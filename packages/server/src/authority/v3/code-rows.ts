import type { DownloadData } from '@openbeian/authority-wire/v3';
import { type DownloadedTables, type NamedRow, tableRowsOf, tablesOfDownload } from '@openbeian/model/authority-v3';
import { type Day, dayOf, isDay } from '@openbeian/model/calendar';
import type { CodeTables } from '@openbeian/model/code-tables';
import type { StoreTransaction } from '../../ports/index.ts';
import type { LineOptions } from './line-options.ts';

type Jcdm = NonNullable<DownloadData['JCDM']>;

/**
 * The tables of a province as it sent them last, over those of the release. Where it has sent none, those of the release alone: another
 * province may have rows of its own.
 */
export async function tablesOfLine(
  { codeTables, clock }: Pick<LineOptions, 'codeTables' | 'clock'>,
  ledger: StoreTransaction['authorityLedger'],
  provinceCode: string,
): Promise<DownloadedTables> {
  return overlay(codeTables, await ledger.findTables(provinceCode), dayOf(clock.now()));
}

/** Those of a day that were downloaded over those of the release. */
export function overlay(
  tables: CodeTables,
  downloaded: { readonly asOf: string; readonly tables: string } | null,
  today: Day,
): DownloadedTables {
  if (downloaded === null) return tablesOfDownload({}, tables, today);
  // It was written by `putTables`, out of what the codec had read.
  const jcdm = JSON.parse(downloaded.tables) as Jcdm;
  return tablesOfDownload(jcdm, tables, isDay(downloaded.asOf) ? downloaded.asOf : today);
}

/** Rows of a day by our words. */
export const rowsOf = ({ tables }: DownloadedTables, at: string) => tableRowsOf(tables, dayOf(at));

/**
 * Row of the reasons of cancellation: the one whose name the customer’s words have, otherwise “其他” where there is one, otherwise the
 * first. [K]: without a download 1, since the table is not public.
 */
export function cancellationRow(rows: readonly NamedRow[] | null, said: string): number {
  const valid = (rows ?? []).filter(({ isValid }) => isValid);
  const meant = valid.find(({ zh }) => said.includes(zh)) ?? valid.find(({ zh }) => zh.includes('其他')) ?? valid[0];
  return meant?.id ?? 1;
}
