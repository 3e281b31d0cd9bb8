import { indexHolidays, type WorkingCalendar } from '@openbeian/model/calendar';
import { type CodeTables, rowsOn, valueOf } from '@openbeian/model/code-tables';
import type { DivisionTable, ProvinceFile } from '@openbeian/model/province';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadHolidays } from '@openbeian/policies/holidays';
import { openProvinceRules } from '@openbeian/policies/provinces';

/** What the authority decides by: the code tables, divisions, holidays and rules of provinces that come with OpenBeian. */
export interface SimRules {
  readonly tables: CodeTables;
  readonly divisions: DivisionTable;
  readonly calendar: WorkingCalendar;
  readonly provinceRules: (provinceCode: string) => readonly ProvinceFile[];
}

/** Reads them, each when it is first asked for: many simulators live for one test that needs none. */
export function openRules(): SimRules {
  const provinceRules = openProvinceRules();
  return {
    get tables() {
      kept.tables ??= loadCodeTables();
      return kept.tables;
    },
    get divisions() {
      kept.divisions ??= loadDivisions();
      return kept.divisions;
    },
    get calendar() {
      kept.calendar ??= indexHolidays(loadHolidays());
      return kept.calendar;
    },
    provinceRules,
  };
}

/** They come with the program and do not change while it runs. */
const kept: { -readonly [Name in keyof Omit<SimRules, 'provinceRules'>]?: SimRules[Name] } = {};

/** The word of a certificate's row; its number where there is no such row. */
export function certificateWord({ tables }: SimRules, id: number | undefined): string {
  const row = tables.certificates.items.find((item) => item.id === id);
  return row === undefined ? String(id ?? '') : valueOf(row);
}

/** The words of rows of the languages; numbers of rows that there are not. */
export function languageWords({ tables }: SimRules, ids: readonly number[]): readonly string[] {
  return ids.map((id) => {
    const row = tables.languages.items.find((item) => item.id === id);
    return row === undefined ? String(id) : valueOf(row);
  });
}

/** Row of the table of places and division, both ways. */
export const placeRows = ({ tables }: SimRules, today: string): ReadonlyMap<number, string> =>
  // The entry form has a bit for each; of its other tables bit n is row n + 1 (model/authority-v3).
  new Map(rowsOn(tables['server-places'], today).map(({ id, division }) => [id + 1, division] as const));
