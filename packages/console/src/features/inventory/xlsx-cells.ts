import { xmlEvents } from './xml-events.ts';

/** By the index of a cell's style: is its number a day? */
export type DateFormats = readonly boolean[];

/** Formats that every workbook has without saying so: days and times, also the Chinese ones. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** A format with a letter of days or times outside of quotes, brackets and escapes. */
const isDateCode = (code: string): boolean =>
  /[ymdhs年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|General/gi, ''));

/** Which styles of a workbook show numbers as days. */
export async function readFormats(parts: AsyncIterable<string>): Promise<DateFormats> {
  const own = new Map<number, boolean>();
  const formats: boolean[] = [];
  let isWithin = false;
  for await (const events of xmlEvents(parts)) {
    for (const event of events) {
      if (event.kind === 'text') continue;
      if (event.name === 'cellXfs') isWithin = event.kind === 'open';
      if (event.kind !== 'open') continue;
      const id = Number(event.attribute('numFmtId') ?? 0);
      if (event.name === 'numFmt') own.set(id, isDateCode(event.attribute('formatCode') ?? ''));
      if (event.name === 'xf' && isWithin) formats.push(own.get(id) ?? isBuiltInDate(id));
    }
  }
  return formats;
}

/** A cell as it is stored. */
interface StoredCell {
  readonly type: string;
  readonly value: string;
  readonly isDate: boolean;
  readonly startsIn1904: boolean;
}

/** A cell as text. */
export function cellTextOf({ type, value, isDate, startsIn1904 }: StoredCell, texts: readonly string[]): string {
  if (type === 's') return (texts[Number(value)] ?? '').trim();
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/, '');
  if (type !== 'n') return value.trim();
  const number = Number(value);
  if (!Number.isFinite(number)) return value.trim();
  // Numbers of 17 digits are written as computers keep them: 0.30000000000000004 is 0.3.
  return isDate ? dayText(number, startsIn1904) : String(Number(number.toPrecision(15)));
}

const dayMs = 86_400_000;

/** Days are counted from the end of 1899 (with a 29 February 1900 that never was), or from 1904; a fraction is the time. */
function dayText(number: number, startsIn1904: boolean): string {
  const days = startsIn1904 ? number + 1462 : number < 60 ? number + 1 : number;
  const instant = new Date(Math.round((Date.UTC(1899, 11, 30) + days * dayMs) / 1000) * 1000);
  if (Number.isNaN(instant.getTime())) return String(number);
  const text = instant.toISOString();
  const time = text.slice(11, 19);
  return time === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${time}`;
}
