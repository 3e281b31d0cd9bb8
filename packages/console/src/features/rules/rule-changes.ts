import { addDays } from '@openbeian/model/calendar';
import {
  type ComparedRow,
  compareRows,
  isDifferent,
  type RuleBook,
  type RuleRow,
  rulesOfProvince,
  versionOn,
} from '@openbeian/model/rule-book';
import type { BothTexts } from '../../language/words.ts';

/** What differs for one product or province between two days. */
export interface RuleChanges {
  readonly key: string;
  readonly name: BothTexts;
  readonly rows: readonly ComparedRow[];
}

interface TwoDays {
  readonly from: string;
  readonly to: string;
}

/** Every product and every province whose rules differ between two days, with the rows that do. */
export function changesBetween(book: RuleBook, { from, to }: TwoDays) {
  const differing = (key: string, name: BothTexts, rowsOn: (day: string) => readonly RuleRow[]): RuleChanges[] => {
    const rows = compareRows(rowsOn(from), rowsOn(to)).filter(isDifferent);
    return rows.length === 0 ? [] : [{ key, name, rows }];
  };
  return {
    products: book.providers.flatMap((provider) =>
      provider.products.flatMap((product) => {
        const name = {
          zh: `${provider.name.zh} · ${product.name.zh}`,
          en: `${provider.name.en} · ${product.name.en}`,
        };
        return differing(product.id, name, (day) => versionOn(product, day)?.rows ?? []);
      }),
    ),
    provinces: book.provinces.flatMap((province) =>
      differing(province.code ?? 'all', province.name, (day) =>
        rulesOfProvince(province, day).flatMap(({ rows }) => rows),
      ),
    ),
  };
}

/** The first day of each change of the rules, the latest first. */
export function changeDays(book: RuleBook): string[] {
  const terms = [
    ...book.providers.flatMap(({ products }) => products.flatMap(({ versions }) => versions)),
    ...book.provinces.flatMap(({ rules }) => rules),
  ];
  const days = terms.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === null ? [] : [validFrom]),
    ...(validTo === null ? [] : [addDays(validTo, 1)]),
  ]);
  return [...new Set(days)].sort().reverse();
}

/** What one looks at first: the next change that is known, or the last one. */
export function usualDays(days: readonly string[], today: string): TwoDays {
  const next = days.filter((day) => day > today).at(-1);
  if (next !== undefined) return { from: today, to: next };
  const [last = today] = days;
  return { from: addDays(last, -1), to: last };
}
