import type { Resource } from '../../api/shapes.ts';
import type { commonWords } from '../../language/common-words.ts';
import type { InOneLanguage } from '../../language/words.ts';
import type { resourceWords } from './words.ts';

type Texts = InOneLanguage<typeof commonWords & typeof resourceWords>;

export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** Facts that head the page already, or that the decisions speak of. */
const shownElsewhere = new Set(['id', 'provider', 'product', 'account']);

/**
 * A resource's facts in the order of the inventory's shape, in words. A key that this release does not know is shown as
 * it came: a fact that decides something must be seen. What the inventory says is used is left out where a decision shows
 * its quota, which counts that and what was used here since: two figures of one thing would contradict each other.
 */
export function factsOf({ facts, check }: Pick<Resource, 'facts' | 'check'>, t: Texts): Fact[] {
  const isCounted = check.file.quota !== null || check.issue.quota !== null;
  const labels = t.fact as Readonly<Record<string, string>>;
  const known = Object.keys(labels).filter((key) => key in facts);
  const unknown = Object.keys(facts).filter((key) => !(key in labels));
  return [...known, ...unknown]
    .filter((key) => !shownElsewhere.has(key) && !(isCounted && key === 'used'))
    .map((key) => ({ key, label: labels[key] ?? key, value: factText(facts[key], t) }));
}

/** The value of a fact in words. */
export function factText(value: unknown, t: Texts): string {
  if (value === true) return t.app.yes;
  if (value === false) return t.app.no;
  if (value === null || value === undefined) return t.app.none;
  if (typeof value === 'string') return wordOf(value, t);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? t.app.none : value.map((item) => factText(item, t)).join('\n');
  }
  const entries = Object.entries(value);
  if (entries.some(([key]) => key === 'address')) return entries.map(([, part]) => factText(part, t)).join(' · ');
  return entries.map(([key, part]) => `${wordOf(key, t)} ${factText(part, t)}`).join(' · ');
}

function wordOf(value: string, t: Texts): string {
  return (t.factValue as Readonly<Record<string, string>>)[value] ?? value;
}
