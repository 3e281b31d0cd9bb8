import { readdirSync, readFileSync } from 'node:fs';
import { type HolidayTable, holidayTableSchema } from '@openbeian/model/calendar';
import { Fault, type FaultPlace, placesOf } from '@openbeian/model/fault';
import { parseSource } from './document.ts';

const shipped = new URL('./holidays/', import.meta.url);

/**
 * Reads every `<year>.yaml` of a folder (default: the tables that come with OpenBeian).
 * @throws Fault `input.invalid`; its places name file, line, path and what was expected.
 */
export function loadHolidays(folder: URL = shipped): HolidayTable[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => readHolidays(new URL(name, folder), `holidays/${name}`));
}

function readHolidays(file: URL, name: string): HolidayTable {
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) {
    const { line, reason } = parsed.problem;
    return refuse([
      { path: `${name}:${line}`, expected: `expected YAML: ${reason}`, expectedZh: `应为 YAML：${reason}` },
    ]);
  }
  const { value, lineOf } = parsed.document;
  const result = holidayTableSchema.safeParse(value);
  if (!result.success) {
    return refuse(
      placesOf(result.error).map((place) => ({ ...place, path: `${name}:${lineOf(place.path)}: ${place.path}` })),
    );
  }
  const { year } = result.data;
  if (name === `holidays/${year}.yaml`) return result.data;
  const expected = 'expected the year that the file is named after';
  return refuse([{ path: `${name}:${lineOf('year')}: year`, expected, expectedZh: '应与文件名的年份一致' }]);
}

function refuse(places: readonly FaultPlace[]): never {
  throw new Fault('input.invalid', { places });
}
