import type { Day } from '@openbeian/model/calendar';
import type {
  BookProduct,
  BookProvince,
  BookProvinceRule,
  BookText,
  BookVersion,
  RuleRow,
  Validity,
} from './rule-book.ts';

/** Is it in force on a day of Asia/Shanghai? Both its first and its last day count. */
export const inForceOn = ({ validFrom, validTo }: Validity, at: Day): boolean =>
  (validFrom === null || validFrom <= at) && (validTo === null || at <= validTo);

/** A product's rules on a day; null where nothing is known of that day. */
export const versionOn = ({ versions }: BookProduct, at: Day): BookVersion | null =>
  versions.find((version) => inForceOn(version, at)) ?? null;

/** The rules of a province on a day, without those that hold everywhere. */
export const rulesOfProvince = ({ rules }: BookProvince, at: Day): readonly BookProvinceRule[] =>
  rules.filter((rule) => inForceOn(rule, at));

/** Since when, and until when. */
export function termOfValidity({ validFrom, validTo }: Validity): BookText {
  if (validFrom === null && validTo === null) return { zh: '起始日期未知，现行', en: 'first day not known, in force' };
  if (validFrom === null) return { zh: `起始日期未知，至 ${validTo}`, en: `first day not known, until ${validTo}` };
  if (validTo === null) return { zh: `${validFrom} 起，现行`, en: `since ${validFrom}, in force` };
  return { zh: `${validFrom} 至 ${validTo}`, en: `${validFrom} to ${validTo}` };
}

/** Does the product, or anything that it asks on a day, contain the words? Case does not matter; no words match all. */
export function productMatches(product: BookProduct, search: string, at: Day): boolean {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const rows = versionOn(product, at)?.rows ?? [];
  const texts = [product.name, ...rows.flatMap(({ label, value }) => [label, value])];
  const text = [product.id, ...texts.flatMap(({ zh, en }) => [zh, en])].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What a list of products says of one: whether it can be filed on, the terms, the quota. */
export const briefOf = ({ rows }: BookVersion): readonly RuleRow[] =>
  rows.filter(({ key }) => /^(file|conditions\.(bought|remaining)Term|quotas\.file.*)$/.test(key));
