import { type RuleRow, ruleGroups } from './rule-book.ts';

/** One question, with what each side says; null: the side does not ask it. */
export interface ComparedRow {
  readonly key: string;
  readonly left: RuleRow | null;
  readonly right: RuleRow | null;
}

/** Lays the rules of two days, two products or two provinces side by side, in the order in which one of them is listed. */
export function compareRows(left: readonly RuleRow[], right: readonly RuleRow[]): ComparedRow[] {
  const byKey = (rows: readonly RuleRow[]) => new Map(rows.map((row) => [row.key, row]));
  const [ours, theirs] = [byKey(left), byKey(right)];
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  const groupOf = (key: string) => ruleGroups.indexOf((ours.get(key) ?? theirs.get(key))?.group ?? 'about');
  return keys
    .toSorted((one, other) => groupOf(one) - groupOf(other))
    .map((key) => ({ key, left: ours.get(key) ?? null, right: theirs.get(key) ?? null }));
}

/** Do both sides say something else? Where they are from does not count. */
export function isDifferent({ left, right }: ComparedRow): boolean {
  return left?.value.zh !== right?.value.zh || left?.value.en !== right?.value.en;
}
