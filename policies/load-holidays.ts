import { readdirSync, readFileSync } from 'node:fs';
import { type HolidayTable, holidayTableSchema } from '@openbeian/model/calendar';
import { parse } from 'yaml';

const shipped = new URL('./holidays/', import.meta.url);

/**
 * Reads every `<year>.yaml` of a folder (default: the tables that come with OpenBeian). Throws an Error that names file,
 * place and what was expected when one is wrong or stands under another year's name.
 */
export function loadHolidays(folder: URL = shipped): HolidayTable[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => {
    const result = holidayTableSchema.safeParse(parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new Error(`holidays/${name}: ${issue?.path.join('.') ?? ''}: ${issue?.message}`);
    }
    if (name !== `${result.data.year}.yaml`)
      throw new Error(`holidays/${name}: year: expected the year of the file name`);
    return result.data;
  });
}
