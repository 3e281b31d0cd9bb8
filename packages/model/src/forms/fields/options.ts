import type { Day } from '../../calendar/day.ts';
import { type CodeRow, type CodeTables, certificatesOf, naturesOf, rowsOn, valueOf } from '../../code-tables/index.ts';
import type { SubjectKind } from '../../filing/kinds.ts';
import type { DivisionTable } from '../../province/index.ts';
import type { FieldOption } from '../engine/definition.ts';

type Grouped = {
  readonly items: readonly (CodeRow & { readonly group?: number | undefined })[];
  readonly groups?: readonly Pick<CodeRow, 'id' | 'zh' | 'en'>[];
};

/** The rows of a table that may be chosen on a day, under their groups. */
export function optionsOf(table: Grouped, at: Day): FieldOption[] {
  const groups = new Map((table.groups ?? []).map(({ id, zh, en }) => [id, { zh, en }]));
  return rowsOn(table, at).map((row) => {
    const group = row.group === undefined ? undefined : groups.get(row.group);
    return { value: valueOf(row), label: { zh: row.zh, en: row.en }, ...(group && { group }) };
  });
}

/** The provinces that servers may be in, by their division codes. */
export const serverPlaceOptions = ({ 'server-places': places }: CodeTables, at: Day): FieldOption[] =>
  rowsOn(places, at).map(({ division, zh, en }) => ({ value: division, label: { zh, en } }));

/** The natures that one of the contract's words covers. */
export const natureOptions = (tables: CodeTables, subjectKind: SubjectKind, at: Day): FieldOption[] =>
  naturesOf(tables, subjectKind, at).map(({ key, zh, en }) => ({ value: key, label: { zh, en } }));

/** The certificates of those natures, each word once. */
export function certificateOptions(tables: CodeTables, subjectKind: SubjectKind, at: Day): FieldOption[] {
  const rows = naturesOf(tables, subjectKind, at).flatMap(({ id }) => certificatesOf(tables, id, at));
  return [...new Map(rows.map(({ key, zh, en }) => [key, { value: key, label: { zh, en } }])).values()];
}

/** The lowest divisions of a province under their cities. Names are Chinese in both languages: there is no English table. */
export function regionOptions(divisions: DivisionTable, provinceCode: string): FieldOption[] {
  return [...divisions.values()].flatMap(({ code, name, isLowest, level, cityCode, provinceCode: of }) => {
    if (of !== provinceCode || !isLowest) return [];
    const city = divisions.get(cityCode)?.name ?? '';
    const own = { zh: level === 'city' ? name : `${city} ${name}`, en: level === 'city' ? name : `${city} ${name}` };
    return [{ value: code, label: own, group: { zh: city, en: city } }];
  });
}

export const yesNo: readonly FieldOption[] = [
  { value: 'yes', label: { zh: '是', en: 'Yes' } },
  { value: 'no', label: { zh: '否', en: 'No' } },
];
