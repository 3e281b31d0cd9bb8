import { z } from 'zod';
import { isDay } from '../calendar/day.ts';
import { provinces } from './province.ts';

const code = z.string().regex(/^\d{6}$/);
const name = z.string().min(1);
const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});

/** `policies/divisions/<province>.yaml`: the cities of a province and their counties (GB/T 2260). */
export const divisionFileSchema = z
  .strictObject({
    /** The day of which the table is. */
    asOf: day,
    source: z.string().min(1),
    province: z.enum(provinces.map((province) => province.code)),
    cities: z
      .array(
        z.strictObject({
          code,
          name,
          /** Missing where a city has none: 东莞, 中山, 儋州. */
          counties: z.record(code, name).optional(),
        }),
      )
      .min(1),
  })
  .superRefine(({ province, cities }, context) => {
    const seen = new Set<string>();
    const check = (own: string, prefix: string, path: PropertyKey[]) => {
      if (own.startsWith(prefix) && !seen.has(own)) {
        seen.add(own);
        return;
      }
      const params = {
        zh: `应以 ${prefix} 开头，且每个代码只出现一次`,
        en: `expected a code that begins with ${prefix}, each once`,
      };
      context.addIssue({ code: 'custom', path, params });
    };
    cities.forEach((city, index) => {
      check(city.code, province.slice(0, 2), ['cities', index, 'code']);
      for (const county of Object.keys(city.counties ?? {})) {
        check(county, city.code.slice(0, 4), ['cities', index, 'counties', county]);
      }
    });
  });
export type DivisionFile = z.output<typeof divisionFileSchema>;

/** A division of any level with those above it. */
export interface Division {
  /** Six digits. */
  readonly code: string;
  readonly name: string;
  readonly level: 'city' | 'county';
  readonly provinceCode: string;
  /** The city that a county is in, or the city itself. */
  readonly cityCode: string;
  /** Is there nothing below it? The form asks for such a one. */
  readonly isLowest: boolean;
}

/** The divisions of the 31 provinces by their code. */
export type DivisionTable = ReadonlyMap<string, Division>;

/** The table of several files, in their order. */
export function divisionTable(files: readonly DivisionFile[]): DivisionTable {
  const table = new Map<string, Division>();
  for (const { province: provinceCode, cities } of files) {
    for (const { code: cityCode, name, counties = {} } of cities) {
      const within = { provinceCode, cityCode };
      const below = Object.entries(counties);
      table.set(cityCode, { code: cityCode, name, level: 'city', isLowest: below.length === 0, ...within });
      for (const [code, name] of below) table.set(code, { code, name, level: 'county', isLowest: true, ...within });
    }
  }
  return table;
}

/** The cities of a province, or the counties of a city; none for an unknown code. */
export function divisionsBelow(table: DivisionTable, code: string): readonly Division[] {
  const known = belowFound.get(table) ?? new Map<string, readonly Division[]>();
  belowFound.set(table, known);
  const before = known.get(code);
  if (before !== undefined) return before;
  const isProvince = code.endsWith('0000');
  const below = [...table.values()].filter(({ level, provinceCode, cityCode }) =>
    isProvince ? level === 'city' && provinceCode === code : level === 'county' && cityCode === code,
  );
  // Codes that the table does not have are anybody's to ask for.
  if (below.length > 0) known.set(code, below);
  return below;
}

/** Found once for a table: every check asks. */
const belowFound = new WeakMap<DivisionTable, Map<string, readonly Division[]>>();
