import { basename, join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import { areInForceTogether, type ProvinceFile, provinceFileSchema } from '@openbeian/model/province';
import { parseSource } from './document.ts';
import { policyFilesOf } from './load.ts';
import { readTable, textOf } from './read-table.ts';

/** What provinces ask for besides, and the cases of each file. */
export const provincesDirectory = join(import.meta.dirname, 'provinces');

/** A file of province rules, read. */
export interface ReadProvinceFile {
  readonly file: string;
  readonly table: ProvinceFile;
}

/**
 * Reads what provinces ask for (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected; two rules of one id that are in force on the same
 * day are refused as well, for a finding names its rule by that id.
 */
export function loadProvinceRules(directories: readonly string[] = [provincesDirectory]): readonly ProvinceFile[] {
  return checkedTables(directories.flatMap((directory) => policyFilesOf(directory).map(readProvinceFile)));
}

/** The rules of files that were read. @throws Fault `input.invalid` for an id twice, as `loadProvinceRules` */
export function checkedTables(read: readonly ReadProvinceFile[]): readonly ProvinceFile[] {
  const places = repeatedRules(read).map(({ file, index, id, other }) => ({
    path: placeOf(file, `rules[${index}].id`),
    expected: `expected an id of its own, or other days in force; ${other} has ${id} already`,
    expectedZh: `${id} 与 ${other} 中的规则重复，且生效日期重叠`,
  }));
  if (places.length > 0) throw new Fault('input.invalid', { places });
  return read.map(({ table }) => table);
}

/**
 * The rules for a province's filings: its own and those of every province. Directories of an operator's own are read at once;
 * what comes with OpenBeian is read when a province is first asked for, since most deployments file in few.
 * @throws Fault `input.invalid` as `loadProvinceRules`, for directories that are given
 */
export function openProvinceRules(directories?: readonly string[]): (provinceCode: string) => readonly ProvinceFile[] {
  const isFor = (provinceCode: string, province: string | null) => province === null || province === provinceCode;
  if (directories !== undefined) {
    const files = loadProvinceRules(directories);
    return (provinceCode) => files.filter(({ province }) => isFor(provinceCode, province));
  }
  return (provinceCode) => {
    const known = bundled.get(provinceCode);
    if (known !== undefined) return known;
    // Files are named by their province, which lint holds.
    const files = policyFilesOf(provincesDirectory)
      .filter((file) => isFor(provinceCode, codeInName(file)))
      .map((file) => readProvinceFile(file).table);
    bundled.set(provinceCode, files);
    return files;
  };
}

/** They come with the program and do not change while it runs. */
const bundled = new Map<string, readonly ProvinceFile[]>();

function codeInName(file: string): string | null {
  const [code = ''] = basename(file).split('.');
  return code === 'base' ? null : code;
}

/** @throws Fault `input.invalid` as `loadProvinceRules` */
export const readProvinceFile = (file: string): ReadProvinceFile => ({
  file,
  table: readTable(file, provinceFileSchema),
});

/** Rules whose id another one before them has that is in force on some same day; `other` is the file with that one. */
export function repeatedRules(read: readonly ReadProvinceFile[]) {
  const rows = read.flatMap(({ file, table }) => table.rules.map((rule, index) => ({ file, index, rule })));
  return rows.flatMap(({ file, index, rule }, position) => {
    const other = rows.slice(0, position).find((row) => row.rule.id === rule.id && areInForceTogether(row.rule, rule));
    return other === undefined ? [] : [{ file, index, id: rule.id, other: other.file }];
  });
}

/** `file:line: path` of a place in a file. */
export function placeOf(file: string, path: string): string {
  const parsed = parseSource(textOf(file));
  return `${file}:${'document' in parsed ? parsed.document.lineOf(path) : 1}: ${path}`;
}
