import type { Day } from '@openbeian/model/calendar';
import type {
  BookProduct,
  BookProvince,
  BookProvinceRule,
  BookSuperseding,
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

/** The rules of a province that hold on a day, without those that hold everywhere, and without what others replace. */
export const rulesOfProvince = ({ rules }: BookProvince, at: Day): readonly BookProvinceRule[] =>
  rules.filter((rule) => holdsOn(rule, at));

/** The other rules of a province: replaced, ended, or not yet in force on a day. */
export const otherRulesOf = ({ rules }: BookProvince, at: Day): readonly BookProvinceRule[] =>
  rules.filter((rule) => !holdsOn(rule, at));

const holdsOn = (rule: BookProvinceRule, at: Day): boolean => inForceOn(rule, at) && replacing(rule, at) === undefined;

/** The rule that holds instead of all of another on a day. */
const replacing = ({ supersededBy }: BookProvinceRule, at: Day): BookSuperseding | undefined =>
  supersededBy.find((other) => other.whole && other.within === null && inForceOn(other, at));

/** Since when and until when, and whether that is over, or to come, on a day. */
export function termOfValidity(validity: Validity, at: Day): BookText {
  const { validFrom, validTo } = validity;
  if (validTo !== null && validTo < at) {
    return validFrom === null
      ? { zh: `起始日期未知，${validTo} 后失效`, en: `first day not known, ended after ${validTo}` }
      : { zh: `${validFrom} 至 ${validTo}，已失效`, en: `${validFrom} to ${validTo}, ended` };
  }
  if (validFrom !== null && validFrom > at) {
    return { zh: `${validFrom} 起生效，尚未生效`, en: `from ${validFrom}, not yet in force` };
  }
  if (validFrom === null && validTo === null) return { zh: '起始日期未知，现行', en: 'first day not known, in force' };
  if (validFrom === null) return { zh: `起始日期未知，至 ${validTo}`, en: `first day not known, until ${validTo}` };
  if (validTo === null) return { zh: `${validFrom} 起，现行`, en: `since ${validFrom}, in force` };
  return { zh: `${validFrom} 至 ${validTo}`, en: `${validFrom} to ${validTo}` };
}

/** Whether a rule of a province holds on a day: as `termOfValidity`, and whether another holds instead. */
export function standingOf(rule: BookProvinceRule, at: Day): BookText {
  const other = inForceOn(rule, at) ? replacing(rule, at) : undefined;
  if (other === undefined) return termOfValidity(rule, at);
  const { id, validFrom, asOf } = other;
  return validFrom === null
    ? {
        zh: `已由 ${id} 代替（资料日期 ${asOf}），不再适用`,
        en: `replaced by ${id} (as of ${asOf}), no longer applies`,
      }
    : { zh: `${validFrom} 起由 ${id} 代替，不再适用`, en: `replaced by ${id} since ${validFrom}, no longer applies` };
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
